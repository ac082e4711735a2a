import { LoggerFactory } from '@adonisjs/core/factories/logger'
import { test } from '@japa/runner'
import { MemoryCache } from '#caches/memory_cache'
import { CacheUnavailable } from '#caches/cache_unavailable'
import { ReadThrough, type Source } from '#caches/read_through'
import { cacheFills, cacheReads } from '#metrics/metrics'
import { SessionClock } from '#replication/session_clock'
import type { CacheEntry } from '#caches/cache'
import type { Position } from '#replication/position'
import type { Replication } from '#replication/replication'

const MINUTE = 60_000

/** Another process fills every page until `release`. */
class LeasedCache extends MemoryCache {
  isLeased = true
  asked = 0

  async read(key: string, field: string) {
    this.asked++
    const { isLeased } = this
    const lookup = await super.read(key, field)
    return { ...lookup, mayFill: lookup.entry !== null || !isLeased }
  }
}

class CacheThatIsAway extends MemoryCache {
  asked = 0

  async read(): Promise<never> {
    this.asked++
    throw new CacheUnavailable()
  }

  async fill(): Promise<never> {
    throw new CacheUnavailable()
  }
}

test.group('Reading through a cache', (group) => {
  /** State of the database, and how far the server that is read has come. */
  let price: number
  let position: Position
  let latest: Position
  let isSettled: boolean
  let readings: { needed: Position; seen: Position }[]
  let cache: MemoryCache
  let logs: string[]

  group.each.setup(async () => {
    ;[price, position, latest, isSettled, readings, logs] = [52, 10n, 10n, true, [], []]
    await use(new MemoryCache())
  })

  let readThrough: ReadThrough

  async function use(chosen: MemoryCache) {
    cache = chosen
    await cache.keepAlive(MINUTE, 0n)
    const logger = new LoggerFactory()
      .merge({ enabled: true, level: 'debug' })
      .pushLogsTo(logs)
      .create()
    readThrough = new ReadThrough(cache, null!, logger)
  }

  /** @param before done between read and answer */
  const source = (before = async () => {}, mayLag = false): Source<{ price: number }> => ({
    mayLag,
    async readAt(needed, seen) {
      readings.push({ needed, seen })
      const reading = { value: { price }, position, latest, isSettled }
      await before()
      return reading
    },
  })

  const visit = async (clock = new SessionClock(null, null), from = source()) => {
    return (await readThrough.getFrom('shop', 'page', clock, from)).price
  }

  const change = (to: number, at: Position) => ([price, position, latest] = [to, at, at])

  test('reads once for all who come later', async ({ assert }) => {
    for (let visits = 0; visits < 3; visits++) assert.equal(await visit(), 52)
    assert.lengthOf(readings, 1)
  })

  test('reads pages of a key apart', async ({ assert }) => {
    await visit()
    price = 60
    const other = await readThrough.getFrom('shop', 'next', new SessionClock(null, null), source())
    assert.equal(other.price, 60)
    assert.equal(await visit(), 52)
  })

  test('reads once for all who wait at the same time', async ({ assert }) => {
    const mayAnswer = Promise.withResolvers<void>()
    const slow = source(() => mayAnswer.promise)
    const visits = [1, 2, 3].map(() => visit(new SessionClock(null, null), slow))
    mayAnswer.resolve()
    assert.deepEqual(await Promise.all(visits), [52, 52, 52])
    assert.lengthOf(readings, 1)
  })

  test('gives each page its own to those who wait at the same time', async ({ assert }) => {
    const clock = () => new SessionClock(null, null)
    const named = (name: string): Source<{ name: string }> => ({
      mayLag: false,
      readAt: async () => ({ value: { name }, position, latest, isSettled }),
    })
    const pages = ['first', 'next'].map((name) => {
      return readThrough.getFrom('shop', name, clock(), named(name))
    })
    const other = readThrough.getFrom('other', 'first', clock(), named('other'))
    const names = (await Promise.all([...pages, other])).map(({ name }) => name)
    assert.deepEqual(names, ['first', 'next', 'other'])
  })

  test('reads again for a session that has seen more than an unsettled reading vouches for', async ({
    assert,
  }) => {
    const clock = () => new SessionClock(null, 10n)
    isSettled = false
    const settles = source(async () => {
      isSettled = true
    })
    await Promise.all([visit(clock(), settles), visit(clock(), settles)])
    assert.lengthOf(readings, 2)
    await cache.raiseFloor(['shop'], 10n)
    await Promise.all([visit(clock()), visit(clock())])
    assert.lengthOf(readings, 3, 'a settled one is shared')
  })

  test('reads the database by way of the replication, and then not again', async ({ assert }) => {
    const replication = {
      readAt: async (needed: Position, read: (client: unknown) => unknown, seen: Position) => {
        readings.push({ needed, seen })
        return { value: await read('connection'), position, latest, isSettled }
      },
    }
    const logger = new LoggerFactory().create()
    const reader = new ReadThrough(cache, replication as unknown as Replication, logger)
    const read = async (client: unknown) => ({ readOn: client })
    for (let visits = 0; visits < 2; visits++) {
      const clock = new SessionClock(5n, 4n)
      assert.deepEqual(await reader.get('shop', 'page', clock, read), { readOn: 'connection' })
      assert.equal(clock.values?.length, visits === 0 ? undefined : 1)
    }
    assert.deepEqual(readings, [{ needed: 5n, seen: 4n }])
  })

  test('reads again for a session that needs more than is cached', async ({ assert }) => {
    await visit()
    change(60, 20n)
    assert.equal(await visit(new SessionClock(20n, null)), 60)
    assert.deepEqual(readings.at(-1), { needed: 20n, seen: 0n })
    assert.equal(await visit(), 60)
    assert.lengthOf(readings, 2)
  })

  test('serves what was untouched up to the watermark to a session that needs that', async ({
    assert,
  }) => {
    await visit()
    await cache.keepAlive(MINUTE, 20n)
    assert.equal(await visit(new SessionClock(20n, null)), 52)
    assert.lengthOf(readings, 1)
    change(60, 30n)
    assert.equal(await visit(new SessionClock(21n, null)), 60)
  })

  test('reads no older than the last announced change', async ({ assert }) => {
    await cache.raiseFloor(['shop'], 20n)
    change(60, 20n)
    await visit(new SessionClock(10n, null))
    assert.deepEqual(readings, [{ needed: 20n, seen: 0n }])
    await cache.raiseFloor(['shop'], 30n)
    change(70, 40n)
    await visit(new SessionClock(40n, null))
    assert.deepEqual(readings.at(-1), { needed: 40n, seen: 0n })
  })

  test('keeps nothing that a change has overtaken', async ({ assert }) => {
    const overtaken = source(() => cache.raiseFloor(['shop'], 20n))
    assert.equal(await visit(new SessionClock(null, null), overtaken), 52)
    change(60, 20n)
    assert.equal(await visit(), 60)
  })

  test('passes on what a replica may have shown, and serves nothing unsettled to such a session', async ({
    assert,
  }) => {
    isSettled = false
    await visit()
    assert.equal(await visit(), 52)
    assert.lengthOf(readings, 1, 'others may have it')
    isSettled = true
    price = 60
    assert.equal(await visit(new SessionClock(null, 10n)), 60)
    assert.deepEqual(readings.at(-1), { needed: 10n, seen: 10n })
    assert.equal(await visit(new SessionClock(null, 10n)), 60)
    assert.lengthOf(readings, 2, 'what is settled is served')
  })

  test('serves what is unsettled once the watermark is past it', async ({ assert }) => {
    isSettled = false
    await visit()
    await cache.keepAlive(MINUTE, 11n)
    assert.equal(await visit(new SessionClock(null, 10n)), 52)
    assert.lengthOf(readings, 1)
  })

  test('moves the session to what it was shown, from the cache too', async ({ assert }) => {
    latest = 15n
    const first = new SessionClock(null, null)
    await visit(first)
    assert.equal(first.seen, 15n)
    const second = new SessionClock(null, null)
    await visit(second)
    assert.equal(second.seen, 15n)
    assert.lengthOf(readings, 1)
  })

  test('tells the answer which cached value it depends on, for as long as it is the same', async ({
    assert,
  }) => {
    const first = new SessionClock(null, null)
    await visit(first)
    assert.isNull(first.values, 'it was read, and may not have been kept')
    const second = new SessionClock(null, null)
    await visit(second)
    const [value] = second.values!
    assert.deepEqual(value.data, { price: 52 })
    const hits = async () => (await cacheReads.get()).values.find(isHit)!.value
    const before = await hits()
    assert.isTrue(value.isCurrent(null!))
    assert.equal(await hits(), before + 1)
    await cache.raiseFloor(['shop'], 20n)
    assert.isFalse(value.isCurrent(null!))
    assert.equal(await hits(), before + 1)
  })

  const isHit = ({ labels }: { labels: object }) => Object.values(labels).includes('hit')

  test('counts hits, misses, and what became of fills', async ({ assert }) => {
    const counted = async () => {
      const [reads, fills] = [await cacheReads.get(), await cacheFills.get()]
      const counts = [...reads.values, ...fills.values].map(({ labels, value }) => {
        return [Object.values(labels).join(), value] as const
      })
      return Object.fromEntries(counts)
    }
    const before = await counted()
    const since = async (name: string) => (await counted())[name] - (before[name] ?? 0)
    await visit()
    await visit()
    await cache.raiseFloor(['shop'], 20n)
    await visit()
    assert.equal(await since('hit'), 1)
    assert.equal(await since('miss'), 2)
    assert.equal(await since('kept'), 1)
    assert.equal(await since('refused'), 1)
    await use(new CacheThatIsAway())
    await visit()
    assert.equal(await since('failed'), 1)
  })

  test('goes to the database while the cache is away, and says so to who looks', async ({
    assert,
  }) => {
    const away = new CacheThatIsAway()
    await use(away)
    assert.equal(await visit(), 52)
    change(60, 20n)
    assert.equal(await visit(), 60)
    assert.equal(away.asked, 2, 'it waits for nobody')
    assert.deepEqual(readings, Array(2).fill({ needed: 0n, seen: 0n }))
    assert.match(
      logs.join('\n'),
      /E_CACHE_UNAVAILABLE.*cache unavailable, reading from the database/
    )
    assert.match(logs.join('\n'), /E_CACHE_UNAVAILABLE.*cache unavailable, value not cached/)
  })

  test('waits for another process that fills the page', async ({ assert }) => {
    const leased = new LeasedCache()
    await use(leased)
    const visiting = visit()
    const entry: CacheEntry = {
      value: JSON.stringify({ data: { price: 60 }, latest: '0/A', isSettled: true }),
      position: 10n,
    }
    await leased.fill('shop', 'page', entry, MINUTE)
    assert.equal(await visiting, 60)
    assert.isEmpty(readings)
  })

  test('fills the page itself when the other process gives up', async ({ assert }) => {
    const leased = new LeasedCache()
    await use(leased)
    const visiting = visit()
    leased.isLeased = false
    assert.equal(await visiting, 52)
    assert.lengthOf(readings, 1)
    assert.equal(leased.asked, 2)
  })

  test('does not wait longer than half a second for it', async ({ assert }) => {
    await use(new LeasedCache())
    const began = performance.now()
    assert.equal(await visit(), 52)
    assert.lengthOf(readings, 1)
    assert.isAtLeast(performance.now() - began, 450)
  })

  test('takes from a source that may lag what the session allows, and nothing for granted', async ({
    assert,
  }) => {
    await cache.raiseFloor(['shop'], 20n)
    const clock = new SessionClock(null, null)
    await visit(clock, source(undefined, true))
    assert.deepEqual(readings, [{ needed: 0n, seen: 0n }])
    assert.isNull((await cache.read('shop', 'page')).entry, 'it is behind the change')
    change(60, 20n)
    await visit(clock, source(undefined, true))
    const later = new SessionClock(null, null)
    await visit(later, source(undefined, true))
    assert.isNull(later.values, 'an answer from the cache is not taken for current either')
  })
})
