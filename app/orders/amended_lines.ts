import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AmendmentRefused, type LineRule } from '#exceptions/amendment_refused'
import { goodsOf, isCountedAlike, isRepacked, largestQuantity } from '#measures/goods'
import type Order from '#models/order'
import type OrderItem from '#models/order_item'
import Product from '#models/product'
import { addLines, checkAdded } from '#orders/added_lines'
import type { OfferItem } from '#orders/offer'

/** Packs or base units by the ids of items; 0 takes the item out. */
export type Quantities = ReadonlyMap<string, number>

/** What is wanted of the lines; the others stay. */
export interface AmendedLines {
  quantities?: Quantities
  /** Products that the order does not have yet, each once. */
  added?: OfferItem[]
}

/**
 * Changes these lines, adds others, and moves the stock of their products, which are locked. Needs the items, and reloads
 * them.
 *
 * @returns whether any changed
 * @throws AmendmentRefused
 * @throws CheckoutChanged when an added product is not sold as it was shown
 */
export async function amendLines(
  order: Order,
  { quantities = new Map(), added = [] }: AmendedLines,
  client: TransactionClientContract
) {
  const wantedOf = (item: OrderItem) => quantities.get(item.id) ?? item.quantity
  const lines = order.items.filter((item) => {
    const isGone = !item.available && quantities.has(item.id)
    return isGone || wantedOf(item) !== item.quantity
  })
  if (lines.length === 0 && added.length === 0) return false
  const ids = [...lines, ...added].flatMap(({ productId }) => productId ?? [])
  const held = await Product.hold(order.shopId!, ids, client)
  const productOf = (item: OrderItem) => held.find(({ id }) => id === item.productId)
  const refused = lines.flatMap((item) => {
    const refusal = refusalOf(item, productOf(item), wantedOf(item))
    return refusal ? { ...refusal, item } : []
  })
  if (refused.length > 0) throw new AmendmentRefused(refused)
  const isLeft = (item: OrderItem) => wantedOf(item) > 0
  const sold = Product.withoutWithdrawn(held)
  checkAdded(order.items.filter(isLeft), added, sold)
  await moveStock(lines, wantedOf, client)
  for (const item of lines) {
    const quantity = wantedOf(item)
    const price = amendedPrice(item, productOf(item), quantity)
    await (quantity === 0 ? item.delete() : item.merge({ quantity, ...price }).save())
  }
  await addLines(order, added, sold, client)
  await order.load('items')
  return true
}

/**
 * Why a line cannot be of this quantity; null when it can. Less is always possible, down to what the shop sells loose
 * goods from. More is only for goods that the shop still sells as they were ordered, for no more than was agreed.
 */
export function refusalOf(
  item: OrderItem,
  product: Product | undefined,
  quantity: number
): { rule: LineRule; amount: number } | null {
  const no = (rule: LineRule, amount = 0) => ({ rule, amount })
  if (!item.available) return no('left_out')
  if (quantity === item.quantity) return null
  if (item.packedQuantity !== null || item.askedQuantity !== null) return no('weighed')
  if (quantity === 0) return null
  const sold = product && isCountedAlike(product, item) ? product : null
  if (sold?.smallest && quantity < sold.smallest) return no('too_little', sold.smallest)
  if (quantity < item.quantity) return null
  if (!product || product.withdrawn) return no('withdrawn')
  if (!sold || isRepacked(product, item)) return no('recounted')
  if (product.pricePaise > item.pricePaise) return no('price_up', product.pricePaise)
  const [most, stock] = [largestQuantity(item), item.quantity + product.stock]
  if (quantity <= Math.min(most, stock)) return null
  return stock < most ? no('short', stock) : no('too_much', most)
}

/** What a possible quantity costs. One price is for the whole line, and it is never above the agreed one. */
export function amendedPrice(item: OrderItem, product: Product | undefined, quantity: number) {
  if (quantity === item.quantity)
    return { pricePaise: item.pricePaise, amountPaise: item.amountPaise }
  const now = quantity > item.quantity && product ? product.pricePaise : item.pricePaise
  const pricePaise = Math.min(item.pricePaise, now)
  return { pricePaise, amountPaise: item.paiseOf(quantity, pricePaise) }
}

async function moveStock(
  lines: OrderItem[],
  wantedOf: (item: OrderItem) => number,
  client: TransactionClientContract
) {
  const moved = lines.map((item) => {
    const { productId, quantity } = item
    return { ...goodsOf(item), productId, quantity: wantedOf(item) - quantity }
  })
  const taken = moved.filter(({ quantity }) => quantity > 0)
  const given = moved.filter(({ quantity }) => quantity < 0)
  if (taken.length > 0) await Product.takeOut(taken, client)
  if (given.length > 0) {
    await Product.putBack(
      given.map((line) => ({ ...line, quantity: -line.quantity })),
      client
    )
  }
}
