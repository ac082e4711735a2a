import { OrderItemSchema } from '#database/schema'

/**
 * A line of an order, as it was when the order was placed.
 *
 * `productId` is null once the product is deleted; `available` is false when the shop turned out not to have the
 * item.
 */
export default class OrderItem extends OrderItemSchema {
  get totalPaise() {
    return this.available ? this.pricePaise * this.quantity : 0
  }
}
