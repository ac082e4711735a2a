import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { OrderSchema } from '#database/schema'
import { RETURNING_STATES } from '#models/order_state'
import OrderItem from '#models/order_item'

/** Payment status of an order. */
export class OrderStanding extends OrderSchema {
  static table = 'orders'

  @hasMany(() => OrderItem, { foreignKey: 'orderId' })
  declare items: HasMany<typeof OrderItem>

  get isReturned() {
    return RETURNING_STATES.includes(this.state)
  }

  /** Total of everything ordered, including items left out since; the maximum ever charged. Needs the items. */
  get orderedPaise() {
    return this.items.reduce((sum, item) => sum + item.orderedPaise, this.deliveryFeePaise)
  }

  /** Whether the customer still has something to pay. */
  get isToBePaid() {
    return ['due', 'claimed'].includes(this.paymentState) && !this.isReturned
  }

  /**
   * Whether the customer can claim a payment or correct its reference. Only UPI is paid in advance. The payment
   * may predate a cancellation, but the shop must still exist to check it.
   */
  get isClaimable() {
    const { paymentMethod, paymentState, shopId } = this
    return paymentMethod === 'upi' && ['due', 'claimed'].includes(paymentState) && shopId !== null
  }

  /** Whether the owner can confirm a payment. */
  get isReceivable() {
    return this.isToBePaid || this.isClaimable
  }

  /** Whether the owner can say that no payment arrived. */
  get isDisputable() {
    return ['claimed', 'refund_due'].includes(this.paymentState) && !this.paymentReceived
  }

  /** Whether the refund is due for a payment that only the customer has reported. */
  get isUnconfirmedRefund() {
    return this.paymentState === 'refund_due' && !this.paymentReceived
  }

  /** Paid amount beyond the order's current total. */
  get refundDuePaise() {
    const costs = this.isReturned ? 0 : this.totalPaise
    return Math.max(0, this.paidPaise - this.refundedPaise - costs)
  }

  /** Payment status for display; nothing is due for an order that ended undelivered. */
  get paymentStanding() {
    if (this.isUnconfirmedRefund) return 'refund_unconfirmed'
    if (!this.isReturned) return this.paymentState
    const nothingOwed = { due: 'nothing_due', on_khata: 'off_khata' } as const
    return this.paymentState in nothingOwed
      ? nothingOwed[this.paymentState as keyof typeof nothingOwed]
      : this.paymentState
  }
}
