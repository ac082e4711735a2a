import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Infer } from '@vinejs/vine/types'
import { CheckoutChanged } from '#orders/checkout_changed'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { OrderRefused } from '#exceptions/order_refused'
import { ResourceNotFound } from '#exceptions/resource_not_found'
import { ShopClosed } from '#exceptions/shop_closed'
import { LARGEST_QUANTITY } from '#measures/goods'
import { toRupees } from '#locale/rupees'
import type Order from '#models/order'
import type Shop from '#models/shop'
import type User from '#models/user'
import type { Checkout, CheckoutRequest } from '#orders/checkout'
import type { OfferChange } from '#orders/offer'
import { toPaymentMethod } from '#transformers/order_transformer'
import type { orderValidator } from '#validators/api'

/** Used when the client names no price: it accepts the current price. */
const ANY_PRICE = Number.MAX_SAFE_INTEGER

export function placeOrder(
  checkout: Checkout,
  customer: User,
  shop: Shop,
  wanted: Infer<typeof orderValidator>,
  client: TransactionClientContract
): Promise<Order> {
  return checkout.place(customer, shop, toRequest(customer, wanted), client).catch(explain)
}

function toRequest(
  { address, mobile }: User,
  wanted: Infer<typeof orderValidator>
): CheckoutRequest {
  const items = new Map<string, CheckoutRequest['offer']['items'][number]>()
  for (const { product_id: productId, quantity = 1, unit_price: pricePaise } of wanted.items) {
    const before = items.get(productId)
    const together = (before?.quantity ?? 0) + quantity
    if (together > LARGEST_QUANTITY) {
      throw new OrderRefused(`An order takes at most ${LARGEST_QUANTITY} of one product`, 400)
    }
    items.set(productId, {
      productId,
      quantity: together,
      pricePaise: Math.min(before?.pricePaise ?? ANY_PRICE, pricePaise ?? ANY_PRICE),
    })
  }
  return {
    offer: { items: [...items.values()], deliveryFeePaise: ANY_PRICE },
    fulfilment: wanted.fulfilment ?? 'delivery',
    paymentMethod: toPaymentMethod(wanted.payment_method ?? 'cod'),
    address: wanted.address ?? address,
    mobile,
    note: wanted.note ?? null,
    missingItems: 'call',
  }
}

function explain(error: unknown): never {
  if (error instanceof ShopClosed) throw new ResourceNotFound('Shop')
  if (error instanceof CheckoutRefused) {
    const status = error.rule === 'too_many_open' ? 409 : 400
    throw new OrderRefused(REFUSALS[error.rule], status, error)
  }
  if (!(error instanceof CheckoutChanged)) throw error
  const [change] = error.changes
  throw new OrderRefused(describe(change), change.kind === 'gone' ? 400 : 409, error)
}

const REFUSALS = {
  too_many_open: 'The customer has too many open orders at this shop',
  below_minimum: 'The items are below the minimum order value for delivery',
  no_upi: 'The shop does not accept UPI',
  no_khata: 'The customer has no khata at this shop',
  over_limit: 'The order exceeds the limit of the khata',
}

function describe(change: OfferChange) {
  if (change.kind === 'gone') return 'One or more products not found'
  if (change.kind === 'short') return `Only ${change.stock} of ${change.name} left`
  if (change.kind === 'price_up') return `${change.name} costs ₹${toRupees(change.now)} now`
  if (change.kind === 'recounted') return `${change.name} is sold differently now`
  if (change.kind === 'too_little') return `${change.name} is sold in larger amounts now`
  return `Delivery costs ₹${toRupees(change.now)} now`
}
