import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Khata from '#models/khata'
import { writeLine } from '#models/khata_line'
import type KhataInvitation from '#models/khata_invitation'

/**
 * Makes the open khata by name that of the customer who has just accepted the invitation to it. A khata that they have
 * at the shop already takes over its balance, and keeps the larger of the limits.
 */
export async function joinKhata(
  named: Khata,
  invitation: KhataInvitation,
  client: TransactionClientContract
): Promise<Khata> {
  const { id: invitationId, shopId } = invitation
  const customerId = invitation.customerId!
  const own = await Khata.query({ client }).where({ shopId, customerId }).forUpdate().first()
  if (!own) return named.merge({ customerId, invitationId, name: null, mobile: null }).save()
  if (!own.isOpen) await Khata.openWith(invitation, client)
  await own.refresh()
  await moveBalance(named, own, client)
  if (named.limitPaise > own.limitPaise) await own.merge({ limitPaise: named.limitPaise }).save()
  await named.merge({ state: 'closed', closedBy: customerId, joinedToId: own.id }).save()
  return own
}

async function moveBalance(from: Khata, to: Khata, client: TransactionClientContract) {
  const owed = await from.balancePaise(client)
  if (owed === 0) return
  const line = { kind: 'transfer' as const, actorId: to.customerId, note: from.name }
  await writeLine(from, line, 'transfer', -owed, client)
  await writeLine(to, line, 'transfer', owed, client)
}
