import type Order from '#models/order'

/** What the card of an order in a list shows, as plain values. */
export function orderCard(order: Order) {
  const { id, number, state, shopName, customerName, totalPaise } = order
  const { refundDuePaise, paymentStanding } = order
  return {
    ...{ id, number, state, shopName, customerName, totalPaise, refundDuePaise, paymentStanding },
    canRepeat: !order.isOpen && order.shop && !order.shop.isClosed,
    createdAt: order.createdAt.toMillis(),
    itemCount: Number(order.$extras.items_count),
  }
}
