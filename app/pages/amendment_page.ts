import { takesOrders } from '#hours/opening'
import { keyOf } from '#hours/slots'
import { goodsOf } from '#measures/goods'
import { PortionRefused, type Sold } from '#measures/portion'
import { upToPaise } from '#measures/tolerance'
import { partsOfAddress } from '#models/address_text'
import Product from '#models/product'
import { openingNow } from '#models/shop_hours'
import { slotsToOffer } from '#models/shop_slots'
import ShopSettings from '#models/shop_settings'
import type Order from '#models/order'
import type OrderItem from '#models/order_item'
import { slotOfOrder } from '#orders/amendment'
import { amendedPrice, refusalOf } from '#orders/amended_lines'
import { amendedFee, missedMinimum, worthOf } from '#orders/amended_terms'
import { readLine, soldOf, steppedLine } from '#orders/typed_line'

const SHOWN_SLOTS = 12

/** What was typed: texts of lines by their ids, and the button of a line. */
export interface Draft {
  lines?: Record<string, string | null>
  step?: string
}

export type AmendmentLine = ReturnType<typeof lineOf>

/** The form that changes an order, with what the order would cost. Needs the shop. */
export async function amendmentPage(order: Order, draft: Draft = {}) {
  await order.load('items', (items) => items.orderBy('name'))
  const leftOut = order.items.filter(({ available }) => !available)
  const items = order.items.filter(({ available }) => available)
  const ids = items.flatMap(({ productId }) => productId ?? [])
  const shopId = order.shopId!
  const [settings, products, slots, { opening, now }] = await Promise.all([
    ShopSettings.of(shopId),
    Product.query().where('shop_id', shopId).whereIn('id', ids),
    slotsToOffer(shopId),
    openingNow(shopId),
  ])
  const lines = items.map((item) => {
    return lineOf(
      item,
      products.find(({ id }) => id === item.productId),
      draft
    )
  })
  const slot = slotOfOrder(order)
  const kept = slot && { ...slot, key: keyOf(slot) }
  const others = slots.filter(({ key, isFull }) => key !== kept?.key && !isFull)
  return {
    order,
    lines,
    leftOut,
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

function lineOf(item: OrderItem, product: Product | undefined, { lines = {}, step }: Draft) {
  const sold = soldOf(item, product)
  const typed = lines[item.id]
  const read = typed === undefined ? item.quantity : quantityOf(typed, item, sold)
  const [pressed, id] = step?.split(' ') ?? []
  const isStepped = id === item.id
  const quantity = isStepped ? steppedLine(pressed, read ?? item.quantity, sold) : read
  const further = steppedLine('more', quantity ?? item.quantity, sold)
  return {
    item,
    sold,
    /** Null when it cannot be read. */
    quantity,
    /** What the field shows; null for the quantity. */
    typed: isStepped || quantity !== null ? null : (typed ?? ''),
    refusal: quantity === null ? null : refusalOf(item, product, quantity),
    /** Why there is no more. */
    most: refusalOf(item, product, further),
    ...amendedPrice(item, product, quantity ?? item.quantity),
  }
}

function quantityOf(text: string | null, item: OrderItem, sold: Sold) {
  try {
    return readLine(text ?? '', item, sold)
  } catch (error) {
    if (error instanceof PortionRefused) return error.portion?.quantity ?? null
    throw error
  }
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
