import { DateTime } from 'luxon'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { OrderAmended } from '#exceptions/order_amended'
import { TransitionRefused } from '#exceptions/transition_refused'
import { OrderWeights } from '#models/order_weights'
import type Order from '#models/order'
import type User from '#models/user'

/** Changes of what was ordered, by the customer. */
export class OrderAmendments extends OrderWeights {
  /** Whether the shop has yet to accept it. */
  get isAmendable() {
    return this.state === 'placed'
  }

  /**
   * Changes the locked order, with its history. Either this or what the shop does with the order comes first.
   *
   * @param seen the revision that the customer's page showed
   * @param work returns whether it changed anything
   * @throws TransitionRefused once the shop has accepted or declined it
   * @throws OrderAmended when it was changed meanwhile
   */
  amend(
    customer: User,
    seen: number,
    work: (order: Order, client: TransactionClientContract) => Promise<boolean>,
    outer?: TransactionClientContract
  ) {
    return this.change(
      customer,
      async (order, client) => {
        if (!order.isAmendable) throw new TransitionRefused(order, 'amend')
        if (order.revision !== seen) throw new OrderAmended(order)
        const asked = order.paymentMethod === 'upi' ? order.totalPaise : 0
        if (!(await work(order, client))) return null
        const askedPaise = Math.max(order.askedPaise, asked)
        order.merge({ revision: seen + 1, amendedAt: DateTime.now(), askedPaise })
        return { subject: 'amended', toValue: 'amended', amountPaise: order.totalPaise }
      },
      outer
    )
  }
}
