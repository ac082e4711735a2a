import { wordsFor } from '#api/quantity_words'
import { sentQuantity, type SentQuantity } from '#api/sent_quantity'
import { OrderRefused } from '#exceptions/order_refused'
import { isLoose, LARGEST_QUANTITY, largestQuantity, perOf, type Goods } from '#measures/goods'
import { baseUnitOf, priceUnitOf } from '#measures/price_units'
import type Product from '#models/product'
import type { OfferItem } from '#orders/offer'

/** Used when the client names no price: it accepts the current price. */
export const ANY_PRICE = Number.MAX_SAFE_INTEGER

export interface WantedItem extends SentQuantity {
  product_id: string
  unit_price?: number
}

type Sold = Goods & Pick<Product, 'id' | 'name' | 'smallest'>

/**
 * What is wanted, in packs or base units, of each product once.
 *
 * @param field that they were sent in
 * @throws OrderRefused (400) for unknown products, and for less or more than can be ordered
 * @throws E_VALIDATION_ERROR for a quantity that cannot be
 */
export function offeredItems(wanted: WantedItem[], products: Sold[], field = 'items'): OfferItem[] {
  const items = new Map<string, OfferItem>()
  const known = new Map(products.map((product) => [product.id, product]))
  wanted.forEach((item, index) => {
    const product = known.get(item.product_id)
    if (!product) throw new OrderRefused('One or more products not found', 400)
    const sent = sentQuantity(item, product, `${field}.${index}.`)
    const before = items.get(product.id)
    items.set(product.id, {
      productId: product.id,
      quantity: (before?.quantity ?? 0) + (sent ?? perOf(product)),
      pricePaise: Math.min(before?.pricePaise ?? ANY_PRICE, item.unit_price ?? ANY_PRICE),
      baseUnit: baseUnitOf(product),
    })
  })
  for (const { productId, quantity } of items.values()) check(quantity, known.get(productId)!)
  return [...items.values()]
}

function check(quantity: number, product: Sold) {
  const { name, smallest } = product
  if (quantity > largestQuantity(product)) {
    const most = isLoose(product) ? `${LARGEST_QUANTITY} ${priceUnitOf(product)}` : LARGEST_QUANTITY
    throw new OrderRefused(`An order takes at most ${most} of one product`, 400)
  }
  if (smallest !== null && quantity < smallest) {
    throw new OrderRefused(`${name} is sold from ${wordsFor(smallest, product)}`, 400)
  }
}
