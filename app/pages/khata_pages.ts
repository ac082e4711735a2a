import { Edit } from '#edits/edit'
import { LIMIT_FIELDS, limitTexts } from '#edits/texts'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import type Shop from '#models/shop'
import type User from '#models/user'
import { UpiPayment } from '#orders/upi_payment'

/** The customer's khatas, open ones first. */
export async function customersKhatas(customer: User) {
  const own = Khata.query().where('customer_id', customer.id).preload('shop')
  const [khatas, invitations] = await Promise.all([
    Khata.withBalances(own.orderBy('state', 'desc').orderBy('id')),
    KhataInvitation.waitingFor(customer),
  ])
  return { khatas, invitations }
}

/** A khata, for its customer. */
export async function customersKhata(khata: Khata) {
  const lines = await khata.statement()
  const balancePaise = lines[0]?.balancePaise ?? 0
  return { khata, lines, balancePaise, upi: await UpiPayment.ofKhata(khata, balancePaise) }
}

/** A shop's khatas, open ones first. */
export async function shopsKhatas(shop: Shop) {
  const own = Khata.query().where('shop_id', shop.id).preload('customer')
  const [khatas, invitations] = await Promise.all([
    Khata.withBalances(own.orderBy('state', 'desc').orderBy('id')),
    KhataInvitation.sentBy(shop),
  ])
  return { shop: shop.summary, isClosed: shop.isClosed, khatas, invitations }
}

/** A khata, for its shop. */
export async function shopsKhata(shop: Shop, khata: Khata, edit = new Edit(LIMIT_FIELDS)) {
  await khata.load('customer')
  const lines = await khata.statement()
  const balancePaise = lines[0]?.balancePaise ?? 0
  const limit = edit.state(limitTexts(khata))
  return { shop: shop.summary, khata, lines, balancePaise, limit }
}
