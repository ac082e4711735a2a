import app from '@adonisjs/core/services/app'
import type Order from '#models/order'
import Shop from '#models/shop'
import type Product from '#models/product'
import type User from '#models/user'
import { Checkout, type CheckoutRequest } from '#orders/checkout'
import type { OrderState, Verb } from '#models/order_state'
import { createProduct, createUser } from '#tests/helpers/factories'

/** The submission of a customer who accepts the current offer. */
export function requestFor(
  lines: { product: Product; quantity?: number }[],
  values: Partial<CheckoutRequest> = {}
): CheckoutRequest {
  return {
    offer: {
      items: lines.map(({ product, quantity = 1 }) => {
        return { productId: product.id, quantity, pricePaise: product.pricePaise }
      }),
      deliveryFeePaise: 0,
    },
    fulfilment: 'delivery',
    paymentMethod: 'cash',
    address: '12 MG Road, Indore 452001',
    mobile: '9876543210',
    note: null,
    missingItems: 'call',
    ...values,
  }
}

/** Places it like the checkout page. */
export async function place(customer: User, shopId: string, request: CheckoutRequest) {
  const checkout = await app.container.make(Checkout)
  return checkout.place(customer, await Shop.findOrFail(shopId), request)
}

/** An order of one product, by default a new one. */
export async function createOrder({
  customer,
  product,
  quantity = 1,
  ...values
}: { customer?: User; product?: Product; quantity?: number } & Partial<CheckoutRequest> = {}) {
  const buyer = customer ?? (await createUser())
  const sold = product ?? (await createProduct())
  const order = await place(buyer, sold.shopId, requestFor([{ product: sold, quantity }], values))
  return order.refresh()
}

const WAYS: Record<OrderState, Verb[]> = {
  placed: [],
  accepted: ['accept'],
  packed: ['accept', 'pack'],
  out_for_delivery: ['accept', 'pack', 'send'],
  delivered: ['accept', 'pack', 'send', 'deliver'],
  declined: ['decline'],
  cancelled: ['cancel'],
  expired: ['expire'],
}

/** Moves a new order to this state by the regular transitions. */
export async function moveTo(order: Order, state: OrderState, owner: User) {
  const verbs = WAYS[state].filter((verb) => verb !== 'send' || order.fulfilment === 'delivery')
  for (const verb of verbs) await order.move(verb, owner, 'as asked')
  return order
}
