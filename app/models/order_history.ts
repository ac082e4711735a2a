import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import OrderChanged from '#events/order_changed'
import OrderEvent from '#models/order_event'
import { OrderStanding } from '#models/order_standing'
import { within } from '#models/within'
import type Order from '#models/order'
import type User from '#models/user'

export type HistoryLine = Pick<OrderEvent, 'subject' | 'toValue'> &
  Partial<Pick<OrderEvent, 'fromValue' | 'reason' | 'amountPaise'>>

/** Changes to an order, each recorded in its history. */
export class OrderHistory extends OrderStanding {
  get #model() {
    return this.constructor as typeof Order
  }

  /** Adds a line to the history. */
  record(line: HistoryLine, actor: User | null, client: TransactionClientContract) {
    return OrderEvent.create({ ...line, orderId: this.id, actorId: actor?.id ?? null }, { client })
  }

  /**
   * Changes the locked row in one transaction, with a line of history unless there was nothing to do. Any overpayment
   * afterwards becomes a refund due, and none is due without. Listeners are notified after the commit, and this row is reloaded.
   */
  protected async change(
    actor: User | null,
    work: (order: Order, client: TransactionClientContract) => Promise<HistoryLine | null>,
    outer?: TransactionClientContract
  ) {
    await within(outer, async (client) => {
      const order = await this.#model
        .query({ client })
        .where('id', this.id)
        .forUpdate()
        .firstOrFail()
      const dueBefore = order.refundDuePaise
      const line = await work(order, client)
      if (line) await order.record(line, actor, client)
      const amountPaise = order.refundDuePaise
      const isUnsaid = amountPaise > 0 && order.paymentState !== 'refund_due'
      if (amountPaise > dueBefore || isUnsaid) {
        const refund = { subject: 'payment', toValue: 'refund_due', amountPaise } as const
        await order.record({ ...refund, fromValue: order.paymentState }, actor, client)
        order.paymentState = 'refund_due'
      } else if (amountPaise === 0 && order.paymentState === 'refund_due') {
        const { paymentState: fromValue, paidState: toValue } = order
        await order.record({ subject: 'payment', fromValue, toValue }, actor, client)
        order.paymentState = toValue
      }
      await order.save()
      client.after('commit', async () => {
        await this.refresh()
        await OrderChanged.dispatch(this as unknown as Order)
      })
    })
  }
}
