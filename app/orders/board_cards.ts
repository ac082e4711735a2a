import db from '@adonisjs/lucid/services/db'
import type { Fulfilment, OrderState, PaymentMethod, PaymentState } from '#orders/order_state'

/** An open order as a card of the board shows it. */
export interface BoardCard {
  id: string
  number: number
  state: OrderState
  fulfilment: Fulfilment
  paymentMethod: PaymentMethod
  paymentState: PaymentState
  totalPaise: number
  customerName: string
  shopName: string
  note: string | null
  createdAt: Date
  /** How many orders there are in this state. */
  ofState: number
  /** The id of the order that came last of all open ones. */
  newest: string
  items: { quantity: number; name: string; nameHi: string | null }[]
}

/** The oldest open orders of each state, counted and chosen in one walk of the index of open orders. */
const CARDS = `
  WITH open AS (
    SELECT id, row_number() OVER (PARTITION BY state ORDER BY id) AS place,
      count(*) OVER (PARTITION BY state)::integer AS "ofState", max(id::text) OVER () AS newest
    FROM orders
    WHERE shop_id = ANY(:shopIds) AND state NOT IN ('delivered', 'declined', 'cancelled')
  )
  SELECT id, "ofState", newest, number::float8 AS number, state, fulfilment,
    payment_method AS "paymentMethod", payment_state AS "paymentState",
    total_paise::float8 AS "totalPaise", customer_name AS "customerName", shop_name AS "shopName",
    note, created_at AS "createdAt",
    (SELECT json_agg(json_build_object('quantity', quantity, 'name', name, 'nameHi', name_hi) ORDER BY id)
     FROM order_items WHERE order_id = orders.id AND available) AS items
  FROM open JOIN orders USING (id) WHERE place <= :shown ORDER BY id`

/** The cards of these shops: of each state the `shown` oldest orders, which wait longest. */
export async function cardsOf(shopIds: string[], shown: number): Promise<BoardCard[]> {
  const { rows } = await db.rawQuery(CARDS, { shopIds, shown })
  return rows
}
