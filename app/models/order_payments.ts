import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { TransitionRefused } from '#exceptions/transition_refused'
import { OrderHistory, type HistoryLine } from '#models/order_history'
import type { PaymentState } from '#models/order_state'
import type OrderItem from '#models/order_item'
import type Order from '#models/order'
import type User from '#models/user'

type PaymentDetails = Pick<HistoryLine, 'reason' | 'amountPaise'>

/** Payments as reported by customer and owner. */
export class OrderPayments extends OrderHistory {
  /**
   * The customer claims a payment, which is not verified. Also allowed for a payment made while the order was
   * being cancelled, or before an item was left out.
   *
   * @throws TransitionRefused when no advance payment was requested
   */
  claimPayment(
    customer: User,
    reference: string,
    amountPaise = this.totalPaise,
    outer?: TransactionClientContract
  ) {
    const work = async (order: Order) => {
      if (!order.isClaimable) throw new TransitionRefused(order, 'claimed')
      await notePaid(order, amountPaise)
      order.paymentReference = reference
      return { reason: reference }
    }
    return this.#pay(['due', 'claimed', 'refund_due'], 'claimed', customer, work, outer)
  }

  /** The owner received the money. @throws TransitionRefused when none is expected */
  confirmPayment(owner: User, amountPaise = this.totalPaise, outer?: TransactionClientContract) {
    const work = async (order: Order) => {
      if (!order.isReceivable) throw new TransitionRefused(order, 'confirmed')
      await notePaid(order, amountPaise)
      order.paymentReceived = true
    }
    return this.#pay(['due', 'claimed'], 'confirmed', owner, work, outer)
  }

  /** The owner did not find the claimed payment. */
  disputePayment(owner: User) {
    return this.#pay(['claimed', 'refund_due'], 'due', owner, async (order) => {
      if (order.paymentReceived) throw new TransitionRefused(order, 'due')
      order.merge({ paidPaise: 0 })
      if (order.isUnpacked) await chargeInFull(order)
    })
  }

  /** The owner refunded exactly the amount due. @throws TransitionRefused when another amount is due */
  refund(owner: User, amountPaise: number, reference: string, outer?: TransactionClientContract) {
    const work = (order: Order) => {
      if (amountPaise !== order.refundDuePaise) throw new TransitionRefused(order, 'refunded')
      const refundedPaise = order.refundedPaise + amountPaise
      order.merge({ refundedPaise, paymentReceived: true })
      return { reason: reference, amountPaise }
    }
    return this.#pay(['refund_due'], 'refunded', owner, work, outer)
  }

  /** The item costs this now; the order follows. @returns how much more the order costs */
  async chargeFor(item: OrderItem, amountPaise: number) {
    const difference = amountPaise - item.amountPaise
    if (item.available) {
      this.itemsPaise += difference
      this.totalPaise += difference
    }
    await item.merge({ amountPaise }).save()
    return difference
  }

  #pay(
    from: PaymentState[],
    to: PaymentState,
    actor: User,
    work: (order: Order) => PaymentDetails | void | Promise<PaymentDetails | void>,
    outer?: TransactionClientContract
  ) {
    const pay = async (order: Order): Promise<HistoryLine> => {
      if (!from.includes(order.paymentState)) throw new TransitionRefused(order, to)
      const fromValue = order.paymentState
      const details = await work(order)
      order.paymentState = to
      return { subject: 'payment', fromValue, toValue: to, ...details }
    }
    return this.change(actor, pay, outer)
  }
}

/** What was paid before items were weighed is all that is charged for what they are heavier. */
async function notePaid(order: Order, amountPaise: number) {
  await order.load('items')
  const { least, most } = order.payable
  if (amountPaise < least || amountPaise > most) {
    throw new TransitionRefused(order, `paid ${amountPaise}`)
  }
  for (const item of order.items) {
    const over = Math.max(0, order.totalPaise - amountPaise)
    await order.chargeFor(item, item.amountPaise - Math.min(over, order.extraOf(item)))
  }
  order.paidPaise = amountPaise
}

/** Nothing was paid after all. */
async function chargeInFull(order: Order) {
  for (const item of await order.related('items').query().where('available', true)) {
    await order.chargeFor(item, item.paiseOf(item.charged))
  }
}
