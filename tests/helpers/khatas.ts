import KhataInvitation from '#models/khata_invitation'
import Shop from '#models/shop'
import type User from '#models/user'

/** Opens a khata like people do: the shop invites, the customer accepts. */
export async function openKhata(shopId: string, customer: User, limitPaise: number) {
  const shop = await Shop.findOrFail(shopId)
  const invitation = await KhataInvitation.send(shop, customer.username, limitPaise)
  return invitation.accept(customer)
}
