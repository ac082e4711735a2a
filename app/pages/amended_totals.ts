import { goodsOf } from '#measures/goods'
import { upToPaise } from '#measures/tolerance'
import type Order from '#models/order'
import type { Fulfilment } from '#models/order_state'
import type ShopSettings from '#models/shop_settings'
import { amendedFee, missedMinimum, worthOf } from '#orders/amended_terms'
import type { AmendmentLine } from '#pages/amendment_lines'

/** What an order with these lines costs when it comes so. Needs the items. */
export function amendedTotals(
  order: Order,
  lines: AmendmentLine[],
  settings: ShopSettings,
  fulfilment: Fulfilment
) {
  const isOther = lines.some(({ item, quantity }) => quantity !== item.quantity)
  if (!isOther && fulfilment === order.fulfilment) {
    const { itemsPaise, deliveryFeePaise: feePaise, totalPaise, upToPaise: mostPaise } = order
    return { itemsPaise, feePaise, totalPaise, mostPaise, minimumPaise: null }
  }
  const tolerance = order.paidPaise > 0 ? 0 : order.packingTolerancePercent
  const leftOut = order.items.filter(({ available }) => !available)
  const itemsPaise = worthOf(lines)
  const after = itemsPaise + worthOf(leftOut)
  const amended = { before: worthOf(order.items), after, fulfilment }
  const feePaise = amendedFee(order, settings, amended)
  const mostPaise = lines.reduce((sum, { item, quantity, pricePaise }) => {
    const wanted = { ...goodsOf(item), pricePaise, quantity: quantity ?? item.quantity }
    return sum + upToPaise(wanted, tolerance)
  }, feePaise)
  return {
    itemsPaise,
    feePaise,
    totalPaise: itemsPaise + feePaise,
    mostPaise,
    minimumPaise: missedMinimum(order, settings, amended),
  }
}
