import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AmendmentRefused, type TotalRule } from '#exceptions/amendment_refused'
import { ShopClosed } from '#exceptions/shop_closed'
import { ShopNotOpen } from '#exceptions/shop_not_open'
import { takesOrders } from '#hours/opening'
import { keyOf, type Slot } from '#hours/slots'
import Khata from '#models/khata'
import { openingNow } from '#models/shop_hours'
import Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import type Order from '#models/order'
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
  /** Where to; only of a delivery. */
  destination?: { address: string; pinCode: string | null }
  /** Delivery slot; null as soon as possible. */
  slot?: Slot | null
  mobile?: string
  note?: string | null
}

/**
 * Changes an order that the shop has not accepted: lines, stock, khata, fee, slot and address in one transaction. Locks
 * are taken in the order of a checkout: products, slot, khata.
 *
 * @throws TransitionRefused once the shop has accepted it
 * @throws OrderAmended when it was changed since that revision
 * @throws AmendmentRefused when lines cannot be so, or the order as a whole
 * @throws CheckoutChanged when an added product is not sold as it was shown
 * @throws CheckoutRefused when the shop does not deliver there or then
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
  const { totalPaise } = order
  await order.load('items')
  const before = worthOf(order.items)
  const isOther = await amendLines(order, wanted, client)
  const isMoved = await moveSlot(order, wanted.slot, client)
  if (wanted.destination && order.fulfilment === 'delivery') {
    const destination = destinationOf({ fulfilment: 'delivery', ...wanted.destination })
    if (destination.pinCode !== order.pinCode)
      checkArea(settings.areaFor(shop.pinCode), destination.pinCode)
    order.merge(destination)
  }
  const { mobile = order.mobile, note = order.note } = wanted
  order.merge({ mobile, note })
  if (isOther) reckon(order, settings, before)
  checkTotal(order, totalPaise, wanted.agreedPaise)
  if (isOther && order.paymentMethod === 'khata') {
    const [paise, upToPaise] = [order.totalPaise - totalPaise, order.upToPaise - totalPaise]
    await Khata.amend(order, { paise, upToPaise }, client)
  }
  return isOther || isMoved || order.$isDirty
}

/** The slot's lock counts its orders, also those that move there. */
async function moveSlot(
  order: Order,
  slot: Slot | null | undefined,
  client: TransactionClientContract
) {
  if (slot === undefined || order.fulfilment !== 'delivery') return false
  const before = order.slotFrom && keyOf(slotOfOrder(order)!)
  if ((slot && keyOf(slot)) === before) return false
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

function reckon(order: Order, settings: ShopSettings, before: number) {
  const itemsPaise = order.items.reduce((sum, item) => sum + item.totalPaise, 0)
  if (itemsPaise === 0) throw refused('nothing_left')
  const worths = { before, after: worthOf(order.items) }
  const minimum = missedMinimum(order, settings, worths)
  if (minimum !== null) throw refused('below_minimum', minimum)
  const deliveryFeePaise = amendedFee(order, settings, worths)
  order.merge({ itemsPaise, deliveryFeePaise, totalPaise: itemsPaise + deliveryFeePaise })
}

/** What was asked for by UPI may be on its way, so that it stays enough. */
function checkTotal(order: Order, askedPaise: number, agreedPaise = Infinity) {
  const { paidPaise, refundedPaise, totalPaise } = order
  const paid = paidPaise - refundedPaise
  if (paidPaise > 0 && totalPaise > paid) throw refused('paid', paid)
  const isAsked = order.paymentMethod === 'upi' && paidPaise === 0
  if (isAsked && totalPaise > askedPaise) throw refused('asked', askedPaise)
  if (totalPaise > agreedPaise) throw refused('costs_more', totalPaise)
}

function refused(rule: TotalRule, amount = 0) {
  return new AmendmentRefused([{ rule, item: null, amount }])
}
