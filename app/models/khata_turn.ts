import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { InvitationRefused } from '#exceptions/invitation_refused'

/**
 * Serialises what opens and joins khatas of one shop, and keeps it from closing until the transaction ends. A customer's
 * row is locked before it.
 *
 * @throws InvitationRefused when the shop has closed
 */
export async function takeTurnAt(shopId: string, client: TransactionClientContract) {
  const { rows } = await client.rawQuery(
    'SELECT closed_at FROM shops WHERE id = ? FOR NO KEY UPDATE',
    [shopId]
  )
  if (rows[0].closed_at) throw new InvitationRefused('shop_closed')
}

/** Serialises what one customer does. */
export async function takeTurnOf(customerId: string, client: TransactionClientContract) {
  await client.rawQuery('SELECT FROM users WHERE id = ? FOR NO KEY UPDATE', [customerId])
}
