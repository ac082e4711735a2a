import { errors } from '@vinejs/vine'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Infer } from '@vinejs/vine/types'
import { OVER_LIMIT } from '#api/weigh'
import { quantityWords } from '#api/quantity_words'
import { ANY_PRICE, offeredItems } from '#api/wanted_items'
import { CheckoutChanged } from '#orders/checkout_changed'
import { CheckoutRefused, type Refusal } from '#exceptions/checkout_refused'
import { OrderRefused } from '#exceptions/order_refused'
import { ResourceNotFound } from '#exceptions/resource_not_found'
import { ShopClosed } from '#exceptions/shop_closed'
import { ShopNotOpen } from '#exceptions/shop_not_open'
import { toRupees } from '#locale/rupees'
import Product from '#models/product'
import type Order from '#models/order'
import type Shop from '#models/shop'
import type User from '#models/user'
import type { Checkout, CheckoutRequest } from '#orders/checkout'
import type { OfferChange, OfferItem } from '#orders/offer'
import { toPaymentMethod } from '#transformers/order_transformer'
import type { orderValidator } from '#validators/api'

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
  return checkout.place(customer, shop, request, client).catch((error) => explain(error, products))
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
  }
}

function explain(error: unknown, products: Product[]): never {
  if (error instanceof ShopClosed) throw new ResourceNotFound('Shop')
  if (error instanceof ShopNotOpen) throw new OrderRefused(error.message, 409, error)
  if (error instanceof CheckoutRefused) {
    if (isOfPin(error.rule)) throw invalid(error.rule, error)
    const status = error.rule === 'too_many_open' ? 409 : 400
    throw new OrderRefused(REFUSALS[error.rule], status, error)
  }
  if (!(error instanceof CheckoutChanged)) throw error
  const [change] = error.changes
  throw new OrderRefused(describe(change, products), change.kind === 'gone' ? 400 : 409, error)
}

const OF_PIN = {
  outside: 'The shop does not deliver there',
  no_pin: 'The PIN code is missing: the shop delivers only in its area',
  pin_differs: 'The address has another PIN code',
}

function isOfPin(rule: Refusal): rule is keyof typeof OF_PIN {
  return rule in OF_PIN
}

function invalid(rule: keyof typeof OF_PIN, cause: CheckoutRefused) {
  const refusal = { field: cause.field, rule, message: OF_PIN[rule] }
  return new errors.E_VALIDATION_ERROR([refusal], { cause })
}

const REFUSALS = {
  address_gone: 'The address was removed',
  too_many_open: 'The customer has too many open orders at this shop',
  below_minimum: 'The items are below the minimum order value for delivery',
  no_upi: 'The shop does not accept UPI',
  no_khata: 'The customer has no khata at this shop',
  over_limit: OVER_LIMIT,
  slot_gone: 'The delivery slot is not offered',
  slot_full: 'The delivery slot is full',
}

function describe(change: OfferChange, products: Product[]) {
  if (change.kind === 'gone') return 'One or more products not found'
  if (change.kind === 'price_up') return `${change.name} costs ₹${toRupees(change.now)} now`
  if (change.kind === 'fee_up') return `Delivery costs ₹${toRupees(change.now)} now`
  if (change.kind === 'recounted') return `${change.name} is sold differently now`
  if (change.kind === 'repacked') return `${change.name} has another net quantity now`
  if (change.kind === 'tolerance_up') return `Weights may differ by ${change.now} % now`
  const goods = products.find(({ id }) => id === change.productId)!
  if (change.kind === 'short')
    return `Only ${quantityWords(change.stock, goods)} of ${change.name} left`
  return `${change.name} is sold from ${quantityWords(change.smallest, goods)}`
}
