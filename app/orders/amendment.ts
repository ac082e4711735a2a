import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { DeliveryArea } from '#delivery/delivery_area'
import { AmendmentRefused, type TotalRule } from '#exceptions/amendment_refused'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { ShopClosed } from '#exceptions/shop_closed'
import { ShopNotOpen } from '#exceptions/shop_not_open'
import { takesOrders } from '#hours/opening'
import { keyOf, type Slot } from '#hours/slots'
import Khata from '#models/khata'
import { openingNow } from '#models/shop_hours'
import Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import type Order from '#models/order'
import type { Fulfilment, PaymentMethod } from '#models/order_state'
import type User from '#models/user'
import { amendLines, type AmendedLines } from '#orders/amended_lines'
import { amendedFee, missedMinimum, worthOf } from '#orders/amended_terms'
import { destinationOf } from '#orders/destination'
import { checkSlot, slotColumns, takingSlot } from '#orders/slot_order'
import { checkArea } from '#orders/terms'

/** What a customer wants changed; what is not said stays. */
export interface Amendment extends AmendedLines {
  /** The revision that the customer saw. */
  revision: number
  /** The most that the order may cost then. */
  agreedPaise?: number
  fulfilment?: Fulfilment
  paymentMethod?: PaymentMethod
  /** Where to; only of a delivery, and said when it becomes one. */
  destination?: { address: string; pinCode: string | null }
  /** Delivery slot; null as soon as possible. */
  slot?: Slot | null
  mobile?: string
  note?: string | null
}

/**
 * Changes an order that the shop has not accepted: lines, stock, khata, fee, slot, address and how it is paid in one
 * transaction. Locks are taken in the order of a checkout: products, slot, khata.
 *
 * @throws TransitionRefused once the shop has accepted it
 * @throws OrderAmended when it was changed since that revision
 * @throws AmendmentRefused when lines cannot be so, or the order as a whole
 * @throws CheckoutChanged when an added product is not sold as it was shown
 * @throws CheckoutRefused when the shop does not deliver there or then, or does not take that payment
 * @throws ShopNotOpen when a slot is given up for as soon as possible
 */
export async function amendOrder(
  order: Order,
  customer: User,
  wanted: Amendment,
  outer?: TransactionClientContract
) {
  const work = (locked: Order, client: TransactionClientContract) => apply(locked, wanted, client)
  await order.amend(customer, wanted.revision, work, outer)
}

async function apply(order: Order, wanted: Amendment, client: TransactionClientContract) {
  const shop = await Shop.open(client).where('id', order.shopId!).forShare().first()
  if (!shop) throw new ShopClosed()
  const settings = await ShopSettings.of(shop.id, client)
  await order.load('items')
  const was = before(order)
  const isOther = await amendLines(order, wanted, client)
  sendTo(order, wanted, settings.areaFor(shop.pinCode))
  const { mobile = order.mobile, note = order.note } = wanted
  order.merge({ mobile, note })
  if (isOther || order.fulfilment !== was.fulfilment) reckon(order, settings, was)
  payBy(order, wanted.paymentMethod, settings)
  checkTotal(order, wanted.agreedPaise)
  const isMoved = await moveSlot(order, wanted.slot, client)
  await charge(order, was, client)
  return isOther || isMoved || order.$isDirty
}

type Before = ReturnType<typeof before>

function before(order: Order) {
  const { deliveryFeePaise, fulfilment, paymentMethod, totalPaise } = order
  const worthPaise = worthOf(order.items)
  return { deliveryFeePaise, fulfilment, paymentMethod, totalPaise, worthPaise }
}

/** A delivery to another PIN code, and one that was a pick-up, is to be where the shop delivers now. */
function sendTo(order: Order, { destination, fulfilment }: Amendment, area: DeliveryArea) {
  const now = fulfilment ?? order.fulfilment
  if (now === 'pickup') return order.merge({ fulfilment: now, pinCode: null, address: null })
  const isNew = order.fulfilment === 'pickup'
  if (!destination) {
    if (isNew) throw new CheckoutRefused('pin_code', 'no_pin')
    return
  }
  const to = destinationOf({ fulfilment: now, ...destination })
  if (isNew || to.pinCode !== order.pinCode) checkArea(area, to.pinCode)
  order.merge({ fulfilment: now, ...to })
}

/** The slot's lock counts its orders, also those that move there. */
async function moveSlot(
  order: Order,
  wished: Slot | null | undefined,
  client: TransactionClientContract
) {
  const slot = order.fulfilment === 'pickup' ? null : wished
  if (slot === undefined) return false
  const taken = order.slotFrom && keyOf(slotOfOrder(order)!)
  if ((slot && keyOf(slot)) === taken) return false
  if (slot) await checkSlot(order.shopId!, slot, client)
  else await checkOpen(order.shopId!, client)
  await takingSlot(() => order.merge(slotColumns(slot)).save())
  return true
}

async function checkOpen(shopId: string, client: TransactionClientContract) {
  const { opening, now } = await openingNow(shopId, client)
  if (!takesOrders(opening, now)) throw new ShopNotOpen()
}

/** The delivery slot of an order, if it has one. */
export function slotOfOrder({ slotFrom, slotTo }: Order): Slot | null {
  return slotFrom && slotTo && { from: slotFrom.toJSDate(), to: slotTo.toJSDate() }
}

function reckon(order: Order, settings: ShopSettings, was: Before) {
  const itemsPaise = order.items.reduce((sum, item) => sum + item.totalPaise, 0)
  if (itemsPaise === 0) throw refused('nothing_left')
  const { fulfilment } = order
  const amended = { before: was.worthPaise, after: worthOf(order.items), fulfilment }
  const minimum = missedMinimum(was, settings, amended)
  if (minimum !== null) throw refused('below_minimum', minimum)
  const deliveryFeePaise = amendedFee(was, settings, amended)
  order.merge({ itemsPaise, deliveryFeePaise, totalPaise: itemsPaise + deliveryFeePaise })
}

/** What was reported or received stays with the way it was paid. */
function payBy(order: Order, method: PaymentMethod | undefined, { upiId }: ShopSettings) {
  if (!method || method === order.paymentMethod) return
  if (order.paidPaise > 0) throw refused('reported', order.paidPaise)
  if (method === 'upi' && !upiId) throw new CheckoutRefused('payment_method', 'no_upi')
  order.merge({ paymentMethod: method, paymentState: method === 'khata' ? 'on_khata' : 'due' })
}

function checkTotal(order: Order, agreedPaise = Infinity) {
  const { paidPaise, refundedPaise, totalPaise } = order
  const paid = paidPaise - refundedPaise
  if (paidPaise > 0 && totalPaise > paid) throw refused('paid', paid)
  if (totalPaise > agreedPaise) throw refused('costs_more', totalPaise)
}

/** The khata is charged the difference, also from nothing and to nothing. */
async function charge(order: Order, was: Before, client: TransactionClientContract) {
  const chargedPaise = was.paymentMethod === 'khata' ? was.totalPaise : 0
  const isCharged = order.paymentMethod === 'khata'
  const paise = (isCharged ? order.totalPaise : 0) - chargedPaise
  const upToPaise = (isCharged ? order.upToPaise : 0) - chargedPaise
  if (paise !== 0) await Khata.amend(order, { paise, upToPaise }, client)
}

function refused(rule: TotalRule, amount = 0) {
  return new AmendmentRefused([{ rule, item: null, amount }])
}
