import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import db from '@adonisjs/lucid/services/db'
import { RETURNING_STATES } from '#models/order_state'

const MOST = 30

const OFTEN = `
  SELECT items.product_id AS id
  FROM orders JOIN order_items AS items ON items.order_id = orders.id
  WHERE orders.customer_id = ? AND orders.shop_id = ? AND orders.state <> ALL(?) AND items.product_id IS NOT NULL
  GROUP BY items.product_id
  ORDER BY count(*) DESC, max(orders.id::text) DESC
  LIMIT ${MOST}`

/** Ids of what a customer has ordered from a shop, the most frequent first. */
export async function boughtBefore(
  customerId: string,
  shopId: string,
  client: QueryClientContract = db.connection()
): Promise<string[]> {
  const { rows } = await client.rawQuery(OFTEN, [customerId, shopId, [...RETURNING_STATES]])
  return (rows as { id: string }[]).map(({ id }) => id)
}
