import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createIgnitor } from '../../bin/ignitor.js'
import { measure, table } from '#infra/bench/latency'
import type { ApplicationService } from '@adonisjs/core/types'
import type { Database } from '@adonisjs/lucid/database'
import type User from '#models/user'

/**
 * Measures the board of an owner with many orders, on a marketplace of its own: what is asked of the
 * database, and that together with the page's HTML; all but HTTP and the session.
 *
 *     npm run bench:board -- --orders=5000
 */
const { values: flags } = parseArgs({
  options: {
    orders: { type: 'string', default: '5000' },
    runs: { type: 'string', default: '200' },
  },
})

const directory = await mkdtemp(join(tmpdir(), 'kirana-bench-'))
process.env.DATA_DIR = directory
process.env.LOG_LEVEL = 'warn'

const app = createIgnitor().createApp('console')
try {
  await app.init()
  await app.boot()
  await app.start(() => run(app))
} finally {
  await app.terminate()
  await rm(directory, { recursive: true, force: true })
}

async function run(application: ApplicationService) {
  const { board } = await import('#orders/board')
  const { Presenter } = await import('#services/presenter')
  const { default: i18nManager } = await import('@adonisjs/i18n/services/main')
  const { default: edge } = await import('edge.js')
  const owner = await seed(application, await application.container.make('lucid.db'))
  const router = await application.container.make('router')
  router.commit()
  const i18n = i18nManager.locale('en')
  const { money, number, dateTime } = new Presenter('en')
  const page = { t: i18n.t.bind(i18n), locale: 'en', money, number, dateTime, csrfField: () => '' }
  const render = async () => {
    const state = { ...(await board(owner)), fragment: true }
    return edge.createRenderer().share(page).render('partials/owner/orders/board', state)
  }
  await render()
  const options = { users: 1, runs: Number(flags.runs) }
  table([
    { what: 'data', ...(await measure([owner], board, options)) },
    { what: 'data and page', ...(await measure([owner], render, options)) },
  ])
}

/** Half of the orders of today, half older; one in ten still open. */
async function seed(application: ApplicationService, db: Database): Promise<User> {
  const { migrate } = await import('#database/prepare')
  const { default: UserModel } = await import('#models/user')
  await migrate(application)
  const people = { password: 'unused', fullName: 'Bench', address: 'Bench', mobile: '9876543210' }
  const owner = await UserModel.create({ ...people, username: 'bench-owner', role: 'shopowner' })
  const customer = await UserModel.create({ ...people, username: 'bench', role: 'customer' })
  const shop = await owner.related('shops').create({ name: 'Bench', city: 'Indore', pinCode: null })
  await shop.related('products').createMany(
    Array.from({ length: 200 }, (_, index) => {
      return { name: `Product ${index}`, unit: '1 kg', pricePaise: 5_000, stock: index % 50 }
    })
  )
  await db.rawQuery(
    `INSERT INTO orders (shop_id, shop_name, customer_id, customer_name, checkout_key, payment_method,
       payment_state, fulfilment, address, mobile, missing_items, items_paise, delivery_fee_paise,
       total_paise, created_at)
     SELECT :shop, 'Bench', :customer, 'Bench', uuidv7(), 'cash', 'due', 'delivery', 'Bench',
       '9876543210', 'call', 15000, 0, 15000, now() - (n % 2) * interval '2 days'
     FROM generate_series(1, cast(:orders AS integer)) AS n`,
    { shop: shop.id, customer: customer.id, orders: Number(flags.orders) }
  )
  await db.rawQuery(
    `INSERT INTO order_items (order_id, product_id, name, unit, price_paise, quantity)
     SELECT orders.id, item.id, item.name, item.unit, 5000, 1 FROM orders
     CROSS JOIN LATERAL (SELECT * FROM products LIMIT 3) AS item`
  )
  for (const [to, share] of [
    ['accepted', 97],
    ['packed', 95],
    ['out_for_delivery', 92],
    ['delivered', 90],
  ] as const) {
    await db.rawQuery(
      `UPDATE orders SET state = :to WHERE number % 100 < :share AND state <> 'delivered'`,
      { to, share }
    )
  }
  await db.rawQuery('VACUUM ANALYZE orders, order_items, products')
  return owner
}
