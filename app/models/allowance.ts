import config from '@adonisjs/core/services/config'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AllowanceReached, type Allowed } from '#exceptions/allowance_reached'

const COUNT = {
  shops: 'SELECT count(*)::integer AS n FROM shops WHERE owner_id = ?',
  products: `SELECT count(*)::integer AS n FROM products
    WHERE shop_id IN (SELECT id FROM shops WHERE owner_id = ?)`,
}

/**
 * Adds to what an owner has, in one transaction under the owner's lock, so that two at once cannot both be the
 * last. Who has more than they may, from demo data or a higher limit of before, keeps it and changes it.
 *
 * @throws AllowanceReached when there is more than before and too much of it; nothing is added then
 */
export function withinAllowance<T>(
  ownerId: string,
  what: Allowed,
  add: (client: TransactionClientContract) => Promise<T>
): Promise<T> {
  return db.transaction(async (client) => {
    await client.rawQuery('SELECT FROM users WHERE id = ? FOR NO KEY UPDATE', [ownerId])
    const count = async () => (await client.rawQuery(COUNT[what], [ownerId])).rows[0].n as number
    const before = await count()
    const added = await add(client)
    const most = config.get<number>(`orders.allowance.${what}`)
    const after = await count()
    if (after > before && after > most) throw new AllowanceReached(what, most)
    return added
  })
}
