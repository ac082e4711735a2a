import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Opening } from '#hours/opening'
import type OrderItem from '#models/order_item'
import { ACCEPT_WITHIN_MINUTES } from '#models/shop_settings'
import { STEP_IS_FRESH } from '#models/order_steps'
import { deadlinesOf } from '#orders/deadlines'
import type { Fulfilment, OrderState, PaymentMethod, PaymentState } from '#models/order_state'

/** An order on the board. */
export interface BoardCard {
  id: string
  number: number
  state: OrderState
  fulfilment: Fulfilment
  paymentMethod: PaymentMethod
  paymentState: PaymentState
  paymentReceived: boolean
  totalPaise: number
  customerName: string
  mobile: string
  /** Null when the customer picks it up. */
  address: string | null
  pinCode: string | null
  shopName: string
  note: string | null
  createdAt: Date
  waitingSince: Date
  acceptWithinMinutes: number
  /** When its shop is open. */
  opening: Opening | null
  slotFrom: Date | null
  slotTo: Date | null
  /** When it expires unless accepted. */
  waitsUntil: Date | null
  /** How many times its customer changed it, and when last. */
  revision: number
  amendedAt: Date | null
  /** The last step can be undone. */
  canStepBack: boolean
  /** Number of orders in this state. */
  ofState: number
  /** Id of the most recent order that waits to be accepted; null when none does. */
  newest: string | null
  items: (Pick<OrderItem, 'quantity' | 'name' | 'nameHi' | 'measure' | 'soldAs'> & {
    /** The customer is asked about its weight. */
    isAsked: boolean
  })[]
}

/**
 * The oldest open orders of each state, counted and selected in one index scan; and those completed a moment ago,
 * whose last step can still be undone.
 */
const CARDS = `
  WITH shown AS (
    SELECT id, row_number() OVER (PARTITION BY state ORDER BY id) AS place,
      count(*) OVER (PARTITION BY state)::integer AS "ofState",
      max(id::text) FILTER (WHERE state = 'placed') OVER () AS newest
    FROM orders
    WHERE shop_id = ANY(:shopIds) AND state IN ('placed', 'accepted', 'packed', 'out_for_delivery')
    UNION ALL
    SELECT id, row_number() OVER (ORDER BY id), count(*) OVER ()::integer, NULL
    FROM orders
    WHERE shop_id = ANY(:shopIds) AND state = 'delivered' AND ${STEP_IS_FRESH}
  )
  SELECT id, "ofState", max(newest) OVER () AS newest, ${STEP_IS_FRESH} IS TRUE AS "canStepBack", number::float8 AS number, state, fulfilment,
    payment_method AS "paymentMethod", payment_state AS "paymentState", payment_received AS "paymentReceived",
    total_paise::float8 AS "totalPaise", customer_name AS "customerName", orders.mobile,
    CASE fulfilment WHEN 'delivery' THEN orders.address END AS address, pin_code AS "pinCode",
    shop_name AS "shopName", note, orders.created_at AS "createdAt", waiting_since AS "waitingSince",
    coalesce(accept_within_minutes, :usual) AS "acceptWithinMinutes",
    CASE state WHEN 'placed' THEN shop_opening(shop_id) END AS opening,
    slot_from AS "slotFrom", slot_to AS "slotTo", revision, amended_at AS "amendedAt",
    (SELECT json_agg(json_build_object('quantity', coalesce(packed_quantity, quantity), 'name', name, 'nameHi', name_hi,
       'measure', measure, 'soldAs', sold_as, 'isAsked', asked_quantity IS NOT NULL) ORDER BY id)
     FROM order_items WHERE order_id = orders.id AND available) AS items
  FROM shown JOIN orders USING (id) LEFT JOIN shop_settings USING (shop_id) WHERE place <= :shown ORDER BY id`

/** For each state the `shown` oldest orders of these shops. */
export async function cardsOf(
  shopIds: string[],
  shown: number,
  client: QueryClientContract
): Promise<BoardCard[]> {
  const usual = ACCEPT_WITHIN_MINUTES
  const { rows }: { rows: BoardCard[] } = await client.rawQuery(CARDS, { shopIds, shown, usual })
  const deadlines = await deadlinesOf(
    rows.filter(({ state }) => state === 'placed'),
    client
  )
  return rows.map((card) => ({ ...card, waitsUntil: deadlines.get(card.id) ?? null }))
}
