import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createShop } from '#tests/helpers/factories'
import { RedisCluster } from '#tests/helpers/redis_cluster'
import { RedisServer } from '#tests/helpers/redis_server'
import { ServerProcess } from '#tests/helpers/server_process'

const LONG = 60_000

test.group('A server with a Redis Cluster', (group) => {
  group.each.timeout(180_000)
  group.each.setup(() => emptyDatabase())

  async function redisOf(server: ServerProcess) {
    return ((await (await server.get('/health/ready')).json()) as any).redis
  }

  async function cached(server: ServerProcess) {
    const metrics = await (await server.get('/metrics')).text()
    return Number(/kirana_cache_reads_total\{outcome="hit"\} (\d+)/.exec(metrics)?.[1] ?? 0)
  }

  test('caches pages there, says when a master is missing, and serves them all the same', async ({
    assert,
    cleanup,
  }) => {
    const cluster = await RedisCluster.start()
    cleanup(() => cluster.stop())
    const { url, others } = cluster.address
    const shop = await createShop({ ownerId: (await createOwner()).id })
    const server = await ServerProcess.start('bin/server.ts', {
      ...{ REDIS_URL: url, REDIS_CLUSTER: others, LOG_LEVEL: 'warn', CHANGE_FEED: 'pgoutput' },
    })
    cleanup(async () => {
      await server.stop()
      await db.rawQuery(`SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
        WHERE slot_name = 'kirana_embedded' AND NOT active`)
    })
    const page = `/shops/${shop.id}`
    await eventually(async () => assert.equal(await server.status(page), 200), LONG)
    await eventually(async () => {
      assert.deepEqual(await redisOf(server), { healthy: true, masters: 3 })
      await server.get(page)
      assert.isAbove(await cached(server), 0)
    }, LONG)

    const [master] = cluster.masters
    await master.kill()
    await eventually(async () => assert.isFalse((await redisOf(server)).healthy), LONG)
    await eventually(() => assert.include(server.output, 'Redis connection lost'), LONG)
    assert.equal(await server.status(page), 200)
    assert.equal(await server.status('/health/ready'), 200)
    assert.include(await (await server.get('/metrics')).text(), 'kirana_redis_up 0')

    await master.startAgain()
    await eventually(async () => {
      assert.deepEqual(await redisOf(server), { healthy: true, masters: 3 })
      assert.include(await (await server.get('/metrics')).text(), 'kirana_redis_up 1')
    }, LONG)
    assert.include(server.output, 'Redis is back')
  })

  test('that is none, or is taken for a single one, says what to set', async ({
    assert,
    cleanup,
  }) => {
    const [cluster, alone] = [await RedisCluster.start(), await RedisServer.start()]
    cleanup(() => cluster.stop())
    cleanup(() => alone.stop())
    const settings = {
      'set REDIS_CLUSTER': { REDIS_URL: cluster.address.url },
      'unset REDIS_CLUSTER': { REDIS_URL: alone.url, REDIS_CLUSTER: '127.0.0.1:9' },
    }
    for (const [advice, env] of Object.entries(settings)) {
      const server = await ServerProcess.start('bin/server.ts', { ...env, LOG_LEVEL: 'warn' })
      try {
        await eventually(async () => assert.equal(await server.status('/shops'), 200), LONG)
        await eventually(() => assert.include(server.output, `: ${advice}`), LONG)
      } finally {
        await server.stop()
      }
    }
  })
})
