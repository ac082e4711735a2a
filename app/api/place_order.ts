import { createHash, randomUUID } from 'node:crypto'
import type { Infer } from '@vinejs/vine/types'
import { LARGEST_QUANTITY } from '#cart/cart'
import { CheckoutChanged } from '#exceptions/checkout_changed'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { OrderRefused } from '#exceptions/order_refused'
import type Order from '#models/order'
import type Shop from '#models/shop'
import type User from '#models/user'
import type { Checkout, CheckoutRequest } from '#orders/checkout'
import type { OfferChange } from '#orders/offer'
import { toPaymentMethod } from '#transformers/order_transformer'
import type { orderValidator } from '#validators/api'

/** A program that names no price takes the one of now. */
const ANY_PRICE = Number.MAX_SAFE_INTEGER

/** Places the order that a program describes; a repeated `Idempotency-Key` finds the first one. */
export async function placeOrder(
  checkout: Checkout,
  customer: User,
  shop: Shop,
  wanted: Infer<typeof orderValidator>,
  idempotencyKey: string | undefined
): Promise<Order> {
  const request = toRequest(customer, wanted, idempotencyKey)
  const order = await checkout.place(customer, shop, request).catch(explain)
  if (order.requestDigest !== request.requestDigest) {
    throw new OrderRefused('This Idempotency-Key was used for another order', 422)
  }
  await (await order.refresh()).load('items')
  return order
}

function toRequest(
  { address, mobile }: User,
  wanted: Infer<typeof orderValidator>,
  idempotencyKey: string | undefined
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
    key: idempotencyKey ? uuidOf(idempotencyKey) : randomUUID(),
    requestDigest: digestOf(JSON.stringify(wanted)),
    offer: { items: [...items.values()], deliveryFeePaise: ANY_PRICE },
    fulfilment: wanted.fulfilment ?? 'delivery',
    paymentMethod: toPaymentMethod(wanted.payment_method ?? 'cod'),
    address: wanted.address ?? address,
    mobile,
    note: wanted.note ?? null,
    missingItems: 'call',
  }
}

function digestOf(text: string) {
  return createHash('sha256').update(text).digest('hex')
}

function uuidOf(text: string) {
  return digestOf(text)
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function explain(error: unknown): never {
  if (error instanceof CheckoutRefused) {
    const status = error.rule === 'too_many_open' ? 409 : 400
    throw new OrderRefused(REFUSALS[error.rule], status, error)
  }
  if (!(error instanceof CheckoutChanged)) throw error
  const [change] = error.changes
  throw new OrderRefused(describe(change), change.kind === 'gone' ? 400 : 409, error)
}

const REFUSALS = {
  too_many_open: 'The shop has too many open orders of this customer',
  below_minimum: 'The items come to less than the shop delivers',
  no_upi: 'The shop takes no UPI',
  no_khata: 'The shop keeps no khata for this customer',
  over_limit: 'The khata of this customer has no room for it',
}

function describe(change: OfferChange) {
  if (change.kind === 'gone') return 'One or more products not found'
  if (change.kind === 'short') return `Only ${change.stock} of ${change.name} left`
  if (change.kind === 'price_up') return `${change.name} costs ₹${change.now / 100} now`
  return `Delivery costs ₹${change.now / 100} now`
}
