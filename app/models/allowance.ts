import config from '@adonisjs/core/services/config'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AllowanceReached, type Allowed } from '#exceptions/allowance_reached'

const COUNT = {
  shops: 'SELECT count(*)::integer AS n FROM shops WHERE owner_id = ? AND closed_at IS NULL',
  addresses: 'SELECT count(*)::integer AS n FROM addresses WHERE user_id = ?',
  products: `SELECT count(*)::integer AS n FROM products
    WHERE shop_id IN (SELECT id FROM shops WHERE owner_id = ? AND closed_at IS NULL)`,
}

/**
 * Runs a creation under the user's lock, so that concurrent ones cannot exceed the limit together. Users already
 * above the limit (demo data, or a limit that was lowered) keep and edit what they have.
 *
 * @throws AllowanceReached when the work added something and the limit is exceeded; the transaction must then be
 * rolled back
 */
export async function withinAllowance<T>(
  userId: string,
  what: Allowed,
  client: TransactionClientContract,
  add: () => Promise<T>
): Promise<T> {
  await client.rawQuery('SELECT FROM users WHERE id = ? FOR NO KEY UPDATE', [userId])
  const count = async () => (await client.rawQuery(COUNT[what], [userId])).rows[0].n as number
  const before = await count()
  const added = await add()
  const most = config.get<number>(`orders.allowance.${what}`)
  const after = await count()
  if (after > before && after > most) throw new AllowanceReached(what, most)
  return added
}
