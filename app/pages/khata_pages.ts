import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Edit } from '#edits/edit'
import { LIMIT_FIELDS, limitTexts } from '#edits/texts'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import KhataRequest from '#models/khata_request'
import Shop from '#models/shop'
import Order from '#models/order'
import type User from '#models/user'
import { UpiPayment } from '#orders/upi_payment'

type Client = TransactionClientContract

const MOST_SHOPS = 20

/**
 * The customer's khatas, open ones first.
 *
 * @param shopId a shop that they come from, to ask it to join a khata
 */
export async function customersKhatas(
  customer: User,
  client?: Client,
  shopId: string | null = null
) {
  const own = Khata.query({ client }).where('customer_id', customer.id).preload('shop')
  const khatas = await Khata.withBalances(own.orderBy('state', 'desc').orderBy('id'))
  const invitations = await KhataInvitation.waitingFor(customer, client)
  const requests = await KhataRequest.waiting(client)
    .where('customer_id', customer.id)
    .preload('shop')
  const asked = requests.map((request) => request.shopId)
  const shops = await shopsOf(customer, shopId, client).whereNotIn('id', asked)
  return { khatas, invitations, requests, shops: shops.map((shop) => shop.summary) }
}

/** Shops that the customer has ordered from, or comes from. */
function shopsOf({ id }: User, shopId: string | null, client?: Client) {
  const ordered = Order.query({ client }).where('customer_id', id).select('shop_id')
  return Shop.query({ client })
    .whereNull('closed_at')
    .where((query) => {
      query.whereIn('id', ordered)
      if (shopId) query.orWhere('id', shopId)
    })
    .orderBy('name')
    .limit(MOST_SHOPS)
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
  const invitations = await KhataInvitation.sentBy(shop, client).preload('khata')
  const requests = await KhataRequest.waiting(client).where('shop_id', shop.id).preload('customer')
  const named = khatas.filter(({ khata }) => khata.isOpen && khata.isByName)
  return { shop: shop.summary, isClosed: shop.isClosed, khatas, invitations, requests, named }
}

/** A khata, for its shop. */
export async function shopsKhata(
  shop: Shop,
  khata: Khata,
  edit = new Edit(LIMIT_FIELDS),
  client?: Client
) {
  if (!khata.isByName) await khata.load('customer')
  if (khata.joinedToId) await khata.load('joinedTo', (joined) => joined.preload('customer'))
  const lines = await khata.statement(client)
  const balancePaise = lines[0]?.balancePaise ?? 0
  const limit = edit.state(limitTexts(khata))
  return { shop: shop.summary, khata, lines, balancePaise, limit }
}
