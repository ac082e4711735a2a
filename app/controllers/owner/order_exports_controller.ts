import type { HttpContext } from '@adonisjs/core/http'
import { toCsv } from '#csv/to_csv'
import { withPaise } from '#locale/rupees'
import { TIME_ZONE } from '#locale/time_zone'
import Order from '#models/order'

const MOST_ROWS = 10_000
const COLUMNS = [
  'number',
  'placed_at',
  'shop',
  'customer',
  'mobile',
  'fulfilment',
  'state',
  'payment_method',
  'payment_state',
  'payment_reference',
  'items',
  'delivery_fee',
  'total',
  'paid',
  'refunded',
  'refund_due',
  'payment_confirmed',
]

/** The owner's orders as CSV, newest first. */
export default class OrderExportsController {
  async show({ auth, response }: HttpContext) {
    const shopIds = auth.user!.related('shops').query().select('id')
    const orders = await Order.query()
      .whereIn('shop_id', shopIds)
      .orderBy('id', 'desc')
      .limit(MOST_ROWS)
    response.type('text/csv').header('Content-Disposition', 'attachment; filename="orders.csv"')
    return toCsv(orders.map(rowOf), COLUMNS)
  }
}

function rowOf(order: Order) {
  return {
    number: order.number,
    placed_at: order.createdAt.setZone(TIME_ZONE).toFormat('yyyy-MM-dd HH:mm'),
    shop: order.shopName,
    customer: order.customerName,
    mobile: order.mobile,
    fulfilment: order.fulfilment,
    state: order.state,
    payment_method: order.paymentMethod,
    payment_state: order.paymentStanding,
    payment_reference: order.paymentReference,
    items: withPaise(order.itemsPaise),
    delivery_fee: withPaise(order.deliveryFeePaise),
    total: withPaise(order.totalPaise),
    paid: withPaise(order.paidPaise),
    refunded: withPaise(order.refundedPaise),
    refund_due: withPaise(order.refundDuePaise),
    payment_confirmed: order.paidPaise === 0 ? '' : order.paymentReceived ? 'yes' : 'no',
  }
}
