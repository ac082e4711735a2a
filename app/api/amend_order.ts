import type { HttpContext } from '@adonisjs/core/http'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Infer } from '@vinejs/vine/types'
import { refusedCheckout } from '#api/checkout_refusals'
import { refused } from '#api/products/refused'
import { refusedOffer } from '#api/refused_offer'
import { quantityWords, wordsFor } from '#api/quantity_words'
import { sentQuantity } from '#api/sent_quantity'
import { offeredItems } from '#api/wanted_items'
import { itemOf, OVER_LIMIT } from '#api/weigh'
import { AmendmentRefused, type Refused } from '#exceptions/amendment_refused'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { OrderAmended } from '#exceptions/order_amended'
import { OrderRefused } from '#exceptions/order_refused'
import { PreconditionFailed } from '#exceptions/precondition_failed'
import { ShopClosed } from '#exceptions/shop_closed'
import { ShopNotOpen } from '#exceptions/shop_not_open'
import { TransitionRefused } from '#exceptions/transition_refused'
import { toRupees } from '#locale/rupees'
import type Order from '#models/order'
import Product from '#models/product'
import { amendOrder } from '#orders/amendment'
import { CheckoutChanged } from '#orders/checkout_changed'
import { toPaymentMethod } from '#transformers/order_transformer'
import { readSlot, type amendmentValidator } from '#validators/api'

type Wanted = Infer<typeof amendmentValidator>

/** Changes an order as it was read. Needs its items. */
export async function amendThroughApi(
  { auth, request }: HttpContext,
  order: Order,
  wanted: Wanted,
  client: TransactionClientContract
) {
  const {
    address,
    pin_code: pinCode = null,
    note,
    slot,
    most_total: most,
    payment_method: method,
  } = wanted
  if (pinCode && !address) throw refused('pin_code', 'Send the address with its PIN code')
  const fulfilment = wanted.fulfilment ?? order.fulfilment
  if (address && fulfilment === 'pickup') throw refused('address', 'The order is to be picked up')
  if (!address && fulfilment === 'delivery' && order.fulfilment === 'pickup')
    throw refused('address', 'Send the address of the delivery')
  const amendment = {
    revision: order.revision,
    quantities: quantitiesOf(order, wanted),
    added: await addedTo(order, wanted, client),
    agreedPaise: most ?? order.totalPaise,
    note,
    fulfilment,
    paymentMethod: method && toPaymentMethod(method),
    ...(address ? { destination: { address, pinCode } } : {}),
    ...(slot ? { slot: readSlot(slot) } : {}),
  }
  await amendOrder(order, auth.user!, amendment, client).catch((error) => {
    throw explained(error, request.headers()['if-match'] !== undefined)
  })
}

function quantitiesOf(order: Order, { items = [] }: Wanted) {
  return new Map(
    items.map(({ id, ...sent }, index) => {
      const item = itemOf(order, id)
      return [id, sentQuantity(sent, item, `items.${index}.`) ?? item.quantity]
    })
  )
}

async function addedTo(
  { shopId }: Order,
  { added_items: items = [] }: Wanted,
  client: TransactionClientContract
) {
  if (items.length === 0 || !shopId) return []
  const ids = items.map((item) => item.product_id)
  const products = await Product.query({ client }).where('shop_id', shopId).whereIn('id', ids)
  return offeredItems(items, products, 'added_items')
}

function explained(error: unknown, isMatched: boolean) {
  if (error instanceof OrderAmended && isMatched) return new PreconditionFailed()
  if (error instanceof OrderAmended) {
    return new OrderRefused('The order was changed meanwhile', 409, error)
  }
  if (error instanceof TransitionRefused) {
    return new OrderRefused('Order cannot be changed at this stage', 409, error)
  }
  if (error instanceof CheckoutChanged) return refusedOffer(error)
  if (error instanceof CheckoutRefused) return refusedCheckout(error, 409)
  if (error instanceof ShopClosed || error instanceof ShopNotOpen) {
    return new OrderRefused(error.message, 409, error)
  }
  if (!(error instanceof AmendmentRefused)) return error
  return new OrderRefused(describe(error.refused[0]), 409, error)
}

function describe({ rule, item, amount }: Refused) {
  const name = item?.name ?? ''
  const rupees = `₹${toRupees(amount)}`
  const quantity = item ? quantityWords(amount, item) : ''
  return {
    in_order: `${name} is in the order: change its quantity`,
    too_many: `An order has at most ${amount} items`,
    left_out: `The shop does not have ${name}`,
    weighed: `${name} was weighed already`,
    withdrawn: `${name} is no longer sold`,
    recounted: `${name} is sold differently now`,
    price_up: `${name} costs ${rupees} now`,
    too_little: `${name} is sold from ${item ? wordsFor(amount, item) : ''}`,
    too_much: `An order takes at most ${quantity} of ${name}`,
    short: `Only ${quantity} of ${name} possible`,
    nothing_left: 'Nothing would be left: cancel the order instead',
    below_minimum: `The shop delivers orders from ${rupees}`,
    over_limit: OVER_LIMIT,
    paid: `The order was paid with ${rupees} and cannot cost more`,
    reported: 'A payment was reported, so the payment method stays',
    costs_more: `The order would cost ${rupees}`,
  }[rule]
}
