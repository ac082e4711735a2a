import db from '@adonisjs/lucid/services/db'
import { BaseModel, belongsTo, column, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { DateTime } from 'luxon'
import OrderChanged from '#events/order_changed'
import { TransitionRefused } from '#exceptions/transition_refused'
import { RETURNING_STATES, TRANSITIONS } from '#orders/order_state'
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
import type User from '#models/user'

const PAGE_SIZE = 20

/** PostgreSQL sends a bigint as text; every sum of paise here is far below 2^53. */
const bigint = { consume: Number }

export default class Order extends BaseModel {
  @column({ isPrimary: true })
  declare id: string

  /** What people call it. Given by the database. */
  @column({ ...bigint, prepare: () => undefined })
  declare number: number

  /** Null once the shop is deleted. */
  @column()
  declare shopId: string | null

  @column()
  declare shopName: string

  @column()
  declare customerId: string

  @column()
  declare customerName: string

  /** One submission of the checkout form. */
  @column()
  declare checkoutKey: string

  /** What a program asked for; null when it was ordered on a page. */
  @column()
  declare requestDigest: string | null

  @column()
  declare state: OrderState

  @column()
  declare paymentMethod: PaymentMethod

  @column()
  declare paymentState: PaymentState

  /** What the customer's UPI app called the payment. */
  @column()
  declare paymentReference: string | null

  @column()
  declare fulfilment: Fulfilment

  @column()
  declare address: string

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

  /** One page of what came to an owner's shops, the newest first. */
  static pageReceivedBy(owner: User, cursor: string | null) {
    const shopIds = owner.related('shops').query().select('id')
    return this.#page(this.query().whereIn('shop_id', shopIds), cursor, PAGE_SIZE)
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

  /** Whether the customer still has something to pay for. */
  get isToBePaid() {
    return ['due', 'claimed'].includes(this.paymentState) && !RETURNING_STATES.includes(this.state)
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

  /**
   * Moves the order in one transaction: its state, the history, and what comes back to the shelf and
   * the khata. Of two at once one wins.
   *
   * @throws TransitionRefused when the order is in no state that allows it any more
   */
  move(verb: Verb, actor: User, reason: string | null = null) {
    const { to, from } = TRANSITIONS[verb]
    return this.#change(async (client) => {
      const before = await this.#put(client, 'state', from[this.fulfilment], to)
      if (!before) throw new TransitionRefused(this, verb)
      if (RETURNING_STATES.includes(to)) await this.#giveBack(client, actor)
      const line = { subject: 'state' as const, fromValue: before, toValue: to, reason }
      await this.record(line, actor, client)
    })
  }

  /** The customer says that it is paid, and by which reference. Nobody has verified it. */
  claimPayment(customer: User, reference: string) {
    return this.#pay(['due', 'claimed'], 'claimed', customer, reference)
  }

  /** The owner has the money. */
  confirmPayment(owner: User) {
    return this.#pay(['due', 'claimed'], 'confirmed', owner)
  }

  /** The owner looked and there is no such payment. */
  disputePayment(owner: User) {
    return this.#pay(['claimed'], 'due', owner)
  }

  /**
   * The owner does not have the item: it costs nothing any more. It does not come back to the stock,
   * for it is not on the shelf.
   *
   * @throws TransitionRefused when the order is packed already, or nothing else would be left of it
   */
  leaveOut(itemId: string, owner: User) {
    return this.#change(async (client) => {
      const order = await Order.query({ client }).where('id', this.id).forUpdate().firstOrFail()
      const items = await order.related('items').query()
      const item = items.find(({ id, available }) => id === itemId && available)
      const left = items.filter(({ id, available }) => id !== itemId && available)
      const editable = TRANSITIONS.withdraw.from[order.fulfilment].includes(order.state)
      if (!editable || !item || left.length === 0) throw new TransitionRefused(order, 'leave_out')
      const amount = item.totalPaise
      await item.merge({ available: false }).save()
      await order
        .merge({ itemsPaise: order.itemsPaise - amount, totalPaise: order.totalPaise - amount })
        .save()
      if (order.paymentMethod === 'khata') await Khata.giveBack(order, amount, owner, client)
      const line = { subject: 'item' as const, fromValue: 'available', toValue: 'unavailable' }
      await this.record({ ...line, reason: item.name }, owner, client)
    })
  }

  /** A line of the history. */
  record(
    line: Pick<OrderEvent, 'subject' | 'fromValue' | 'toValue' | 'reason'>,
    actor: User,
    client: TransactionClientContract
  ) {
    return OrderEvent.create({ ...line, orderId: this.id, actorId: actor.id }, { client })
  }

  #pay(from: PaymentState[], to: PaymentState, actor: User, reference: string | null = null) {
    return this.#change(async (client) => {
      const before = await this.#put(client, 'payment_state', from, to)
      if (!before) throw new TransitionRefused(this, to)
      if (reference) {
        await Order.query({ client }).where('id', this.id).update({ paymentReference: reference })
      }
      const line = {
        subject: 'payment' as const,
        fromValue: before,
        toValue: to,
        reason: reference,
      }
      await this.record(line, actor, client)
    })
  }

  /** Sets the column if it holds one of `from`; returns what it held, or undefined. */
  async #put(
    client: TransactionClientContract,
    name: 'state' | 'payment_state',
    from: readonly string[],
    to: string
  ): Promise<string | undefined> {
    const { rows } = await client.rawQuery(
      `UPDATE orders SET ${name} = :to, updated_at = now()
       WHERE id = :id AND ${name} = ANY(:from) RETURNING old.${name} AS before`,
      { to, id: this.id, from: from as string[] }
    )
    return rows[0]?.before
  }

  async #giveBack(client: TransactionClientContract, actor: User) {
    const order = await Order.findOrFail(this.id, { client })
    await Product.putBack(await order.related('items').query().where('available', true), client)
    if (order.paymentMethod === 'khata') {
      await Khata.giveBack(order, order.totalPaise, actor, client)
    }
  }

  /** One transaction; who follows the order is told after its commit, and this row is read again. */
  async #change(work: (client: TransactionClientContract) => Promise<void>) {
    await db.transaction(work)
    await this.refresh()
    await OrderChanged.dispatch(this)
  }
}
