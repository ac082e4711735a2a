import { amountsAfter, type Amounts, type GivenAmounts } from '#api/products/amounts'
import { goodsAfter, type GivenGoods, type NamedGoods } from '#api/products/goods'
import { labelAfter, type GivenLabel } from '#api/products/label'
import { mrpAfter } from '#api/products/mrp'
import { stockAfter, type GivenStock } from '#api/products/stock'
import type { ProductLabel } from '#models/product_label'

export type GivenProduct = GivenGoods &
  GivenStock &
  GivenAmounts &
  GivenLabel & { price?: number; mrp?: number | null }

export type KnownProduct = NamedGoods &
  Amounts &
  ProductLabel & { pricePaise: number; mrpPaise: number | null; stock: number }

/**
 * What a product has after a change, as far as its fields depend on each other; there is no `before` of a new product.
 *
 * @param pricePaise the price then
 * @throws E_VALIDATION_ERROR when fields contradict each other
 */
export function valuesAfter(
  given: GivenProduct,
  before: KnownProduct | null,
  pricePaise: number
): KnownProduct {
  const goods = { ...goodsAfter(given, before), pricePaise }
  return {
    ...goods,
    mrpPaise: mrpAfter(given, goods, before),
    ...amountsAfter(given, goods, before),
    stock: stockAfter(given, goods, before),
    ...labelAfter(given, before),
  }
}
