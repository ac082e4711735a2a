import { goodsOf, largestQuantity, type Goods } from '#measures/goods'
import { baseUnitOf, type BaseUnit } from '#measures/price_units'
import type Product from '#models/product'

/** The terms shown to the customer and accepted by submitting them. */
export interface Offer {
  items: OfferItem[]
  deliveryFeePaise: number
  /** How far the weight of loose goods may differ; none accepts the shop's. */
  tolerancePercent?: number
}

export interface OfferItem {
  productId: string
  quantity: number
  pricePaise: number
  /** What the quantity counts; not checked without it. */
  baseUnit?: BaseUnit
  /** Base units in a pack, as the page showed it; not checked without it. */
  netQuantity?: number
  /** The cart line that it comes from, if any. */
  cartLine?: string | null
}

/** A term that the shop can no longer offer. */
export type OfferChange =
  | { kind: 'gone'; productId: string }
  | { kind: 'short'; productId: string; name: string; stock: number; goods: Goods }
  | { kind: 'recounted'; productId: string; name: string }
  | { kind: 'repacked'; productId: string; name: string }
  | { kind: 'too_little'; productId: string; name: string; smallest: number; goods: Goods }
  | { kind: 'price_up'; productId: string; name: string; before: number; now: number }
  | { kind: 'fee_up'; before: number; now: number }
  | { kind: 'tolerance_up'; before: number; now: number }

/** Only changes for the worse: a lower price is simply charged. */
export function changesOf(
  offer: Offer,
  products: Map<string, Product>,
  { deliveryFeePaise, tolerancePercent }: { deliveryFeePaise: number; tolerancePercent: number }
): OfferChange[] {
  const changes = itemChanges(offer.items, products)
  if (deliveryFeePaise > offer.deliveryFeePaise) {
    changes.push({ kind: 'fee_up', before: offer.deliveryFeePaise, now: deliveryFeePaise })
  }
  const { tolerancePercent: agreed = tolerancePercent } = offer
  const isWeighed = offer.items.some(({ productId }) => {
    return products.get(productId)?.soldAs === 'loose'
  })
  if (isWeighed && tolerancePercent > agreed) {
    changes.push({ kind: 'tolerance_up', before: agreed, now: tolerancePercent })
  }
  return changes
}

/** `changesOf` the items alone. */
export function itemChanges(items: OfferItem[], products: Map<string, Product>) {
  return items.flatMap((item) => itemChange(item, products.get(item.productId)))
}

function itemChange(
  { productId, quantity, pricePaise, baseUnit, netQuantity }: OfferItem,
  product: Product | undefined
): OfferChange[] {
  if (!product) return [{ kind: 'gone', productId }]
  const { name, smallest } = product
  const goods = goodsOf(product)
  if (baseUnit && baseUnitOf(product) !== baseUnit) return [{ kind: 'recounted', productId, name }]
  const stock = Math.min(product.stock, largestQuantity(product))
  if (stock < quantity) return [{ kind: 'short', productId, name, stock, goods }]
  if (smallest !== null && quantity < smallest) {
    return [{ kind: 'too_little', productId, name, smallest, goods }]
  }
  if (netQuantity !== undefined && netQuantity !== product.netQuantity) {
    return [{ kind: 'repacked', productId, name }]
  }
  if (product.pricePaise <= pricePaise) return []
  return [{ kind: 'price_up', productId, name, before: pricePaise, now: product.pricePaise }]
}
