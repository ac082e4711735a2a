import { delivers } from '#delivery/delivery_area'
import { takesOrders } from '#hours/opening'
import { keyOf } from '#hours/slots'
import Address from '#models/address'
import { partsOfAddress } from '#models/address_text'
import Khata from '#models/khata'
import type Order from '#models/order'
import type { Fulfilment } from '#models/order_state'
import Product from '#models/product'
import { openingNow } from '#models/shop_hours'
import { slotsToOffer } from '#models/shop_slots'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { slotOfOrder } from '#orders/amendment'
import { amendedTotals } from '#pages/amended_totals'
import { addedIds, addedLines, orderedLines, type LinesDraft } from '#pages/amendment_lines'

const SHOWN_SLOTS = 12

/** What was typed and chosen so far. */
export interface AmendmentDraft extends LinesDraft {
  fulfilment?: Fulfilment
}

/** The form that changes an order, with what the order would cost. */
export async function amendmentPage(order: Order, customer: User, draft: AmendmentDraft = {}) {
  await order.load('items', (items) => items.orderBy('name'))
  await order.load('shop')
  const added = addedIds(order, draft)
  const ids = [...order.items.flatMap(({ productId }) => productId ?? []), ...added]
  const shopId = order.shopId!
  const [settings, products, slots, { opening, now }, khataLeftPaise, addresses] =
    await Promise.all([
      ShopSettings.of(shopId),
      Product.query().where('shop_id', shopId).whereIn('id', ids),
      slotsToOffer(shopId),
      openingNow(shopId),
      khataLeft(order),
      Address.of(customer),
    ])
  const sold = Product.withoutWithdrawn(products)
  const lines = [...orderedLines(order, products, draft), ...addedLines(order, sold, draft)]
  const fulfilment = draft.fulfilment ?? order.fulfilment
  const slot = slotOfOrder(order)
  const kept = slot && { ...slot, key: keyOf(slot) }
  const others = slots.filter(({ key, isFull }) => key !== kept?.key && !isFull)
  const area = settings.areaFor(order.shop.pinCode)
  const totals = (wanted: Fulfilment) => amendedTotals(order, lines, settings, wanted)
  return {
    order,
    lines,
    leftOut: order.items.filter(({ available }) => !available),
    /** Added products that the shop does not sell any more. */
    gone: added.filter((id) => !sold.some((product) => product.id === id)),
    fulfilment,
    ...totals(fulfilment),
    ways: { delivery: totals('delivery'), pickup: totals('pickup') },
    freeFromPaise: settings.freeDeliveryFromPaise,
    area,
    ...whereTo(order, customer, addresses),
    addresses: addresses.map((address) => {
      return { ...address.details, isReached: delivers(area, { pin: address.pinCode }) }
    }),
    slots: [...(kept ? [kept] : []), ...others.slice(0, SHOWN_SLOTS)],
    slotKey: kept?.key ?? '',
    canBeSoon: !kept || takesOrders(opening, now),
    upiId: settings.upiId,
    khataLeftPaise,
  }
}

/** The address of an order as its two fields. */
export function destinationTexts({ address, pinCode }: Order) {
  const { line, pinCode: said } = partsOfAddress(address ?? '')
  return { address: line, pinCode: pinCode ?? said }
}

/** The saved address that an order goes to; of a pick-up the first one, as at a checkout. */
function whereTo(order: Order, customer: User, addresses: Address[]) {
  if (order.fulfilment === 'delivery') {
    const saved = addresses.find(({ text, mobile }) => {
      return text === order.address && mobile === order.mobile
    })
    return { chosenId: saved?.id ?? 'new', destination: destinationTexts(order) }
  }
  const { line: address, pinCode } = partsOfAddress(addresses.length > 0 ? '' : customer.address)
  return { chosenId: addresses[0]?.id ?? 'new', destination: { address, pinCode } }
}

/** What the khata allows for the whole order; null when none is open. */
async function khataLeft({ shopId, customerId, paymentMethod, totalPaise }: Order) {
  const khata = await Khata.between(shopId!, customerId).where('state', 'open').first()
  if (!khata) return null
  const charged = paymentMethod === 'khata' ? totalPaise : 0
  return Math.max(0, khata.limitPaise - (await khata.balancePaise()) + charged)
}
