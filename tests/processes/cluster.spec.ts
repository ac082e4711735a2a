import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { issueToken } from '#tokens/token_users'
import type Product from '#models/product'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import type { KeptConnection } from '#tests/helpers/kept_connection'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { ServerCluster } from '#tests/helpers/server_cluster'
import { Visitor } from '#tests/helpers/visitor'

const LONG = 60_000
const HITS = 'kirana_cache_reads_total{outcome="hit"}'

async function metric(connection: KeptConnection, name: string) {
  const { text } = await connection.get('/metrics')
  const line = text.split('\n').find((each) => each.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? 0)
}

test.group('A server with two processes', (group) => {
  let cluster: ServerCluster
  let owner: User
  let product: Product
  let one: KeptConnection
  let other: KeptConnection

  group.each.timeout(180_000)
  group.each.skip(process.platform !== 'linux', 'it finds connections in /proc')
  group.setup(async () => {
    await emptyDatabase()
    await db.rawQuery('TRUNCATE server_uptimes')
    cluster = await ServerCluster.start({ API_REQUESTS_PER_MINUTE: '7' })
    return async () => {
      await cluster.stop()
      await emptyDatabase()
    }
  })
  group.each.setup(async () => {
    owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, pricePaise: 4_100, stock: 50 })
    ;[one, other] = [...(await cluster.oneToEach()).values()]
    return () => emptyDatabase()
  })

  const page = async (connection: KeptConnection) =>
    (await connection.get(`/shops/${product.shopId}`, { 'accept-language': 'en' })).text

  test('each answers from its own cache, and both show a new price', async ({ assert }) => {
    for (const connection of [one, other]) {
      await eventually(async () => {
        const before = await metric(connection, HITS)
        assert.include(await page(connection), '₹41')
        assert.isAbove(await metric(connection, HITS), before)
      }, LONG)
    }
    await product.merge({ pricePaise: 9_300 }).save()
    for (const connection of [one, other]) {
      await eventually(async () => assert.include(await page(connection), '₹93'), LONG)
    }
  })

  test('one slot of the log serves both', async ({ assert }) => {
    const { rows } = await db.rawQuery(
      `SELECT slot_name FROM pg_replication_slots WHERE slot_name LIKE 'kirana_embedded%'`
    )
    assert.lengthOf(rows, 1)
    assert.lengthOf(cluster.workers, 2)
  })

  test('a limit is counted over both', async ({ assert }) => {
    const { value } = await issueToken(owner)
    const headers = { authorization: `Bearer ${value!.release()}` }
    const left: number[] = []
    for (const connection of [one, other, one, other, one, other, one]) {
      const { status, headers: answered } = await connection.get('/api/me', headers)
      assert.equal(status, 200)
      left.push(Number(/r=(\d+)/.exec(String(answered.ratelimit))![1]))
    }
    assert.deepEqual(left, [6, 5, 4, 3, 2, 1, 0])
    for (const connection of [one, other]) {
      assert.equal((await connection.get('/api/me', headers)).status, 429)
    }
  })

  test('at once, no more get through than one process lets through', async ({ assert }) => {
    const { value } = await issueToken(owner)
    const headers = { authorization: `Bearer ${value!.release()}` }
    const connections = Array.from({ length: 20 }, () => cluster.connect())
    const answers = await Promise.all(connections.map(async (each) => each.get('/api/me', headers)))
    assert.lengthOf(
      answers.filter(({ status }) => status === 200),
      7
    )
  })

  test('a live page hears of what the other process changed', async ({ assert, cleanup }) => {
    const customer = await createUser()
    const order = await createOrder({ customer, product })
    const { cookieHeader: cookie } = await loggedIn(customer, new Visitor({}, cluster.url))
    const heard: string[] = []
    const stream = await one.open('/orders/stream', { headers: { cookie } })
    cleanup(() => void stream.destroy())
    stream.setEncoding('utf8').on('data', (text) => heard.push(text))
    await eventually(() => assert.include(heard.join(''), '"open"'))

    const { value } = await issueToken(owner)
    const moved = await other.ask(`/api/orders/${order.id}/status`, {
      method: 'PATCH',
      headers: {
        'authorization': `Bearer ${value!.release()}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ status: 'confirmed' }),
    })
    assert.equal(moved.status, 200, moved.text)
    await eventually(() => assert.match(heard.join(''), /"state":"accepted"/))
  })

  test('a live page hears of an order that expired', async ({ assert, cleanup }) => {
    const customer = await createUser()
    const order = await createOrder({ customer, product })
    const { cookieHeader: cookie } = await loggedIn(customer, new Visitor({}, cluster.url))
    const heard: string[][] = [[], []]
    for (const [index, connection] of [one, other].entries()) {
      const stream = await connection.open('/orders/stream', { headers: { cookie } })
      cleanup(() => void stream.destroy())
      stream.setEncoding('utf8').on('data', (text) => heard[index].push(text))
    }
    await db.rawQuery(`UPDATE server_uptimes SET began_at = now() - interval '3 days'`)
    await db.rawQuery(`UPDATE orders SET waiting_since = now() - interval '2 days' WHERE id = ?`, [
      order.id,
    ])
    for (const lines of heard) {
      await eventually(() => assert.match(lines.join(''), /"state":"expired"/), LONG)
    }
  })

  test('jobs run in one process', async ({ assert }) => {
    const { rows } = await db.rawQuery('SELECT count(*)::int AS processes FROM server_uptimes')
    assert.equal(rows[0].processes, 1)
  })

  test('its metrics add up', async ({ assert }) => {
    const reads = (connection: KeptConnection) =>
      metric(connection, 'kirana_cache_reads_total{outcome="miss"}').then(
        async (misses) => misses + (await metric(connection, HITS))
      )
    await page(one)
    await page(other)
    const before = await reads(one)
    for (let time = 0; time < 3; time++) await page(one)
    for (let time = 0; time < 5; time++) await page(other)
    const counted = (await reads(other)) - before
    assert.isAtLeast(counted, 8)
    assert.equal(await reads(one), before + counted)
    assert.equal(await metric(one, 'kirana_processes_serving'), 2)
  })

  test('thirty slow requests hold nobody up', async ({ assert, cleanup }) => {
    const slow = Array.from({ length: 30 }, () => cluster.connect())
    const answers = slow.map(async (each) =>
      each.open('/login', { method: 'POST', headers: { 'content-length': '1000' } })
    )
    for (const answer of answers) answer.catch(() => {})
    cleanup(() => slow.forEach((each) => each.close()))
    for (let time = 0; time < 10; time++) {
      const connection = cluster.connect()
      assert.equal((await connection.get('/health/live')).status, 200)
      assert.include(await page(connection), 'Besan')
      assert.equal((await one.get('/health/live')).status, 200)
      assert.equal((await other.get('/health/live')).status, 200)
    }
  })
})
