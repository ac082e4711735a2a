import app from '@adonisjs/core/services/app'
import { RedisClusterConnection, RedisConnection } from '@adonisjs/redis'
import { test } from '@japa/runner'
import { clusterOf, connectionTo } from '#config/redis'
import { SharedLimiterStore } from '#redis/shared_limiter_store'
import { eventually } from '#tests/helpers/eventually'
import { RedisCluster } from '#tests/helpers/redis_cluster'
import { RedisServer } from '#tests/helpers/redis_server'
import { valkeyServer } from '#tests/helpers/valkey_server'

const LIMIT = { requests: 3, duration: '1 minute' } as const

test.group('SharedLimiterStore', (group) => {
  let server: RedisServer
  let connections: RedisConnection[] = []

  group.each.setup(async () => {
    server = await RedisServer.start()
    return async () => {
      for (const connection of connections) connection.ioConnection.disconnect()
      connections = []
      await server.stop()
    }
  })

  /** One server of several. */
  async function createStore() {
    const connection = new RedisConnection('test', connectionTo(server.url))
    connection.on('error', () => {})
    connections.push(connection)
    await eventually(() => connection.ping())
    return new SharedLimiterStore(connection, LIMIT)
  }

  test('several servers count together', async ({ assert }) => {
    const [one, other] = [await createStore(), await createStore()]
    await one.consume('login:1.2.3.4')
    await other.consume('login:1.2.3.4')
    assert.equal((await one.consume('login:1.2.3.4')).remaining, 0)
    await assert.rejects(() => other.consume('login:1.2.3.4'), /Too many requests/)
  })

  test('without Redis a server counts for itself', async ({ assert }) => {
    const store = await createStore()
    await server.kill()
    for (let attempt = 0; attempt < LIMIT.requests; attempt++) await store.consume('login:1.2.3.4')
    await assert.rejects(() => store.consume('login:1.2.3.4'), /Too many requests/)
  })

  test('a Redis that hangs is not waited for', async ({ assert }) => {
    const store = await createStore()
    server.hang()
    try {
      const began = Date.now()
      await store.consume('login:1.2.3.4')
      assert.isBelow(Date.now() - began, 2_000)
    } finally {
      server.goOn()
    }
  })

  test('when Redis is back, they count together again', async ({ assert }) => {
    const [one, other] = [await createStore(), await createStore()]
    await server.kill()
    await one.consume('login:1.2.3.4')
    await server.startAgain()
    await eventually(() => Promise.all(connections.map((connection) => connection.ping())))
    await one.consume('login:5.6.7.8')
    await other.consume('login:5.6.7.8')
    assert.equal((await one.consume('login:5.6.7.8')).remaining, 0)
  })

  test('clearing the counts leaves the rest of Redis alone', async ({ assert }) => {
    const store = await createStore()
    await connections[0].set('kirana:page', 'kept')
    await store.consume('login:1.2.3.4')
    await store.clear()
    assert.equal(await connections[0].get('kirana:page'), 'kept')
    assert.equal(await store.get('login:1.2.3.4'), null)
    assert.equal((await store.consume('login:1.2.3.4')).remaining, 2)
  })

  test('the application takes it when there is a Redis', async ({ assert }) => {
    const config = await app.container
      .make('limiter.manager')
      .then(({ config: given }: any) => given)
    assert.equal(config.default, process.env.REDIS_URL ? 'redis' : 'memory')
    assert.instanceOf(config.stores.redis(LIMIT), SharedLimiterStore)
  })
})

for (const [name, programOf] of [
  ['Redis', async () => 'redis-server'],
  ['Valkey', valkeyServer],
] as const) {
  test(`SharedLimiterStore | several servers count together in a ${name} Cluster`, async ({
    assert,
    cleanup,
  }) => {
    const cluster = await RedisCluster.start({ program: await programOf() })
    cleanup(() => cluster.stop())
    const createStore = async () => {
      const { clusters, clusterOptions } = clusterOf(cluster.address.url, cluster.address.others)
      const connection = new RedisClusterConnection('test', clusters, clusterOptions)
      connection.on('error', () => {})
      cleanup(() => connection.ioConnection.disconnect())
      await eventually(() => connection.ping())
      await Promise.all(connection.nodes('master').map((node) => node.ping()))
      return { connection, store: new SharedLimiterStore(connection, LIMIT) }
    }
    const [one, other] = [await createStore(), await createStore()]
    const visitors = Array.from({ length: 30 }, (_, at) => `login:1.2.3.${at}`)
    for (const visitor of visitors) {
      await one.store.consume(visitor)
      await other.store.consume(visitor)
      assert.equal((await one.store.consume(visitor)).remaining, 0)
      await assert.rejects(() => other.store.consume(visitor), /Too many requests/)
    }
    for (const master of cluster.masters) assert.notEqual(await master.ask('DBSIZE'), '0')
    await one.connection.set('kirana:page', 'kept')
    await one.store.clear()
    assert.equal(await one.connection.get('kirana:page'), 'kept')
    for (const visitor of visitors) {
      assert.equal((await one.store.consume(visitor)).remaining, 2)
    }
  })
}
