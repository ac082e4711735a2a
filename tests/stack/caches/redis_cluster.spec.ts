import { RedisClusterConnection } from '@adonisjs/redis'
import { test } from '@japa/runner'
import { RedisCache } from '#caches/redis_cache'
import { RedisShards } from '#caches/redis_shards'
import { clusterOf } from '#config/redis'
import { eventually } from '#tests/helpers/eventually'
import { PriceChanges } from '#tests/helpers/price_changes'
import { RedisCluster } from '#tests/helpers/redis_cluster'
import type { RedisServer } from '#tests/helpers/redis_server'
import { valkeyServer } from '#tests/helpers/valkey_server'
import { cacheContract } from '../../unit/caches/cache_contract.js'

const MINUTE = 60_000
const LONG = 30_000
const entry = (value: string, position: bigint) => ({ value: JSON.stringify(value), position })

const shards = new RedisShards()
/** One in each shard. */
const KEYS = shards.all.map((shard) => {
  let key = 0
  while (shards.of(`${key}`) !== shard) key++
  return `${key}`
})

let cluster: RedisCluster | undefined
let connections: RedisClusterConnection[] = []
let primaryAt = 0n

async function connect() {
  const { url, others } = cluster!.address
  const { clusters, clusterOptions } = clusterOf(url, others)
  const connection = new RedisClusterConnection('test', clusters, clusterOptions)
  connection.on('error', () => {})
  connections.push(connection)
  connection.ioConnection.connect().catch(() => {})
  await eventually(async () => {
    if (connection.nodes('master').length < cluster!.masters.length) throw new Error('not yet')
    await Promise.all(connection.nodes('master').map((node) => node.ping()))
    await connection.ping()
  }, LONG)
  return connection
}

async function createCache(position = async () => primaryAt) {
  return new RedisCache(await connect(), position)
}

async function createPrices() {
  const position = async (): Promise<bigint> => prices.position
  const [feed, ...readers] = [1, 2, 3].map(() => createCache(position))
  const prices: PriceChanges = new PriceChanges(KEYS, await feed, await Promise.all(readers))
  return prices
}

function disconnect() {
  for (const connection of connections) connection.ioConnection.disconnect()
  connections = []
}

async function stop() {
  disconnect()
  await cluster?.stop()
  cluster = undefined
}

/** The master of a key, and keys that lie there and elsewhere. */
async function around(key: string) {
  const master = await cluster!.masterOf(stateOf(key))
  const isThere = await Promise.all(
    KEYS.map(async (other) => (await cluster!.masterOf(stateOf(other))) === master)
  )
  return {
    master,
    there: KEYS.filter((_, at) => isThere[at]),
    elsewhere: KEYS.filter((_, at) => !isThere[at]),
  }
}

function stateOf(key: string) {
  return shards.of(key).state
}

async function isCached(cache: RedisCache, key: string) {
  return (await cache.read(key, 'f')).entry !== null
}

/** The caches of two processes; the first follows the feed. */
async function feedAndCache() {
  const caches = [await createCache(), await createCache()]
  await caches[0].keepAlive(MINUTE, 0n)
  return caches
}

async function fillAll(cache: RedisCache, value: string, position: bigint) {
  for (const key of KEYS) await cache.fill(key, 'f', entry(value, position), MINUTE)
}

const PROGRAMS = { Redis: async () => 'redis-server', Valkey: valkeyServer }

for (const [name, programOf] of Object.entries(PROGRAMS)) {
  const start = async (withReplicas = false) => {
    await stop()
    cluster = await RedisCluster.start({ program: await programOf(), withReplicas })
  }

  const fresh = async () => {
    disconnect()
    if (!cluster) await start()
    await cluster!.clear()
    primaryAt = 0n
    return createCache()
  }

  test.group(`${name} Cluster | start`, (group) => {
    group.setup(() => start())

    test('has the shards of the cache on every master, each in one slot', async ({ assert }) => {
      const cache = await fresh()
      await cache.keepAlive(MINUTE, 0n)
      for (const key of KEYS) await cache.read(key, 'f')
      await fillAll(cache, 'value', 10n)
      for (const master of cluster!.masters) {
        for (const kind of ['floors', 'cache:*', 'uses:*']) {
          const found = (await master.ask('KEYS', `*:${kind}`)).split('\n')
          assert.includeMembers([5, 6], [found.length], `${kind} of ${master.url}`)
        }
      }
      const slots = shards.all.map(({ state }) =>
        cluster!.masters[0].ask('CLUSTER', 'KEYSLOT', state)
      )
      const sixteenths = (await Promise.all(slots)).map((slot) => Math.floor(Number(slot) / 1_024))
      assert.deepEqual(sixteenths, Array.from(shards.all.keys()))
    })
  })

  cacheContract(`${name} Cluster`, fresh)

  test.group(`${name} Cluster`, (group) => {
    group.each.setup(async () => void (await fresh()))
    group.teardown(stop)

    test('a change of many keys reaches them on every master', async ({ assert }) => {
      const [feed, cache] = await feedAndCache()
      await fillAll(cache, 'old', 10n)
      for (const key of KEYS) assert.isTrue(await isCached(cache, key))
      await feed.raiseFloor(KEYS, 20n)
      for (const key of KEYS) {
        assert.isFalse(await isCached(cache, key))
        assert.isFalse(await cache.fill(key, 'f', entry('old', 10n), MINUTE))
      }
    })

    test('a master that loses everything has lost its own keys alone', async ({ assert }) => {
      const [feed, cache] = await feedAndCache()
      await fillAll(cache, 'value', 10n)
      const { master, there, elsewhere } = await around(KEYS[0])
      await feed.raiseFloor(there, 20n)
      await master.ask('FLUSHALL')
      primaryAt = 20n
      for (const key of elsewhere) assert.isTrue(await isCached(cache, key))
      for (const key of there) {
        assert.isFalse(await cache.fill(key, 'f', entry('old', 10n), MINUTE))
      }
      await feed.keepAlive(MINUTE, 20n)
      for (const key of elsewhere) assert.isTrue(await isCached(cache, key))
      for (const key of there) {
        assert.isFalse(await cache.fill(key, 'f', entry('old', 10n), MINUTE))
        assert.isTrue(await cache.fill(key, 'f', entry('new', 20n), MINUTE))
      }
    })

    test('a master that hangs delays its own keys alone', async ({ assert }) => {
      const [feed, cache] = await feedAndCache()
      await fillAll(cache, 'value', 10n)
      const { master, there, elsewhere } = await around(KEYS[0])
      master.hang()
      try {
        await assert.rejects(() => cache.read(there[0], 'f'))
        for (const key of elsewhere) assert.isTrue(await isCached(cache, key))
        await assert.rejects(() => feed.keepAlive(MINUTE, 0n))
        await assert.rejects(() => feed.raiseAllFloors(20n))
        for (const key of elsewhere) assert.equal((await cache.read(key, 'f')).floor, 20n)
      } finally {
        master.goOn()
      }
    })

    test('a change is announced when every master has it', async ({ assert }) => {
      const [feed, cache] = await feedAndCache()
      const { master, there, elsewhere } = await around(KEYS[0])
      await master.kill()
      await assert.rejects(() => feed.raiseFloor([there[0], elsewhere[0]], 20n))
      await master.startAgain()
      await eventually(() => feed.raiseFloor([there[0], elsewhere[0]], 20n), LONG)
      for (const key of [there[0], elsewhere[0]]) {
        assert.isFalse(await cache.fill(key, 'f', entry('old', 10n), MINUTE))
      }
    })

    test('a master that is killed and comes back shows nothing old', async ({ assert }) => {
      const prices = await createPrices()
      const { master } = await around(KEYS[0])
      await prices.during(async () => {
        await eventually(() => assert.isAbove(prices.hits, 50), LONG)
        await master.ask('SAVE')
        await master.kill()
        const before = prices.hits
        await eventually(() => assert.isAbove(prices.hits, before), LONG)
        await master.startAgain()
      })
      assert.deepEqual(prices.stale, [])
      await eventually(async () => {
        await prices.beat()
        assert.deepEqual(await prices.cached(), KEYS)
      }, LONG)
    })

    test('slots are moved while prices change and are read', async ({ assert }) => {
      const prices = await createPrices()
      await prices.during(async () => {
        await eventually(() => assert.isAbove(prices.hits, 50), LONG)
        for (const key of KEYS.slice(0, 4)) {
          const home = (await around(key)).master
          const there = cluster!.masters.find((master) => master !== home)!
          await cluster!.move(stateOf(key), there)
          await cluster!.move(stateOf(key), home)
        }
      })
      assert.deepEqual(prices.stale, [])
      await eventually(async () => {
        await prices.beat()
        assert.deepEqual(await prices.cached(), KEYS)
      }, LONG)
    })

    test('a sign of life by the clock of the master before counts on no other', async ({
      assert,
    }) => {
      const [feed, cache] = await feedAndCache()
      const [key] = KEYS
      const home = (await around(key)).master
      const there = cluster!.masters.find((master) => master !== home)!
      const connection = connections.at(-2)!
      const { runCommand } = connection
      let isMoved = false
      connection.runCommand = async (script, ...words) => {
        const isOfKey = words.includes(stateOf(key))
        if (isOfKey && script === 'keepAlive' && !isMoved) {
          isMoved = true
          await cluster!.move(stateOf(key), there)
        }
        return runCommand.call(connection, script, ...words)
      }
      await feed.keepAlive(MINUTE, 0n)
      assert.isTrue(isMoved)
      assert.equal(await there.ask('HEXISTS', stateOf(key), 'alive_until'), '0')
      await feed.keepAlive(MINUTE, 0n)
      assert.equal(await there.ask('HEXISTS', stateOf(key), 'alive_until'), '1')
      assert.isTrue(await cache.fill(key, 'f', entry('new', 10n), MINUTE))
      assert.isTrue(await isCached(cache, key))
      await cluster!.move(stateOf(key), home)
    })
  })

  test.group(`${name} Cluster with replicas`, (group) => {
    group.each.timeout(120_000)
    group.each.setup(() => start(true))
    group.teardown(stop)

    /** Its replica takes over without what the master was told last. */
    async function failOver(master: RedisServer, meanwhile: () => Promise<unknown>) {
      const replica =
        cluster!.replicas[cluster!.masters.findIndex(({ port }) => port === master.port)]
      replica.hang()
      await master.ask('CLIENT', 'KILL', 'TYPE', 'replica')
      await meanwhile()
      await master.kill()
      replica.goOn()
      await eventually(async () => {
        if (!(await replica.ask('ROLE')).startsWith('master')) throw new Error('not yet')
      }, LONG)
    }

    test('a replica that takes over without the last change shows nothing old', async ({
      assert,
    }) => {
      const [feed, cache] = await feedAndCache()
      await fillAll(cache, 'old', 10n)
      const { master, there, elsewhere } = await around(KEYS[0])
      await master.ask('WAIT', '1', '5000')
      primaryAt = 20n
      await failOver(master, () => feed.raiseFloor(there, 20n))
      for (const key of elsewhere) assert.isTrue(await isCached(cache, key))
      await eventually(async () => {
        for (const key of there) assert.isFalse(await isCached(cache, key))
      }, LONG)
      for (const key of there) {
        assert.isFalse(await cache.fill(key, 'f', entry('old', 10n), MINUTE))
      }
      await eventually(() => feed.keepAlive(MINUTE, 20n), LONG)
      for (const key of there) {
        assert.isFalse(await isCached(cache, key))
        assert.isFalse(await cache.fill(key, 'f', entry('old', 10n), MINUTE))
        assert.isTrue(await cache.fill(key, 'f', entry('new', 20n), MINUTE))
      }
    })

    test('a replica takes over while prices change and are read', async ({ assert }) => {
      const prices = await createPrices()
      const { master } = await around(KEYS[0])
      await prices.during(async () => {
        await eventually(() => assert.isAbove(prices.hits, 50), LONG)
        await failOver(master, async () => {})
        const before = prices.hits
        await eventually(() => assert.isAbove(prices.hits, before + 50), LONG)
      })
      assert.deepEqual(prices.stale, [])
      await eventually(async () => {
        await prices.beat()
        assert.deepEqual(await prices.cached(), KEYS)
      }, LONG)
    })
  })
}
