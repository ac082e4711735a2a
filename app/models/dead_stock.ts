import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { RETURNING_STATES } from '#models/order_state'
import { NOT_WITHDRAWN } from '#models/product'
import { SOLD } from '#models/shop_sales'

const DEAD = `
  WITH ${SOLD},
  sold AS (
    SELECT product_id FROM sold_orders JOIN order_items ON order_id = sold_orders.id WHERE available
    UNION
    SELECT product_id FROM sold_at_counter JOIN counter_sale_lines ON sale_id = sold_at_counter.id
  )
  SELECT products.id, name, name_hi AS "nameHi", unit, measure, sold_as AS "soldAs", stock,
    paise::float8 AS paise, count(*) OVER ()::int AS "ofProducts", sum(paise) OVER ()::float8 AS "ofPaise"
  FROM products CROSS JOIN since
  CROSS JOIN LATERAL (
    SELECT round(stock::numeric * price_paise / CASE sold_as WHEN 'loose' THEN net_quantity ELSE 1 END) AS paise
  ) AS bound
  WHERE shop_id = :shopId AND stock > 0 AND ${NOT_WITHDRAWN} AND products.created_at < begin
    AND NOT EXISTS (SELECT FROM sold WHERE product_id = products.id)
  ORDER BY paise DESC, name LIMIT :most`

export interface DeadProduct {
  id: string
  name: string
  nameHi: string | null
  unit: string
  measure: 'weight' | 'volume' | 'length' | 'pieces'
  soldAs: 'packed' | 'loose'
  stock: number
  /** What the stock costs at its price. */
  paise: number
  /** How many such products there are, and their stocks' prices together. */
  ofProducts: number
  ofPaise: number
}

/** Products that are in stock, and of which nothing was sold for `days` days; the dearest stocks first. */
export async function deadStockOf(
  shopId: string,
  { days, most }: { days: number; most: number },
  client: QueryClientContract = db.connection()
): Promise<DeadProduct[]> {
  const bindings = { shopId, days, most, lost: [...RETURNING_STATES] }
  const { rows } = await client.rawQuery(DEAD, bindings)
  return rows
}
