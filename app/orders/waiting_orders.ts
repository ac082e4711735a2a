import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import Shop from '#models/shop'

/** How many orders of the owner's shops wait to be accepted. */
export async function countWaiting(
  ownerId: string,
  client: QueryClientContract = db.connection()
): Promise<number> {
  const [{ count }] = await client
    .from('orders')
    .whereIn('shop_id', Shop.query({ client }).where('owner_id', ownerId).select('id'))
    .where('state', 'placed')
    .count('* as count')
  return Number(count)
}
