import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { RETURNING_STATES } from '#models/order_state'

/** Orders and counter sales of the shop since a day began in India, without what was declined, cancelled or undone. */
export const SOLD = `
  since AS (
    SELECT indian_date(now()) AS today, indian_date(now()) - cast(:days AS integer) + 1 AS first,
      (indian_date(now()) - cast(:days AS integer) + 1)::timestamp AT TIME ZONE 'Asia/Kolkata' AS begin
  ),
  sold_orders AS (
    SELECT orders.id, created_at, total_paise, delivery_fee_paise FROM orders, since
    WHERE shop_id = :shopId AND created_at >= begin AND state <> ALL(:lost)
  ),
  sold_at_counter AS (
    SELECT counter_sales.id, created_at, sold_on, amount_paise FROM counter_sales, since
    WHERE shop_id = :shopId AND sold_on >= first AND undone_at IS NULL
  )`

const HOURS = `
  WITH ${SOLD}
  SELECT day::text, hour, sum(orders)::int AS orders, sum(sales)::int AS sales, sum(paise)::float8 AS paise
  FROM (
    SELECT indian_date(created_at) AS day, created_at, 1 AS orders, 0 AS sales, total_paise AS paise
    FROM sold_orders
    UNION ALL
    SELECT sold_on, created_at, 0, 1, amount_paise FROM sold_at_counter
  ) AS sold
  CROSS JOIN LATERAL (SELECT extract(hour FROM created_at AT TIME ZONE 'Asia/Kolkata')::int AS hour) AS at
  GROUP BY day, hour`

/** What was sold in an hour of an Indian day (as `2026-11-28`), in paise. */
export interface SalesHour {
  day: string
  hour: number
  orders: number
  /** Over the counter. */
  sales: number
  paise: number
}

const TOTALS = `
  WITH ${SOLD},
  ended AS (
    SELECT count(*) FILTER (WHERE state = ANY(:lost))::int AS lost,
      coalesce(sum(refunded_paise), 0)::float8 AS refunded
    FROM orders, since WHERE shop_id = :shopId AND created_at >= begin
  )
  SELECT today::text, lost, refunded,
    coalesce((SELECT sum(total_paise) FROM sold_orders), 0)::float8 AS ordered,
    coalesce((SELECT sum(delivery_fee_paise) FROM sold_orders), 0)::float8 AS fees,
    coalesce((SELECT sum(amount_paise) FROM sold_at_counter), 0)::float8 AS "atCounter",
    (SELECT coalesce(sum(total_paise), 0)::float8 FROM orders
     WHERE shop_id = :shopId AND created_at >= begin - cast(:days AS integer) * interval '1 day' AND created_at < begin
       AND state <> ALL(:lost)) +
    (SELECT coalesce(sum(amount_paise), 0)::float8 FROM counter_sales
     WHERE shop_id = :shopId AND sold_on >= first - cast(:days AS integer) AND sold_on < first AND undone_at IS NULL)
      AS before
  FROM since CROSS JOIN ended`

/** In paise. What is left out of an order is not in its total, so a refund for it is not taken off again. */
export interface SalesTotals {
  today: string
  /** Orders that were declined, cancelled or expired. */
  lost: number
  refunded: number
  ordered: number
  /** Part of `ordered`. */
  fees: number
  atCounter: number
  /** What as many days before brought. */
  before: number
}

const ITEMS = `
  WITH ${SOLD},
  lines AS (
    SELECT product_id, name, name_hi, unit, measure, sold_as,
      coalesce(packed_quantity, quantity) AS quantity, order_items.amount_paise
    FROM sold_orders JOIN order_items ON order_id = sold_orders.id WHERE available
    UNION ALL
    SELECT product_id, name, name_hi, unit, measure, sold_as, quantity, lines.amount_paise
    FROM sold_at_counter JOIN counter_sale_lines AS lines ON sale_id = sold_at_counter.id
  ),
  items AS (
    SELECT product_id, measure, sold_as, max(unit) AS unit, max(name) AS name, max(name_hi) AS name_hi,
      sum(quantity) AS quantity, sum(amount_paise) AS paise
    FROM lines
    GROUP BY product_id, CASE WHEN product_id IS NULL THEN name END, measure, sold_as,
      CASE sold_as WHEN 'packed' THEN unit END
  )
  SELECT coalesce(products.name, items.name) AS name, coalesce(products.name_hi, items.name_hi) AS "nameHi",
    items.unit, items.measure, items.sold_as AS "soldAs",
    quantity::float8 AS quantity, paise::float8 AS paise,
    count(*) OVER ()::int AS "ofItems", sum(paise) OVER ()::float8 AS "ofPaise"
  FROM items LEFT JOIN products ON products.id = product_id
  ORDER BY paise DESC, items.name LIMIT :most`

export interface SoldItem {
  name: string
  nameHi: string | null
  unit: string
  measure: 'weight' | 'volume' | 'length' | 'pieces'
  soldAs: 'packed' | 'loose'
  /** Packs, or base units of loose goods. */
  quantity: number
  paise: number
  /** How many items were sold, and for how much together. */
  ofItems: number
  ofPaise: number
}

export interface ShopSales {
  hours: SalesHour[]
  totals: SalesTotals
  items: SoldItem[]
}

/**
 * What a shop sold in the last `days` days, today included, by Indian time.
 *
 * @param most how many items, those with the largest amounts
 */
export async function salesOf(
  shopId: string,
  { days, most }: { days: number; most: number },
  client: QueryClientContract = db.connection()
): Promise<ShopSales> {
  const bindings = { shopId, days, lost: [...RETURNING_STATES] }
  const { rows: hours } = await client.rawQuery(HOURS, bindings)
  const { rows: totals } = await client.rawQuery(TOTALS, bindings)
  const { rows: items } = await client.rawQuery(ITEMS, { ...bindings, most })
  return { hours, totals: totals[0], items }
}
