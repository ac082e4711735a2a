import { takesOrders } from '#hours/opening'
import { keyOf } from '#hours/slots'
import { goodsOf } from '#measures/goods'
import { upToPaise } from '#measures/tolerance'
import { partsOfAddress } from '#models/address_text'
import Product from '#models/product'
import { openingNow } from '#models/shop_hours'
import { slotsToOffer } from '#models/shop_slots'
import ShopSettings from '#models/shop_settings'
import type Order from '#models/order'
import type OrderItem from '#models/order_item'
import { addedIds, addedLines, orderedLines } from '#pages/amendment_lines'
import type { AmendmentLine, LinesDraft } from '#pages/amendment_lines'
import { slotOfOrder } from '#orders/amendment'
import { amendedFee, missedMinimum, worthOf } from '#orders/amended_terms'

const SHOWN_SLOTS = 12

/** The form that changes an order, with what the order would cost. Needs the shop. */
export async function amendmentPage(order: Order, draft: LinesDraft = {}) {
  await order.load('items', (items) => items.orderBy('name'))
  const leftOut = order.items.filter(({ available }) => !available)
  const added = addedIds(order, draft)
  const ids = [...order.items.flatMap(({ productId }) => productId ?? []), ...added]
  const shopId = order.shopId!
  const [settings, products, slots, { opening, now }] = await Promise.all([
    ShopSettings.of(shopId),
    Product.query().where('shop_id', shopId).whereIn('id', ids),
    slotsToOffer(shopId),
    openingNow(shopId),
  ])
  const lines = [...orderedLines(order, products, draft), ...addedLines(order, products, draft)]
  const slot = slotOfOrder(order)
  const kept = slot && { ...slot, key: keyOf(slot) }
  const others = slots.filter(({ key, isFull }) => key !== kept?.key && !isFull)
  return {
    order,
    lines,
    leftOut,
    /** Added products that the shop does not sell any more. */
    gone: added.filter((id) => !products.some((product) => product.id === id)),
    ...totalsOf(order, lines, settings, leftOut),
    freeFromPaise: settings.freeDeliveryFromPaise,
    destination: destinationTexts(order),
    slots: [...(kept ? [kept] : []), ...others.slice(0, SHOWN_SLOTS)],
    slotKey: kept?.key ?? '',
    canBeSoon: !kept || takesOrders(opening, now),
  }
}

/** The address of an order as its two fields. */
export function destinationTexts({ address, pinCode }: Order) {
  const { line, pinCode: said } = partsOfAddress(address ?? '')
  return { address: line, pinCode: pinCode ?? said }
}

function totalsOf(
  order: Order,
  lines: AmendmentLine[],
  settings: ShopSettings,
  leftOut: OrderItem[]
) {
  const isOther = lines.some(({ item, quantity }) => quantity !== item.quantity)
  if (!isOther) {
    const { itemsPaise, deliveryFeePaise: feePaise, totalPaise, upToPaise: mostPaise } = order
    return { itemsPaise, feePaise, totalPaise, mostPaise, minimumPaise: null }
  }
  const tolerance = order.paidPaise > 0 ? 0 : order.packingTolerancePercent
  const itemsPaise = worthOf(lines)
  const worths = { before: worthOf(order.items), after: itemsPaise + worthOf(leftOut) }
  const feePaise = amendedFee(order, settings, worths)
  const minimumPaise = missedMinimum(order, settings, worths)
  const upTo = lines.reduce((sum, { item, quantity, pricePaise }) => {
    const wanted = { ...goodsOf(item), pricePaise, quantity: quantity ?? item.quantity }
    return sum + upToPaise(wanted, tolerance)
  }, feePaise)
  const totalPaise = itemsPaise + feePaise
  return { itemsPaise, feePaise, totalPaise, mostPaise: upTo, minimumPaise }
}
