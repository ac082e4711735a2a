import { hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import { OrderSchema } from '#database/schema'
import { toleratedOf, upToPaise } from '#measures/tolerance'
import { allows, OPEN_STATES, RETURNING_STATES, type OrderState } from '#models/order_state'
import OrderItem from '#models/order_item'

/** Payment status of an order. */
export class OrderStanding extends OrderSchema {
  static table = 'orders'

  @hasMany(() => OrderItem, { foreignKey: 'orderId' })
  declare items: HasMany<typeof OrderItem>

  /** Whether it is still to be brought, or picked up. */
  get isOpen() {
    return (OPEN_STATES as readonly OrderState[]).includes(this.state)
  }

  get isReturned() {
    return RETURNING_STATES.includes(this.state)
  }

  /** Total of everything ordered, including items left out since; Needs the items. */
  get orderedPaise() {
    return this.items.reduce((sum, item) => sum + item.orderedPaise, this.deliveryFeePaise)
  }

  /** Whether weights and amounts can still change. */
  get isUnpacked() {
    return allows('withdraw', this)
  }

  /** What the scale may say of the item without another question to the customer. */
  toleratedOf({ quantity }: OrderItem) {
    return toleratedOf(quantity, this.packingTolerancePercent)
  }

  tolerates(item: OrderItem, weight: number) {
    const { least, most } = this.toleratedOf(item)
    return weight >= least && weight <= most
  }

  /**
   * What an item costs at this weight. Once the order is paid that is never more than was paid, or was to be paid for
   * the item: what is heavier is the shop's gift.
   */
  amountOf(item: OrderItem, weight: number) {
    const paise = item.paiseOf(weight)
    if (this.paidPaise === 0) return paise
    const { amountPaise, orderedPaise } = item
    return Math.min(paise, amountPaise + this.refundDuePaise, Math.max(amountPaise, orderedPaise))
  }

  /** What the order can still cost without another question. Needs the items. */
  get upToPaise() {
    if (!this.isUnpacked || this.paidPaise > 0) return this.totalPaise
    const open = this.items.filter(({ available, packedQuantity }) => {
      return available && packedQuantity === null
    })
    return open.reduce((sum, item) => {
      return sum + upToPaise(item, this.packingTolerancePercent) - item.amountPaise
    }, this.totalPaise)
  }

  /** What is charged because an item was heavier than ordered, unasked. */
  extraOf(item: OrderItem) {
    const isUnasked = item.available && this.tolerates(item, item.charged)
    return isUnasked ? Math.max(0, item.amountPaise - item.orderedPaise) : 0
  }

  /**
   * The least and the most that was asked for: a payment may have been made before an item was weighed or left out, or the
   * order changed. Needs the items.
   */
  get payable() {
    const extra = this.isUnpacked
      ? this.items.reduce((sum, item) => sum + this.extraOf(item), 0)
      : 0
    const most = this.items.reduce((sum, item) => sum + this.#mostOf(item), this.deliveryFeePaise)
    return { least: this.totalPaise - extra, most: Math.max(most, this.askedPaise) }
  }

  /** The most that was asked for an item, which may have been heavier on the scale before. */
  #mostOf(item: OrderItem) {
    const isWeighed = item.packedQuantity !== null
    const upTo = isWeighed ? upToPaise(item, this.packingTolerancePercent) : 0
    return Math.max(item.totalPaise, item.orderedPaise, upTo)
  }

  /** Whether the customer still has something to pay. */
  get isToBePaid() {
    return ['due', 'claimed'].includes(this.paymentState) && !this.isReturned
  }

  /** What to ask for when it is handed over: nothing once the customer says that it is paid. */
  get collectPaise() {
    return this.paymentState === 'due' && !this.isReturned ? this.totalPaise : 0
  }

  /**
   * Whether the customer can claim a payment or correct its reference. Only UPI is paid in advance. The payment
   * may predate a cancellation, but the shop must still exist to check it.
   */
  get isClaimable() {
    const { paymentMethod, paymentState, paymentReceived, shopId } = this
    const isOpen = ['due', 'claimed', 'refund_due'].includes(paymentState) && !paymentReceived
    return paymentMethod === 'upi' && isOpen && shopId !== null
  }

  /** Whether the owner can confirm a payment. */
  get isReceivable() {
    return this.isToBePaid || (this.isClaimable && !this.isUnconfirmedRefund)
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

  /** Where the payment stands when no refund is due. */
  get paidState() {
    if (this.refundedPaise > 0) return 'refunded'
    return this.paymentReceived ? 'confirmed' : 'claimed'
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
