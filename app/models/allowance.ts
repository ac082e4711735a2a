import config from '@adonisjs/core/services/config'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AllowanceReached, type Allowed } from '#exceptions/allowance_reached'

const COUNT = {
  shops: 'SELECT count(*)::integer AS n FROM shops WHERE owner_id = ? AND closed_at IS NULL',
  products: `SELECT count(*)::integer AS n FROM products
    WHERE shop_id IN (SELECT id FROM shops WHERE owner_id = ? AND closed_at IS NULL)`,
}

/**
 * Adds to what an owner has, under the owner's lock, so that two at once cannot both be the last. Who has more
 * than they may, from demo data or a higher limit of before, keeps it and changes it.
 *
 * @throws AllowanceReached when there is more than before and too much of it; the transaction has to end then
 */
export async function withinAllowance<T>(
  ownerId: string,
  what: Allowed,
  client: TransactionClientContract,
  add: () => Promise<T>
): Promise<T> {
  await client.rawQuery('SELECT FROM users WHERE id = ? FOR NO KEY UPDATE', [ownerId])
  const count = async () => (await client.rawQuery(COUNT[what], [ownerId])).rows[0].n as number
  const before = await count()
  const added = await add()
  const most = config.get<number>(`orders.allowance.${what}`)
  const after = await count()
  if (after > before && after > most) throw new AllowanceReached(what, most)
  return added
}
