import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { OrderSchema } from '#database/schema'
import { RETURNING_STATES } from '#orders/order_state'
import OrderItem from '#models/order_item'

/** How the payment of an order stands. */
export class OrderStanding extends OrderSchema {
  static table = 'orders'

  @hasMany(() => OrderItem, { foreignKey: 'orderId' })
  declare items: HasMany<typeof OrderItem>

  get isReturned() {
    return RETURNING_STATES.includes(this.state)
  }

  /** What everything costs that was ordered, left out since or not; nobody was asked for more. Needs the items. */
  get orderedPaise() {
    return this.items.reduce((sum, { pricePaise, quantity }) => {
      return sum + pricePaise * quantity
    }, this.deliveryFeePaise)
  }

  /** Whether the customer still has something to pay for. */
  get isToBePaid() {
    return ['due', 'claimed'].includes(this.paymentState) && !this.isReturned
  }

  /**
   * Whether the customer can say that they paid, or by which other reference. Only a UPI payment is asked for
   * in advance. It may have been made before the order was cancelled, but a shop must still be there to find it.
   */
  get isClaimable() {
    const { paymentMethod, paymentState, shopId } = this
    return paymentMethod === 'upi' && ['due', 'claimed'].includes(paymentState) && shopId !== null
  }

  /** Whether the owner can say that the money came. */
  get isReceivable() {
    return this.isToBePaid || this.isClaimable
  }

  /** Whether the owner can say that no payment came. */
  get isDisputable() {
    return ['claimed', 'refund_due'].includes(this.paymentState) && !this.paymentReceived
  }

  /** Whether a refund is due only if the payment came, which the customer says and the owner does not. */
  get isUnconfirmedRefund() {
    return this.paymentState === 'refund_due' && !this.paymentReceived
  }

  /** What is to be given back: paid, and more than the order now costs. */
  get refundDuePaise() {
    const costs = this.isReturned ? 0 : this.totalPaise
    return Math.max(0, this.paidPaise - this.refundedPaise - costs)
  }

  /** How the payment stands, for people: nothing is asked for an order that nobody gets. */
  get paymentStanding() {
    if (this.isUnconfirmedRefund) return 'refund_unconfirmed'
    if (!this.isReturned) return this.paymentState
    const nothingOwed = { due: 'nothing_due', on_khata: 'off_khata' } as const
    return this.paymentState in nothingOwed
      ? nothingOwed[this.paymentState as keyof typeof nothingOwed]
      : this.paymentState
  }
}
