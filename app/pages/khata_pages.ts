import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Edit } from '#edits/edit'
import { LIMIT_FIELDS, limitTexts } from '#edits/texts'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import type Shop from '#models/shop'
import type User from '#models/user'
import { UpiPayment } from '#orders/upi_payment'

type Client = TransactionClientContract

/** The customer's khatas, open ones first. */
export async function customersKhatas(customer: User, client?: Client) {
  const own = Khata.query({ client }).where('customer_id', customer.id).preload('shop')
  const khatas = await Khata.withBalances(own.orderBy('state', 'desc').orderBy('id'))
  const invitations = await KhataInvitation.waitingFor(customer, client)
  return { khatas, invitations }
}

/** A khata, for its customer. */
export async function customersKhata(khata: Khata, client?: Client) {
  const lines = await khata.statement(client)
  const balancePaise = lines[0]?.balancePaise ?? 0
  return { khata, lines, balancePaise, upi: await UpiPayment.ofKhata(khata, balancePaise, client) }
}

/** A shop's khatas, open ones first. */
export async function shopsKhatas(shop: Shop, client?: Client) {
  const own = Khata.query({ client }).where('shop_id', shop.id).preload('customer')
  const khatas = await Khata.withBalances(own.orderBy('state', 'desc').orderBy('id'))
  const invitations = await KhataInvitation.sentBy(shop, client)
  return { shop: shop.summary, isClosed: shop.isClosed, khatas, invitations }
}

/** A khata, for its shop. */
export async function shopsKhata(
  shop: Shop,
  khata: Khata,
  edit = new Edit(LIMIT_FIELDS),
  client?: Client
) {
  await khata.load('customer')
  const lines = await khata.statement(client)
  const balancePaise = lines[0]?.balancePaise ?? 0
  const limit = edit.state(limitTexts(khata))
  return { shop: shop.summary, khata, lines, balancePaise, limit }
}
