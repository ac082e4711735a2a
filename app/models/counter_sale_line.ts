import { CounterSaleLineSchema } from '#database/schema'
import { SaleRefused } from '#exceptions/sale_refused'
import { goodsOf, isLoose, largestQuantity, perOf } from '#measures/goods'
import { lineTotal } from '#measures/line_total'
import { readAmount } from '#measures/read_amount'
import { readWorth } from '#measures/read_worth'
import { readCount } from '#numbers/count'
import type Product from '#models/product'

/** Goods of a counter sale, as they were then. `taken` is what came out of the stock. */
export default class CounterSaleLine extends CounterSaleLineSchema {
  /**
   * Of what the owner typed: a number of packs, or `250 g` or `₹20` of loose goods. ₹20 worth costs ₹20, and its weight
   * is rounded. The goods are on the counter, so more can be sold than the stock says.
   *
   * @throws SaleRefused
   */
  static of(product: Product, typed: string) {
    const worthPaise = isLoose(product) ? readWorth(typed) : null
    const quantity =
      worthPaise === null ? typedQuantity(product, typed) : worth(product, worthPaise)
    const isRead = quantity !== null && quantity > 0 && quantity <= largestQuantity(product)
    const rule = isLoose(product) ? 'unread_loose' : 'unread'
    if (!isRead) throw new SaleRefused(rule, { productId: product.id })
    const { id: productId, name, nameHi, unit, pricePaise } = product
    const goods = goodsOf(product)
    const amountPaise = worthPaise ?? lineTotal({ ...goods, pricePaise, quantity })
    const taken = Math.min(quantity, product.stock)
    return { productId, name, nameHi, unit, pricePaise, ...goods, quantity, amountPaise, taken }
  }
}

function typedQuantity(product: Product, typed: string) {
  return isLoose(product) ? readAmount(typed, product.measure) : readCount(typed)
}

function worth(product: Product, paise: number) {
  return Math.round((paise * perOf(product)) / product.pricePaise)
}
