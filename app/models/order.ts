import { BaseModel, belongsTo, column, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { DateTime } from 'luxon'
import OrderChanged from '#events/order_changed'
import { TransitionRefused } from '#exceptions/transition_refused'
import { allows, OPEN_STATES, RETURNING_STATES, TRANSITIONS } from '#orders/order_state'
import type {
  Fulfilment,
  MissingItemsChoice,
  OrderState,
  PaymentMethod,
  PaymentState,
  Verb,
} from '#orders/order_state'
import { decodeCursor, isUuid, toPage } from '#models/keyset'
import Khata from '#models/khata'
import OrderEvent from '#models/order_event'
import OrderItem from '#models/order_item'
import Product from '#models/product'
import Shop from '#models/shop'
import { within } from '#models/within'
import type User from '#models/user'

const PAGE_SIZE = 20

type HistoryLine = Pick<OrderEvent, 'subject' | 'toValue'> &
  Partial<Pick<OrderEvent, 'fromValue' | 'reason' | 'amountPaise'>>

type PaymentDetails = Pick<HistoryLine, 'reason' | 'amountPaise'>

/** PostgreSQL sends a bigint as text; every sum of paise here is far below 2^53. */
const bigint = { consume: Number }

export default class Order extends BaseModel {
  @column({ isPrimary: true })
  declare id: string

  /** What people call it; each shop counts its own. Given by the database. */
  @column({ ...bigint, prepare: () => undefined })
  declare number: number

  /** Null for an order whose shop was deleted, when shops with orders still could be. */
  @column()
  declare shopId: string | null

  @column()
  declare shopName: string

  @column()
  declare customerId: string

  @column()
  declare customerName: string

  @column()
  declare state: OrderState

  @column()
  declare paymentMethod: PaymentMethod

  @column()
  declare paymentState: PaymentState

  /** What the customer's UPI app called the payment. */
  @column()
  declare paymentReference: string | null

  /** What the customer paid, or says so. */
  @column(bigint)
  declare paidPaise: number

  /** What the owner says to have given back of it. */
  @column(bigint)
  declare refundedPaise: number

  /** Whether the owner has said that the payment came. */
  @column()
  declare paymentReceived: boolean

  @column()
  declare fulfilment: Fulfilment

  /** Null when the customer fetches it. */
  @column()
  declare address: string | null

  @column()
  declare mobile: string

  @column()
  declare note: string | null

  @column()
  declare missingItems: MissingItemsChoice

  @column(bigint)
  declare itemsPaise: number

  @column(bigint)
  declare deliveryFeePaise: number

  @column(bigint)
  declare totalPaise: number

  /** Since when the order waits for the shop, by the database's clock. Given by the database. */
  @column({ prepare: () => undefined })
  declare waitingSince: Date

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @column.dateTime({ autoCreate: true, autoUpdate: true })
  declare updatedAt: DateTime

  @belongsTo(() => Shop)
  declare shop: BelongsTo<typeof Shop>

  @hasMany(() => OrderItem)
  declare items: HasMany<typeof OrderItem>

  @hasMany(() => OrderEvent)
  declare events: HasMany<typeof OrderEvent>

  /** One page of what a customer ordered, the newest first. */
  static pageOf(customer: User, cursor: string | null, size = PAGE_SIZE) {
    return this.#page(this.query().where('customer_id', customer.id), cursor, size)
  }

  /** The customer's orders that these lines of a cart went into, each with those items. */
  static placedFrom(customer: User, cartLines: string[], client: TransactionClientContract) {
    return this.query({ client })
      .where('customer_id', customer.id)
      .whereHas('items', (items) => items.whereIn('cart_line', cartLines))
      .preload('items', (items) => items.whereIn('cart_line', cartLines))
      .orderBy('id')
  }

  /** One page of what came to an owner's shops, the newest first. */
  static pageReceivedBy(owner: User, cursor: string | null) {
    const shopIds = owner.related('shops').query().select('id')
    return this.#page(this.query().whereIn('shop_id', shopIds), cursor, PAGE_SIZE)
  }

  /** So many of the shop's orders that have not ended, the oldest first. */
  static openAt(shopId: string, most: number) {
    return this.query()
      .where('shop_id', shopId)
      .whereIn('state', [...OPEN_STATES])
      .orderBy('id')
      .limit(most)
  }

  static async #page(
    orders: ModelQueryBuilderContract<typeof Order>,
    cursor: string | null,
    size: number
  ) {
    const after = decodeCursor(cursor, [isUuid])
    const rows = await orders
      .withCount('items')
      .if(after, (query) => query.where('id', '<', after![0]))
      .orderBy('id', 'desc')
      .limit(size + 1)
    return toPage(
      rows,
      size,
      after,
      ({ id }) => [id],
      (order) => order
    )
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

  /** Whether an item can turn out not to be there: another one has to be left. Needs the items. */
  get canLeaveOut() {
    return allows('withdraw', this) && this.items.filter(({ available }) => available).length > 1
  }

  get isReturned() {
    return RETURNING_STATES.includes(this.state)
  }

  accept(owner: User) {
    return this.move('accept', owner)
  }

  decline(owner: User, reason: string) {
    return this.move('decline', owner, reason)
  }

  pack(owner: User) {
    return this.move('pack', owner)
  }

  send(owner: User) {
    return this.move('send', owner)
  }

  deliver(owner: User) {
    return this.move('deliver', owner)
  }

  /** By the owner, who has to say why. */
  cancel(owner: User, reason: string) {
    return this.move('cancel', owner, reason)
  }

  /** By the customer, until the order is packed. */
  withdraw(customer: User) {
    return this.move('withdraw', customer)
  }

  /** By the clock: nobody accepted it in time. */
  expire() {
    return this.move('expire', null)
  }

  /**
   * Moves the order in one transaction: its state, the history, and what comes back to the shelf and
   * the khata. Of two at once one wins.
   *
   * @param check is asked about the locked order first, and throws when it is not to be changed
   * @throws TransitionRefused when the order is in no state that allows it any more
   */
  move(
    verb: Verb,
    actor: User | null,
    reason: string | null = null,
    check?: (order: Order) => Promise<void>
  ) {
    const { to } = TRANSITIONS[verb]
    return this.#change(actor, async (order, client) => {
      await check?.(order)
      if (!allows(verb, order)) throw new TransitionRefused(order, verb)
      if (RETURNING_STATES.includes(to)) await giveBack(order, actor, client)
      const line = { subject: 'state', fromValue: order.state, toValue: to, reason } as const
      order.state = to
      return line
    })
  }

  /**
   * The customer says that it is paid, how much, and by which reference. Nobody has verified it. Whoever paid
   * while the order was being cancelled, or before an item was left out, says so as well.
   *
   * @throws TransitionRefused when no payment was asked for in advance
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
    return this.#pay(['due', 'claimed'], 'claimed', customer, work, outer)
  }

  /** The owner has the money. @throws TransitionRefused when none is asked for any more */
  confirmPayment(owner: User, amountPaise = this.totalPaise, outer?: TransactionClientContract) {
    const work = async (order: Order) => {
      if (!order.isReceivable) throw new TransitionRefused(order, 'confirmed')
      await notePaid(order, amountPaise)
      order.paymentReceived = true
    }
    return this.#pay(['due', 'claimed'], 'confirmed', owner, work, outer)
  }

  /** The owner looked and there is no such payment. */
  disputePayment(owner: User) {
    return this.#pay(['claimed', 'refund_due'], 'due', owner, (order) => {
      if (order.paymentReceived) throw new TransitionRefused(order, 'due')
      order.merge({ paidPaise: 0 })
    })
  }

  /** The owner has given back this much, which must be what is due, and says how. */
  refund(owner: User, amountPaise: number, reference: string, outer?: TransactionClientContract) {
    const work = (order: Order) => {
      if (amountPaise !== order.refundDuePaise) throw new TransitionRefused(order, 'refunded')
      const refundedPaise = order.refundedPaise + amountPaise
      order.merge({ refundedPaise, paymentReceived: true })
      return { reason: reference, amountPaise }
    }
    return this.#pay(['refund_due'], 'refunded', owner, work, outer)
  }

  /**
   * The owner does not have the item: it costs nothing any more. It does not come back to the stock,
   * for it is not on the shelf.
   *
   * @throws TransitionRefused when the order is packed already, or nothing else would be left of it
   */
  leaveOut(itemId: string, owner: User) {
    return this.#change(owner, async (order, client) => {
      const items = await order.related('items').query()
      const item = items.find(({ id, available }) => id === itemId && available)
      const left = items.filter(({ id, available }) => id !== itemId && available)
      const editable = allows('withdraw', order)
      if (!editable || !item || left.length === 0) throw new TransitionRefused(order, 'leave_out')
      const amount = item.totalPaise
      await item.merge({ available: false }).save()
      order.itemsPaise -= amount
      order.totalPaise -= amount
      if (order.paymentMethod === 'khata') await Khata.giveBack(order, amount, owner, client)
      return {
        subject: 'item',
        fromValue: 'available',
        toValue: 'unavailable',
        reason: item.name,
      }
    })
  }

  /** A line of the history. */
  record(line: HistoryLine, actor: User | null, client: TransactionClientContract) {
    return OrderEvent.create({ ...line, orderId: this.id, actorId: actor?.id ?? null }, { client })
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
    return this.#change(actor, pay, outer)
  }

  /**
   * One transaction on the locked row, with its line of history. Whatever the change was, what is paid too
   * much after it is to be given back. Who follows the order is told after the commit, and this row is read
   * again.
   */
  async #change(
    actor: User | null,
    work: (order: Order, client: TransactionClientContract) => Promise<HistoryLine>,
    outer?: TransactionClientContract
  ) {
    await within(outer, async (client) => {
      const order = await Order.query({ client }).where('id', this.id).forUpdate().firstOrFail()
      const dueBefore = order.refundDuePaise
      await order.record(await work(order, client), actor, client)
      const amountPaise = order.refundDuePaise
      if (amountPaise > dueBefore) {
        const refund = { subject: 'payment', toValue: 'refund_due', amountPaise } as const
        await order.record({ ...refund, fromValue: order.paymentState }, actor, client)
        order.paymentState = 'refund_due'
      }
      await order.save()
      client.after('commit', async () => {
        await this.refresh()
        await OrderChanged.dispatch(this)
      })
    })
  }
}

async function giveBack(order: Order, actor: User | null, client: TransactionClientContract) {
  await Product.putBack(await order.related('items').query().where('available', true), client)
  if (order.paymentMethod === 'khata') {
    await Khata.giveBack(order, order.totalPaise, actor, client)
  }
}

/** Nobody paid less than the order costs, or more than it ever did. */
async function notePaid(order: Order, amountPaise: number) {
  await order.load('items')
  if (amountPaise < order.totalPaise || amountPaise > order.orderedPaise) {
    throw new TransitionRefused(order, `paid ${amountPaise}`)
  }
  order.paidPaise = amountPaise
}
