import db from '@adonisjs/lucid/services/db'
import Order from '#models/order'
import Product from '#models/product'
import type User from '#models/user'
import { OPEN_STATES, type OrderState, type PaymentMethod } from '#orders/order_state'

/** Orders that a column shows; the oldest wait longest and come first. */
const SHOWN = 20
const LOW_STOCK = 5

/** A day of the shop is a day in India, wherever the server stands. */
const TODAY = `created_at >= date_trunc('day', now(), 'Asia/Kolkata')`

/** The first orders of each column, found by one short walk of the index of open orders for each. */
const FIRST_OF_EACH = `
  SELECT first.id FROM unnest(cast(:states AS text[])) AS wanted (state)
  CROSS JOIN LATERAL (
    SELECT id FROM orders
    WHERE shop_id = ANY(:shopIds) AND orders.state = wanted.state
    ORDER BY id LIMIT :shown
  ) AS first`

/** Everything that an owner has to do now, for all of their shops. */
export async function board(owner: User) {
  const shops = await owner.related('shops').query().orderBy('name')
  const shopIds = shops.map(({ id }) => id)
  const [counts, orders, totals, lowStock] = await Promise.all([
    countsOf(shopIds),
    firstOrdersOf(shopIds),
    totalsOfToday(shopIds),
    lowStockOf(shopIds),
  ])
  const columns = OPEN_STATES.map((state) => {
    const shown = orders.filter((order) => order.state === state)
    const count = counts.find((row) => row.state === state)?.count ?? 0
    return { state, count, orders: shown, hidden: Math.max(0, count - shown.length) }
  })
  const newest = Math.max(0, ...counts.map((row) => row.newest))
  return { shops: shops.map((shop) => shop.summary), columns, totals, lowStock, newest }
}

async function countsOf(
  shopIds: string[]
): Promise<{ state: OrderState; count: number; newest: number }[]> {
  const { rows } = await db.rawQuery(
    `SELECT state, count(*)::integer AS count, max(number)::float8 AS newest FROM orders
     WHERE shop_id = ANY(?) AND state NOT IN ('delivered', 'declined', 'cancelled') GROUP BY state`,
    [shopIds]
  )
  return rows
}

function firstOrdersOf(shopIds: string[]) {
  const states = OPEN_STATES.slice() as string[]
  return Order.query()
    .whereRaw(`id IN (${FIRST_OF_EACH})`, { states, shopIds, shown: SHOWN })
    .preload('items')
    .orderBy('id')
}

interface DayRow {
  state: OrderState
  payment_method: PaymentMethod
  count: number
  paise: number
}

/** What came in today; what was declined or cancelled is counted, and brings nothing. */
async function totalsOfToday(shopIds: string[]) {
  const { rows }: { rows: DayRow[] } = await db.rawQuery(
    `SELECT state, payment_method, count(*)::integer AS count, sum(total_paise)::float8 AS paise
     FROM orders WHERE shop_id = ANY(?) AND ${TODAY} GROUP BY state, payment_method`,
    [shopIds]
  )
  const lost = rows.filter(({ state }) => ['declined', 'cancelled'].includes(state))
  const sold = rows.filter((row) => !lost.includes(row))
  const delivered = sold.filter(({ state }) => state === 'delivered')
  const paise = (some: DayRow[]) => some.reduce((sum, row) => sum + row.paise, 0)
  const count = (some: DayRow[]) => some.reduce((sum, row) => sum + row.count, 0)
  return {
    orders: count(sold),
    paise: paise(sold),
    delivered: count(delivered),
    lost: count(lost),
    methods: [...Map.groupBy(sold, (row) => row.payment_method)].map(([method, some]) => {
      return { method, paise: paise(some) }
    }),
  }
}

function lowStockOf(shopIds: string[]) {
  return Product.query()
    .whereIn('shop_id', shopIds)
    .where('stock', '<=', LOW_STOCK)
    .orderBy([{ column: 'stock' }, { column: 'name' }])
    .limit(SHOWN)
}
