import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { stateOf } from '#hours/opening'
import { TIME_ZONE } from '#locale/time_zone'
import Order from '#models/order'
import Product from '#models/product'
import Shop from '#models/shop'
import type User from '#models/user'
import { cardsOf } from '#pages/board_cards'
import {
  OPEN_STATES,
  RETURNING_STATES,
  type OrderState,
  type PaymentMethod,
} from '#models/order_state'

/** Rows shown per list. */
const SHOWN = 20
const LOW_STOCK = 5

const TODAY = `created_at >= date_trunc('day', now(), '${TIME_ZONE}')`

export type BoardTab = (typeof OPEN_STATES)[number]

/**
 * The owner's to-do list across all their shops.
 *
 * @param asked the state that a phone shows, which has room for one; without it, the first that has orders
 */
export async function board(
  owner: User,
  asked: BoardTab | null = null,
  client: QueryClientContract = db.connection()
) {
  const shops = await Shop.query({ client })
    .select('*', db.raw('shop_opening(id) AS opening'), db.raw('now() AS now'))
    .where('owner_id', owner.id)
    .orderBy('name')
  const shopIds = shops.map(({ id }) => id)
  const cards = await cardsOf(shopIds, SHOWN, client)
  const refunds = await refundsOf(shopIds, client)
  const totals = await totalsOfToday(shopIds, client)
  const lowStock = await lowStockOf(shopIds, client)
  const columns = [...OPEN_STATES, 'delivered'].flatMap((state) => {
    const shown = cards.filter((card) => card.state === state)
    const count = shown[0]?.ofState ?? 0
    if (state === 'delivered' && count === 0) return []
    return { state, count, orders: shown, hidden: count - shown.length }
  })
  const shown = asked ?? OPEN_STATES.find((state) => cards.some((card) => card.state === state))
  const doors = shops
    .filter(({ isClosed }) => !isClosed)
    .map((shop) => ({ shop: shop.summary, state: stateOf(shop.$extras.opening, shop.$extras.now) }))
  return {
    shops: shops.map((shop) => shop.summary),
    doors,
    columns,
    asked,
    shown: shown ?? 'placed',
    waiting: columns[0].count,
    newest: cards[0]?.newest ?? '',
    now: shops[0]?.$extras.now ?? new Date(),
    refunds,
    totals,
    lowStock,
  }
}

interface DayRow {
  state: OrderState
  payment_method: PaymentMethod
  count: number
  paise: number
}

/** Today's orders; declined and cancelled ones count, but add no revenue. */
async function totalsOfToday(shopIds: string[], client: QueryClientContract) {
  const { rows }: { rows: DayRow[] } = await client.rawQuery(
    `SELECT state, payment_method, count(*)::integer AS count, sum(total_paise)::float8 AS paise
     FROM orders WHERE shop_id = ANY(?) AND ${TODAY} GROUP BY state, payment_method`,
    [shopIds]
  )
  const lost = rows.filter(({ state }) => RETURNING_STATES.includes(state))
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

/** Orders with a refund due, open or not. */
function refundsOf(shopIds: string[], client: QueryClientContract) {
  return Order.query({ client })
    .whereIn('shop_id', shopIds)
    .where('payment_state', 'refund_due')
    .orderBy('id')
    .limit(SHOWN)
}

function lowStockOf(shopIds: string[], client: QueryClientContract) {
  return Product.forSale(client)
    .whereIn('shop_id', shopIds)
    .whereRaw(`CASE sold_as WHEN 'loose' THEN stock < net_quantity ELSE stock <= ? END`, [
      LOW_STOCK,
    ])
    .orderByRaw(`CASE sold_as WHEN 'loose' THEN stock / net_quantity ELSE stock END, name`)
    .limit(SHOWN)
}
