import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { Production } from '#bench/pages/production'
import { Log, logStatements, REQUESTS } from '#bench/pages/statements'
import { readState } from '#infra/embedded_postgres/cluster_state'
import { withAdmin } from '#infra/embedded_postgres/connection'
import { APPLICATION_DATABASE } from '#infra/embedded_postgres/settings'
import { bytesOf } from '#memory/size'

/**
 * Measures what one deed costs the primary: statements of the request, and bytes of log, on a server with the demo data.
 * Then what a product takes in table, indexes and cache, and an order in its tables. For docs/scale.md.
 *
 *     npm run bench:costs
 */
const TIMES = 100
const IDLE = 10_000
const PASSWORD = 'Pass@1234'
const ORDER_TABLES = ['orders', 'order_items', 'order_events', 'form_submissions']

const directory = await mkdtemp(join(tmpdir(), 'kirana-bench-'))
Object.assign(process.env, { OPEN_ORDERS_PER_SHOP: '100000', ORDERS_PER_MINUTE: '100000' })
const production = await Production.start({ root: process.cwd(), directory, processes: 1 })
try {
  const postgres = join(directory, 'postgres')
  const { primaryPort: port, adminPassword: password } = readState(postgres)!
  const log = new Log(join(postgres, 'primary.log'))
  await withAdmin({ port, password }, (admin) => measureAll(admin, log), APPLICATION_DATABASE)
} finally {
  await production.stop()
  await rm(directory, { recursive: true, force: true })
}

async function measureAll(admin: pg.Client, log: Log) {
  const owner = await tokenOf('owner')
  const customer = await tokenOf('customer')
  const [shop] = await ask('GET', '/api/shops/', owner)
  const products = await ask('GET', `/api/shops/${shop.id}/products/?limit=100`, owner)
  const product = `/api/shops/${shop.id}/products/${products[0].id}`
  const page = `/shops/${shop.id}`
  const ordered: { id: string }[] = products
    .filter((one: { sold_as: string }) => one.sold_as === 'packed')
    .slice(0, 5)
  let price = 0
  const reprice = () => ask('PATCH', product, owner, { price: 10 + (price++ % 20) })
  const order = () =>
    ask('POST', '/api/orders', customer, {
      shop_id: shop.id,
      items: ordered.map(({ id }) => ({ product_id: id, quantity: 1 })),
    })
  for (const { id } of ordered) {
    await ask('PATCH', `/api/shops/${shop.id}/products/${id}`, owner, { stock: 100_000 })
  }

  await logStatements(admin, true)
  const before = await position(admin)
  await delay(IDLE)
  const idle = Number((await position(admin)) - before) / IDLE

  const deeds = {
    'a page from the cache': () => view(page),
    'a price change': reprice,
    'a price change, and the page after it': async () => {
      await reprice()
      await delay(50)
      await view(page)
    },
    'an order of five products': order,
  }
  const rows = [{ what: 'nothing, for a second', statements: '0', log: bytes(idle * 1_000) }]
  const sizesBefore = await sizes(admin)
  for (const [what, deed] of Object.entries(deeds)) {
    await deed()
    await admin.query('CHECKPOINT')
    log.skip()
    const [from, since] = [await position(admin), performance.now()]
    for (let count = 0; count < TIMES; count++) await deed()
    const written = Number((await position(admin)) - from) - idle * (performance.now() - since)
    await delay(100)
    const asked = log.statements().filter(({ by }) => by === REQUESTS)
    rows.push({
      what,
      statements: (asked.length / TIMES).toFixed(1),
      log: bytes(Math.max(written, 0) / TIMES),
    })
  }
  await logStatements(admin, false)
  console.table(rows)

  const sizesAfter = await sizes(admin)
  const grown = ORDER_TABLES.reduce(
    (sum, name) => sum + sizesAfter.get(name)! - sizesBefore.get(name)!,
    0
  )
  const [stored] = await rowsOf(
    admin,
    `
    SELECT pg_table_size('products') / count(*)::float AS row,
      pg_indexes_size('products') / count(*)::float AS indexes FROM products`
  )
  const text = JSON.stringify(products)
  console.table([
    { what: 'a product in its table', size: bytes(stored.row) },
    { what: 'a product in the indexes of the table', size: bytes(stored.indexes) },
    { what: 'a product in a cached list', size: bytes(bytesOf(text) / products.length) },
    { what: 'an order of five products in its tables', size: bytes(grown / (TIMES + 1)) },
  ])
}

async function rowsOf(admin: pg.Client, sql: string) {
  return (await admin.query(sql)).rows
}

function bytes(count: number) {
  return count < 1_000 ? `${Math.round(count)} B` : `${(count / 1_000).toFixed(1)} kB`
}

async function position(admin: pg.Client): Promise<bigint> {
  const [{ at }] = await rowsOf(admin, `SELECT pg_current_wal_insert_lsn() - '0/0' AS at`)
  return BigInt(at)
}

async function sizes(admin: pg.Client): Promise<Map<string, number>> {
  const rows = await rowsOf(
    admin,
    `
    SELECT relname AS name, pg_total_relation_size(relid)::float AS size FROM pg_stat_user_tables`
  )
  return new Map(rows.map(({ name, size }) => [name, size]))
}

async function view(path: string) {
  const response = await fetch(new URL(path, production.url))
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`)
  await response.arrayBuffer()
}

async function tokenOf(username: string) {
  const body = new URLSearchParams({ username, password: PASSWORD })
  const response = await fetch(new URL('/api/token', production.url), { method: 'POST', body })
  return ((await response.json()) as { access_token: string }).access_token
}

async function ask(method: string, path: string, token: string, json?: object): Promise<any> {
  const response = await fetch(new URL(path, production.url), {
    method,
    headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(json),
  })
  const body = await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(body)}`)
  return body
}
