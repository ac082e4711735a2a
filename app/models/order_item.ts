import { OrderItemSchema } from '#database/schema'
import { goodsOf, isLoose, STANDARDS } from '#measures/goods'
import { lineTotal } from '#measures/line_total'

/**
 * A line of an order, as it was when the order was placed. `quantity` is what was ordered, `packedQuantity` what the
 * scale said of loose goods, and `askedQuantity` what the customer is asked to agree to. `amountPaise` is what the line
 * costs now, rounded once.
 *
 * `productId` is null once the product is deleted; `available` is false when the shop turned out not to have the
 * item.
 */
export default class OrderItem extends OrderItemSchema {
  get totalPaise() {
    return this.available ? this.amountPaise : 0
  }

  /** Packs or base units that are charged: what the scale said, or what was ordered. */
  get charged() {
    return this.packedQuantity ?? this.quantity
  }

  get isLoose() {
    return isLoose(this)
  }

  /** Of loose goods. */
  get priceUnit() {
    return STANDARDS[this.measure].priceUnit
  }

  /** What the scale said last, or what was ordered. */
  get weight() {
    return this.askedQuantity ?? this.charged
  }

  /** Whether the customer is asked about a weight. */
  get isAsked() {
    return this.available && this.askedQuantity !== null
  }

  /** Whether it is heavier than what is charged, because the order was paid before. */
  get isGift() {
    return this.amountPaise < this.paiseOf(this.charged)
  }

  /** What that much of it costs. */
  paiseOf(quantity: number, pricePaise = this.pricePaise) {
    return lineTotal({ ...goodsOf(this), pricePaise, quantity })
  }

  /** What the line was to cost when it was ordered. */
  get orderedPaise() {
    return this.paiseOf(this.quantity)
  }
}
