import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct } from '#tests/helpers/factories'
import { ServerProcess } from '#tests/helpers/server_process'

const LONG = 60_000
const HITS = 'kirana_cache_reads_total{outcome="hit"}'

async function slots() {
  const { rows } = await db.rawQuery(
    `SELECT slot_name FROM pg_replication_slots WHERE slot_name LIKE 'kirana_embedded%'`
  )
  return rows.map((row: { slot_name: string }) => row.slot_name)
}

async function changeFeed(server: ServerProcess) {
  const { changeFeed: feed } = (await (await server.get('/health/ready')).json()) as any
  return feed
}

async function hits(server: ServerProcess) {
  const metrics = await (await server.get('/metrics')).text()
  return Number(
    metrics
      .split('\n')
      .find((line) => line.startsWith(HITS))
      ?.split(' ')[1] ?? 0
  )
}

test.group('Two servers on one database, each with its cache in memory', (group) => {
  let servers: ServerProcess[] = []

  group.each.timeout(180_000)
  group.each.setup(async () => {
    await emptyDatabase()
    const database = {
      DATABASE_URL: process.env.DATABASE_URL!,
      DATABASE_READ_URL: process.env.DATABASE_READ_URL!,
    }
    servers = await Promise.all(
      [1, 2].map(() => ServerProcess.start('bin/server.ts', { ...database, LOG_LEVEL: 'warn' }))
    )
    for (const server of servers) {
      await eventually(async () => {
        if (!(await changeFeed(server)).healthy) throw new Error('not heard yet')
      }, LONG)
    }
    return async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await emptyDatabase()
    }
  })

  test('both hear of changes through a slot of their own, which ends with them', async ({
    assert,
  }) => {
    const product = await createProduct({ pricePaise: 4_100 })
    const path = `/shops/${product.shopId}`
    const page = async (server: ServerProcess) => (await server.get(path)).text()
    assert.lengthOf(await slots(), 2)
    for (const server of servers) {
      await eventually(async () => {
        const before = await hits(server)
        assert.include(await page(server), '41')
        assert.isAbove(await hits(server), before)
      }, LONG)
    }
    await product.merge({ pricePaise: 9_300 }).save()
    for (const server of servers) {
      await eventually(async () => assert.include(await page(server), '₹93'), LONG)
      assert.equal((await changeFeed(server)).state, 'streaming')
      assert.notInclude(server.output, 'change feed lost')
    }
    await servers[0].stop()
    await eventually(async () => assert.lengthOf(await slots(), 1), LONG)
    await servers[1].stop()
    await eventually(async () => assert.isEmpty(await slots()), LONG)
  })
})
