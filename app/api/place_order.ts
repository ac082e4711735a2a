import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Infer } from '@vinejs/vine/types'
import { refusedCheckout } from '#api/checkout_refusals'
import { refusedOffer } from '#api/refused_offer'
import { ANY_PRICE, offeredItems } from '#api/wanted_items'
import { CheckoutChanged } from '#orders/checkout_changed'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { OrderRefused } from '#exceptions/order_refused'
import { ResourceNotFound } from '#exceptions/resource_not_found'
import { ShopClosed } from '#exceptions/shop_closed'
import { ShopNotOpen } from '#exceptions/shop_not_open'
import { slotOf } from '#hours/slots'
import Product from '#models/product'
import type Order from '#models/order'
import type Shop from '#models/shop'
import type User from '#models/user'
import type { Checkout, CheckoutRequest } from '#orders/checkout'
import type { OfferItem } from '#orders/offer'
import { toPaymentMethod } from '#transformers/order_transformer'
import type { orderValidator } from '#validators/api'

/** What can be otherwise at another time. */
const CONFLICTS = ['too_many_open', 'slot_full', 'slot_gone']

export async function placeOrder(
  checkout: Checkout,
  customer: User,
  shop: Shop,
  wanted: Infer<typeof orderValidator>,
  client: TransactionClientContract
): Promise<Order> {
  const ids = wanted.items.map((item) => item.product_id)
  const products = await Product.query({ client }).where('shop_id', shop.id).whereIn('id', ids)
  const request = toRequest(customer, wanted, offeredItems(wanted.items, products))
  return checkout.place(customer, shop, request, client).catch(explain)
}

function toRequest(
  { address, mobile }: User,
  wanted: Infer<typeof orderValidator>,
  items: OfferItem[]
): CheckoutRequest {
  return {
    offer: { items, deliveryFeePaise: ANY_PRICE },
    fulfilment: wanted.fulfilment ?? 'delivery',
    paymentMethod: toPaymentMethod(wanted.payment_method ?? 'cod'),
    address: wanted.address ?? address,
    pinCode: wanted.pin_code ?? null,
    mobile,
    note: wanted.note ?? null,
    missingItems: 'call',
    slot: wanted.slot ? slotOf(wanted.slot) : null,
  }
}

function explain(error: unknown): never {
  if (error instanceof ShopClosed) throw new ResourceNotFound('Shop')
  if (error instanceof ShopNotOpen) throw new OrderRefused(error.message, 409, error)
  if (error instanceof CheckoutRefused) {
    throw refusedCheckout(error, CONFLICTS.includes(error.rule) ? 409 : 400)
  }
  if (!(error instanceof CheckoutChanged)) throw error
  throw refusedOffer(error)
}
