import { setTimeout as delay } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { RedisConnection } from '@adonisjs/redis'
import { test } from '@japa/runner'
import { ReadThrough } from '#caches/read_through'
import { RedisCache, type RedisCacheOptions } from '#caches/redis_cache'
import { RedisShards } from '#caches/redis_shards'
import { connectionTo } from '#config/redis'
import { Replication } from '#replication/replication'
import { SessionClock } from '#replication/session_clock'
import { eventually } from '#tests/helpers/eventually'
import { RedisServer } from '#tests/helpers/redis_server'
import { cacheContract } from '../../unit/caches/cache_contract.js'

const MINUTE = 60_000
const entry = (value: string, position: bigint) => ({ value: JSON.stringify(value), position })
const shards = new RedisShards()
const shard = shards.of('k')
const anyone = () => new SessionClock(null, null)

let server: RedisServer | undefined
let connections: RedisConnection[] = []
let primaryAt = 0n

function connect() {
  const connection = new RedisConnection('test', connectionTo(server!.url))
  connection.on('error', () => {})
  connections.push(connection)
  return connection
}

function createCache(options: RedisCacheOptions = {}) {
  return new RedisCache(connect(), async () => primaryAt, options)
}

function disconnectAll() {
  for (const connection of connections) connection.ioConnection.disconnect()
  connections = []
}

cacheContract('redis', async () => {
  server ??= await RedisServer.start()
  disconnectAll()
  const connection = connect()
  await connection.ioConnection.connect()
  await connection.flushall()
  primaryAt = 0n
  return createCache()
})

test.group('Redis cache', (group) => {
  group.each.setup(async () => {
    disconnectAll()
    await server?.stop()
    server = await RedisServer.start()
    primaryAt = 0n
    return async () => {
      disconnectAll()
      await server!.stop()
    }
  })

  test('a thousand misses in two processes cost one query', async ({ assert }) => {
    const replication = await app.container.make(Replication)
    const logger = await app.container.make('logger')
    const readers = [1, 2].map(() => new ReadThrough(createCache(), replication, logger))
    await createCache().keepAlive(MINUTE, 0n)
    let queries = 0
    const misses = Array.from({ length: 1_000 }, (_, index) =>
      readers[index % 2].get('k', 'f', anyone(), async (client) => {
        queries++
        await client.rawQuery('SELECT pg_sleep(0.1)')
        return 'rows'
      })
    )
    assert.deepEqual([...new Set(await Promise.all(misses))], ['rows'])
    assert.equal(queries, 1)
  })

  test('lets the next one fill when the filler has died', async ({ assert }) => {
    const [first, second] = [createCache(), createCache()]
    await first.keepAlive(MINUTE, 0n)
    assert.isTrue((await first.read('k', 'f')).mayFill)
    assert.isFalse((await second.read('k', 'f')).mayFill)
    assert.isTrue((await second.read('k', 'other')).mayFill)
    await eventually(async () => assert.isTrue((await second.read('k', 'f')).mayFill))
  })

  test('lets the next one fill when a fill was refused', async ({ assert }) => {
    const [first, second] = [createCache(), createCache()]
    await first.keepAlive(MINUTE, 0n)
    await first.read('k', 'f')
    await second.raiseFloor(['k'], 20n)
    assert.isFalse(await first.fill('k', 'f', entry('old', 10n), MINUTE))
    assert.isTrue((await second.read('k', 'f')).mayFill)
  })

  test('refuses the old value of a reader who was slow while Redis was emptied', async ({
    assert,
  }) => {
    const [reader, feed] = [createCache(), createCache()]
    await feed.keepAlive(MINUTE, 0n)
    await reader.read('k', 'f')
    primaryAt = 20n
    await feed.raiseFloor(['k'], 20n)
    await connections[0].flushall()
    assert.isFalse(await reader.fill('k', 'f', entry('old', 10n), MINUTE))
    await feed.keepAlive(MINUTE, 0n)
    assert.isFalse(await reader.fill('k', 'f', entry('old', 10n), MINUTE))
    assert.isNull((await reader.read('k', 'f')).entry)
    assert.equal((await reader.read('k', 'f')).floor, 20n)
    assert.isTrue(await reader.fill('k', 'f', entry('new', 20n), MINUTE))
  })

  test('takes no position that was asked for before Redis was emptied once more', async ({
    assert,
  }) => {
    const other = createCache()
    const slow = new RedisCache(connect(), async () => {
      const before = primaryAt
      primaryAt = 20n
      await other.raiseFloor(['k'], primaryAt)
      await connections[0].flushall()
      return before
    })
    await slow.keepAlive(MINUTE, 0n)
    assert.isFalse(await other.fill('k', 'f', entry('old', 10n), MINUTE))
    await other.keepAlive(MINUTE, 0n)
    assert.isFalse(await other.fill('k', 'f', entry('old', 10n), MINUTE))
    assert.isTrue(await other.fill('k', 'f', entry('new', 20n), MINUTE))
  })

  test('keeps the floors that were raised before the emptied Redis was mended', async ({
    assert,
  }) => {
    const cache = createCache()
    await cache.raiseFloor(['k'], 20n)
    await cache.raiseAllFloors(15n)
    primaryAt = 10n
    await cache.keepAlive(MINUTE, 0n)
    assert.isFalse(await cache.fill('k', 'f', entry('old', 19n), MINUTE))
    assert.isFalse(await cache.fill('other', 'f', entry('old', 14n), MINUTE))
    assert.isTrue(await cache.fill('other', 'f', entry('new', 15n), MINUTE))
  })

  for (const saved of [true, false]) {
    test(`shows nothing old after a restart with persistence ${saved ? 'on' : 'off'}`, async ({
      assert,
    }) => {
      const cache = createCache()
      await cache.keepAlive(MINUTE, 0n)
      await cache.fill('k', 'f', entry('old', 10n), MINUTE)
      assert.isNotNull((await cache.read('k', 'f')).entry)
      if (saved) await connections[0].save()
      primaryAt = 20n
      await cache.raiseFloor(['k'], 20n)
      await server!.kill()
      await assert.rejects(() => cache.raiseFloor(['k'], 20n))
      await server!.startAgain()

      await eventually(async () => assert.isNull((await cache.read('k', 'f')).entry))
      assert.isFalse(await cache.fill('k', 'f', entry('new', 20n), MINUTE))
      await cache.keepAlive(MINUTE, 20n)
      assert.isNull((await cache.read('k', 'f')).entry)
      assert.isFalse(await cache.fill('k', 'f', entry('old', 10n), MINUTE))
      assert.isTrue(await cache.fill('k', 'f', entry('new', 20n), MINUTE))
      assert.equal((await cache.read('k', 'f')).entry!.value, '"new"')
    })
  }

  test('a master that was a replica in between shows nothing old', async ({ assert, cleanup }) => {
    const other = await RedisServer.start()
    cleanup(() => other.stop())
    const [cache, one] = [createCache(), server!]
    const follow = async (follower: RedisServer, { port }: RedisServer) => {
      await follower.ask('REPLICAOF', '127.0.0.1', `${port}`)
      await eventually(async () => {
        assert.include(await follower.ask('INFO', 'replication'), 'master_link_status:up')
      }, 20_000)
    }
    await follow(other, one)
    await cache.keepAlive(MINUTE, 0n)
    await cache.fill('k', 'f', entry('old', 10n), MINUTE)
    await one.ask('WAIT', '1', '5000')
    await other.ask('REPLICAOF', 'NO', 'ONE')
    await cache.raiseFloor(['k'], 20n)
    await follow(one, other)
    await one.ask('REPLICAOF', 'NO', 'ONE')

    await eventually(async () => assert.isNull((await cache.read('k', 'f')).entry))
    primaryAt = 20n
    await cache.keepAlive(MINUTE, 20n)
    assert.isNull((await cache.read('k', 'f')).entry)
    assert.isFalse(await cache.fill('k', 'f', entry('old', 10n), MINUTE))
  })

  test('a Redis that hangs delays one read, and the next ones not', async ({ assert }) => {
    const cache = createCache()
    await cache.keepAlive(MINUTE, 0n)
    const [replication, logger] = await Promise.all([
      app.container.make(Replication),
      app.container.make('logger'),
    ])
    const readThrough = new ReadThrough(cache, replication, logger)
    const read = () => readThrough.get('k', 'f', anyone(), async () => 'from the database')
    await read()
    await cache.raiseFloor(['k'], 0n)

    server!.hang()
    const hungAt = performance.now()
    assert.equal(await read(), 'from the database')
    const first = performance.now() - hungAt
    for (let count = 0; count < 5; count++) assert.equal(await read(), 'from the database')
    const others = performance.now() - hungAt - first
    server!.goOn()

    assert.isBelow(first, 1_000)
    assert.isBelow(others, 1_000)
    await eventually(async () => {
      await read()
      assert.isNotNull((await cache.read('k', 'f')).entry)
    })
  })

  test('a sign of life that a hanging Redis hears late does not count from then on', async ({
    assert,
  }) => {
    const [cache, feed] = [createCache(), createCache()]
    await feed.keepAlive(MINUTE, 0n)
    await cache.fill('k', 'f', entry('old', 10n), MINUTE)
    assert.isNotNull((await cache.read('k', 'f')).entry)
    const validFor = 500
    const io = connections[1].ioConnection
    const send = io.sendCommand.bind(io)
    let commands = 0
    io.sendCommand = (command, ...rest) => {
      if (command.args.includes(shard.state) && ++commands === 2) server!.hang()
      return send(command, ...rest)
    }
    await assert.rejects(() => feed.keepAlive(validFor, 0n))
    await delay(validFor)
    server!.goOn()
    await connections[1].ping()
    assert.isNull((await cache.read('k', 'f')).entry)
  })

  test('an outage is said, and said at once to readers', async ({ assert }) => {
    const cache = createCache()
    await server!.kill()
    const [{ runCommand }] = connections
    let tried = 0
    connections[0].runCommand = (...command) => {
      tried++
      return runCommand.apply(connections[0], command)
    }
    const outage = async (step: () => Promise<unknown>) => {
      const error = await step().then(
        () => null,
        (reason) => reason
      )
      assert.include(error, { code: 'E_CACHE_UNAVAILABLE', status: 503 })
      assert.instanceOf(error.cause, Error)
      return tried
    }
    assert.equal(await outage(() => cache.read('k', 'f')), 1)
    assert.equal(await outage(() => cache.read('k', 'f')), 1)
    assert.equal(await outage(() => cache.fill('k', 'f', entry('old', 10n), MINUTE)), 1)
    assert.equal(await outage(() => cache.raiseFloor(['k'], 20n)), 2)
    const each = shards.all.length
    assert.equal(await outage(() => cache.raiseAllFloors(20n)), 2 + each)
    assert.equal(await outage(() => cache.keepAlive(MINUTE, 0n)), 2 + 2 * each)
  })

  test('works without being asked again when Redis is back', async ({ assert }) => {
    const cache = createCache()
    await server!.kill()
    await assert.rejects(() => cache.raiseFloor(['k'], 20n))
    await server!.startAgain()
    await eventually(() => cache.raiseFloor(['k'], 20n))
    assert.equal((await cache.read('k', 'f')).floor, 20n)
  })

  test('holds no more floors than it should, and forgets none of them', async ({ assert }) => {
    const cache = createCache({ floors: 10, shards: 1 })
    await cache.keepAlive(MINUTE, 0n)
    for (let key = 1; key <= 30; key++) await cache.raiseFloor([`k${key}`], BigInt(key))
    assert.isAtMost(await connections[0].hlen(shards.all[0].state), 10)
    for (let key = 1; key <= 30; key++) {
      assert.isFalse(await cache.fill(`k${key}`, 'f', entry('old', BigInt(key - 1)), MINUTE))
    }
    assert.isTrue(await cache.fill('k1', 'f', entry('new', 30n), MINUTE))
    assert.isNotNull((await cache.read('k1', 'f')).entry)
  })

  test('holds no more pages of a key than it should, and none for ever', async ({ assert }) => {
    const cache = createCache({ pagesPerKey: 5 })
    await cache.keepAlive(MINUTE, 0n)
    for (let page = 0; page < 12; page++) {
      await cache.fill('k', `${page}`, entry('value', 10n), MINUTE)
    }
    assert.isAtMost(await connections[0].hlen(shard.pages('k')), 5)
    assert.isAbove(await connections[0].pttl(shard.pages('k')), 0)
  })

  test('lets the pages go that were used longest ago, one for each new one', async ({ assert }) => {
    const cache = createCache({ pagesPerKey: 5 })
    await cache.keepAlive(MINUTE, 0n)
    const fill = (page: number) => cache.fill('k', `${page}`, entry('value', 10n), MINUTE)
    for (let page = 0; page < 20; page++) {
      await fill(page)
      assert.isNotNull((await cache.read('k', '0')).entry)
      assert.equal(await connections[0].hlen(shard.pages('k')), Math.min(page + 1, 5))
      await delay(2)
    }
    for (const page of [16, 17, 18, 19]) {
      assert.isNotNull((await cache.read('k', `${page}`)).entry)
    }
    await connections[0].del(shard.uses('k'))
    await fill(20)
    assert.equal(await connections[0].hlen(shard.pages('k')), 5)
    await cache.raiseFloor(['k'], 20n)
    assert.equal(await connections[0].exists(shard.pages('k'), shard.uses('k')), 0)
  })
})
