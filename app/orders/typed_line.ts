import { goodsOf, isCountedAlike, isLoose } from '#measures/goods'
import { PortionRefused, readPortion, stepped, type Sold } from '#measures/portion'
import { readAmount } from '#measures/read_amount'
import type OrderItem from '#models/order_item'
import type Product from '#models/product'
import { readWhole } from '#numbers/count'

/** A line as goods that more or less can be had of. */
export function soldOf(item: OrderItem, product: Product | undefined): Sold {
  const alike = product && isCountedAlike(product, item) ? product : null
  const { smallest = null, step = null, presets = null } = alike ?? {}
  const stock = item.quantity + (alike?.stock ?? 0)
  return { ...goodsOf(item), pricePaise: item.pricePaise, smallest, step, presets, stock }
}

/**
 * Packs or base units that were typed; 0 takes the line out. What was ordered can always be said again.
 *
 * @throws PortionRefused
 */
export function readLine(text: string, item: OrderItem, sold: Sold): number {
  if (!isLoose(item)) {
    const packs = readWhole(text)
    if (packs === null || packs < 0) throw new PortionRefused('unread')
    return packs
  }
  const amount = readAmount(text, item.measure)
  return amount === 0 || amount === item.quantity ? amount : readPortion(text, sold).quantity
}

/** After a button of the line. */
export function steppedLine(step: string, quantity: number, sold: Sold) {
  if (step === 'none') return 0
  return stepped(quantity, step === 'more' ? 1 : -1, sold)
}
