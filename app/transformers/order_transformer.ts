import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import type Order from '#models/order'
import type { OrderState, PaymentMethod, PaymentState } from '#models/order_state'
import { FULFILMENTS } from '#models/order_state'
import { toRupees } from '#locale/rupees'
import { rupeesSchema } from '#transformers/money'
import { orderItem, transformOrderItem } from '#transformers/order_item_transformer'

/** Status names in the API. */
export const STATUSES = [
  'created',
  'confirmed',
  'packed',
  'shipped',
  'delivered',
  'cancelled',
] as const
export type Status = (typeof STATUSES)[number]

const STATUS_OF: Record<OrderState, Status> = {
  placed: 'created',
  accepted: 'confirmed',
  packed: 'packed',
  out_for_delivery: 'shipped',
  delivered: 'delivered',
  declined: 'cancelled',
  cancelled: 'cancelled',
  expired: 'cancelled',
}

const CANCELLATIONS = ['declined', 'cancelled', 'expired'] as const

export const API_PAYMENT_METHODS = ['cod', 'upi', 'khata'] as const
type ApiPaymentMethod = (typeof API_PAYMENT_METHODS)[number]

const METHOD_OF: Record<PaymentMethod, ApiPaymentMethod> = {
  cash: 'cod',
  upi: 'upi',
  khata: 'khata',
}

export function toPaymentMethod(method: ApiPaymentMethod): PaymentMethod {
  return method === 'cod' ? 'cash' : method
}

const PAYMENT_STATUSES = [
  'pending',
  'claimed',
  'paid',
  'refund_due',
  'refunded',
  'on_khata',
] as const

const PAYMENT_STATUS_OF: Record<PaymentState, (typeof PAYMENT_STATUSES)[number]> = {
  due: 'pending',
  claimed: 'claimed',
  confirmed: 'paid',
  refund_due: 'refund_due',
  refunded: 'refunded',
  on_khata: 'on_khata',
}

const moment = (description: string) =>
  vine.string().nullable().meta({ format: 'date-time', description })

const order = () => ({
  id: vine.string().uuid(),
  number: vine.number({ strict: true }).withoutDecimals(),
  shop_id: vine.string().uuid().nullable(),
  customer_username: vine.string(),
  status: vine.enum(STATUSES),
  payment_method: vine.enum(API_PAYMENT_METHODS),
  payment_status: vine.enum(PAYMENT_STATUSES),
  payment_confirmed: vine.boolean({ strict: true }).meta({
    description:
      'Whether the shop confirmed the payment; otherwise a refund is due only if it was really made',
  }),
  refund_due: rupeesSchema(),
  cancellation: vine.enum(CANCELLATIONS).nullable().meta({
    description:
      'Why the order was cancelled: declined by the shop, cancelled by either side, or not accepted in time',
  }),
  fulfilment: vine.enum(FULFILMENTS),
  pin_code: vine.string().nullable().meta({ description: 'Where it is delivered to' }),
  slot_from: moment('Its delivery slot; null as soon as possible'),
  slot_to: moment('When the slot ends'),
  amended_at: moment('When the customer changed it last'),
  delivery_fee: rupeesSchema(),
  total_amount: rupeesSchema(),
  created_at: vine.string().meta({ format: 'date-time' }),
  updated_at: vine.string().meta({ format: 'date-time' }),
})

export const orderSchema = vine.create(order())

export const orderDetailSchema = vine.create({ ...order(), items: vine.array(orderItem) })

export function transformOrder(placed: Order, username: string): Infer<typeof orderSchema> {
  return {
    id: placed.id,
    number: placed.number,
    shop_id: placed.shopId,
    customer_username: username,
    status: STATUS_OF[placed.state],
    payment_method: METHOD_OF[placed.paymentMethod],
    payment_status: PAYMENT_STATUS_OF[placed.paymentState],
    payment_confirmed: placed.paymentReceived,
    refund_due: toRupees(placed.refundDuePaise),
    cancellation: CANCELLATIONS.find((state) => state === placed.state) ?? null,
    fulfilment: placed.fulfilment,
    pin_code: placed.pinCode,
    slot_from: placed.slotFrom?.toUTC().toISO() ?? null,
    slot_to: placed.slotTo?.toUTC().toISO() ?? null,
    amended_at: placed.amendedAt?.toUTC().toISO() ?? null,
    delivery_fee: toRupees(placed.deliveryFeePaise),
    total_amount: toRupees(placed.totalPaise),
    created_at: placed.createdAt.toUTC().toISO()!,
    updated_at: placed.updatedAt.toUTC().toISO()!,
  }
}

/** Needs the items. */
export function transformOrderDetail(
  placed: Order,
  username: string
): Infer<typeof orderDetailSchema> {
  const items = placed.items.map(transformOrderItem)
  return { ...transformOrder(placed, username), items }
}
