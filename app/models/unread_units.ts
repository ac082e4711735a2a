import db from '@adonisjs/lucid/services/db'
import { MAY_BE_UNREAD } from '#models/missing_details'

export interface UnreadUnits {
  id: string
  shop: string
  city: string
  owner: string
  products: number
  units: string[]
}

const COUNT = `
  WITH listed AS MATERIALIZED (SELECT DISTINCT unit FROM products WHERE ${MAY_BE_UNREAD})
  SELECT shops.id, shops.name AS shop, shops.city, users.username AS owner,
    count(*)::integer AS products, array_agg(DISTINCT unit ORDER BY unit) AS units
  FROM products JOIN shops ON shops.id = shop_id JOIN users ON users.id = owner_id
  WHERE ${MAY_BE_UNREAD}
    AND unit IN (SELECT unit FROM listed WHERE (read_unit(unit)).measure IS NULL)
  GROUP BY shops.id, users.username ORDER BY products DESC, shops.id`

/** Shops with units that nobody could read, which count as one piece until their owner says what a pack has. */
export async function unreadUnits(): Promise<UnreadUnits[]> {
  const { rows } = await db.rawQuery(COUNT)
  return rows
}
