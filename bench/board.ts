import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createIgnitor } from '../bin/ignitor.js'
import { measure, table } from '#bench/latency'
import { withServer } from '#infra/server_process'
import type { ApplicationService } from '@adonisjs/core/types'
import type { Database } from '@adonisjs/lucid/database'

/**
 * Measures the boards of owners with many orders, on top of the demo data: by HTTP with a session, on a separate
 * server process. An empty route is the baseline for HTTP and the machine's load.
 *
 *     npm run bench:board -- --orders=5000
 */
const { values: flags } = parseArgs({
  options: {
    orders: { type: 'string', default: '5000' },
    runs: { type: 'string', default: '300' },
  },
})

/** Orders per day until now, and how many of the newest are still open. */
const OWNERS = [
  { username: 'usual-day', perDay: 60, open: 25 },
  { username: 'worst-day', perDay: 2_500, open: 500 },
]
const PASSWORD = 'Pass@1234'
const WARM_UP = 50

const directory = await mkdtemp(join(tmpdir(), 'kirana-bench-'))
process.env.DATA_DIR = directory
process.env.LOG_LEVEL = 'warn'

try {
  await withServer('start.js', '/health/live', {}, async (url) => {
    await seed()
    const rows = [await timed('no board: /health/live', new URL('/health/live', url), {})]
    for (const { username, perDay, open } of OWNERS) {
      const cookie = await logIn(url, username)
      const what = `${perDay} orders a day, ${open} open`
      const board = new URL('/owner/orders', url)
      const partial = { cookie, 'hx-request-type': 'partial' }
      rows.push(await timed(`${what}: page`, board, { cookie }))
      rows.push(await timed(`${what}: refresh`, board, partial))
    }
    table(rows)
  })
} finally {
  await rm(directory, { recursive: true, force: true })
}

async function timed(what: string, url: URL, headers: Record<string, string>) {
  const ask = async () => {
    const response = await fetch(url, { headers, redirect: 'manual' })
    if (response.status !== 200) throw new Error(`${what} answered ${response.status}`)
    return response.text()
  }
  await measure([url], ask, { users: 1, runs: WARM_UP })
  return { what, ...(await measure([url], ask, { users: 1, runs: Number(flags.runs) })) }
}

/** Session cookies of an owner. */
async function logIn(url: URL, username: string) {
  const answer = await fetch(new URL('/login', url), {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url.origin },
    body: new URLSearchParams({ username, password: PASSWORD }),
  })
  if (answer.status !== 303) throw new Error(`The login answered ${answer.status}`)
  return cookiesOf(answer)
}

function cookiesOf({ headers }: Response) {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

async function seed() {
  const app = createIgnitor().createApp('console')
  try {
    await app.init()
    await app.boot()
    await app.start(() => fill(app))
  } finally {
    await app.terminate()
  }
}

async function fill(app: ApplicationService) {
  const { default: User } = await import('#models/user')
  const db = await app.container.make('lucid.db')
  const people = { password: PASSWORD, fullName: 'Bench', address: 'Bench', mobile: '9876543210' }
  const customer = await User.create({ ...people, username: 'bench', role: 'customer' })
  for (const { username, perDay, open } of OWNERS) {
    const owner = await User.create({ ...people, username, role: 'shopowner' })
    const name = `Bench ${username}`
    const shop = await owner.related('shops').create({ name, city: 'Indore', pinCode: null })
    await shop.related('products').createMany(
      Array.from({ length: 200 }, (_, index) => {
        return { name: `Product ${index}`, unit: '1 kg', pricePaise: 5_000, stock: index % 50 }
      })
    )
    await order(db, { shop: shop.id, customer: customer.id, perDay, open })
  }
  await db.rawQuery('VACUUM ANALYZE orders, order_items, products')
}

/** Orders of three to nine items, evenly spread over the past; the newest are open, in all states equally. */
async function order(
  db: Database,
  values: { shop: string; customer: string; perDay: number; open: number }
) {
  const all = { ...values, orders: Number(flags.orders) }
  await db.rawQuery(
    `INSERT INTO orders (shop_id, shop_name, customer_id, customer_name, payment_method,
       payment_state, fulfilment, address, mobile, missing_items, items_paise, delivery_fee_paise,
       total_paise, created_at)
     SELECT :shop, 'Bench', :customer, 'Bench', 'cash', 'due', 'delivery', 'Bench',
       '9876543210', 'call', 15000, 0, 15000,
       now() - (cast(:orders AS integer) - n) * interval '1 day' / :perDay
     FROM generate_series(1, cast(:orders AS integer)) AS n ORDER BY n`,
    all
  )
  await db.rawQuery(
    `INSERT INTO order_items (order_id, product_id, name, unit, price_paise, quantity)
     SELECT orders.id, item.id, item.name, item.unit, 5000, 1 FROM orders
     CROSS JOIN LATERAL (
       SELECT * FROM products WHERE shop_id = :shop LIMIT 3 + orders.number % 7
     ) AS item WHERE orders.shop_id = :shop`,
    all
  )
  for (const [place, to] of ['accepted', 'packed', 'out_for_delivery', 'delivered'].entries()) {
    await db.rawQuery(
      `UPDATE orders SET state = :to WHERE shop_id = :shop AND id NOT IN (
         SELECT id FROM orders WHERE shop_id = :shop ORDER BY number DESC LIMIT :left)`,
      { ...all, to, left: Math.round((all.open * (place + 1)) / 4) }
    )
  }
}
