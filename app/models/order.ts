import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { OrderAmended } from '#exceptions/order_amended'
import { QuestionWaits } from '#exceptions/question_waits'
import { TransitionRefused } from '#exceptions/transition_refused'
import { allows, OPEN_STATES, RETURNING_STATES, TRANSITIONS } from '#models/order_state'
import type { OrderState, Verb } from '#models/order_state'
import { decodeCursor, isUuid, toPage } from '#models/keyset'
import { goodsOf } from '#measures/goods'
import Bill from '#models/bill'
import Khata from '#models/khata'
import OrderEvent from '#models/order_event'
import { OrderAmendments } from '#models/order_amendments'
import Product from '#models/product'
import Shop from '#models/shop'
import type User from '#models/user'

const PAGE_SIZE = 20

/**
 * `number` is counted per shop and shown to people. `shopId` is null for old orders of deleted shops. `paidPaise`
 * is the amount paid, or claimed to be paid until `paymentReceived`. `waitingSince` is when the order started
 * waiting for the shop, by the database's clock. `revision` counts the customer's changes, and `askedPaise` is the most
 * that was asked for by UPI before one of them.
 */
export default class Order extends OrderAmendments {
  @belongsTo(() => Shop)
  declare shop: BelongsTo<typeof Shop>

  @hasMany(() => OrderEvent)
  declare events: HasMany<typeof OrderEvent>

  /** A page of the customer's orders with their shops, newest first. */
  static pageOf(
    customer: User,
    cursor: string | null,
    { size = PAGE_SIZE, client }: { size?: number; client?: QueryClientContract } = {}
  ) {
    const orders = this.query({ client }).where('customer_id', customer.id).preload('shop')
    return this.#page(orders, cursor, size)
  }

  /** The customer's orders placed from these cart lines, with the matching items. */
  static placedFrom(customer: User, cartLines: string[], client: TransactionClientContract) {
    return this.query({ client })
      .where('customer_id', customer.id)
      .whereHas('items', (items) => items.whereIn('cart_line', cartLines))
      .preload('items', (items) => items.whereIn('cart_line', cartLines))
      .orderBy('id')
  }

  /** A page of orders received by an owner's shops, newest first. */
  static pageReceivedBy(owner: User, cursor: string | null, client?: QueryClientContract) {
    const shopIds = Shop.query({ client }).where('owner_id', owner.id).select('id')
    return this.#page(this.query({ client }).whereIn('shop_id', shopIds), cursor, PAGE_SIZE)
  }

  /** The shop's open orders, oldest first, at most `most`. */
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

  /** Whether an item can be left out: another must remain. Needs the items. */
  get canLeaveOut() {
    return allows('withdraw', this) && this.items.filter(({ available }) => available).length > 1
  }

  /** The customer cancels, until the order is packed. */
  withdraw(customer: User) {
    return this.move('withdraw', customer)
  }

  /** The shop did not accept in time. */
  expire() {
    return this.move('expire', null)
  }

  /**
   * Moves the order to its next state in one transaction, with its history, stock and khata. Of concurrent moves
   * one wins.
   *
   * @param check inspects the locked order first and throws to stop the move
   * @param seen the state that the actor saw
   * @param revision what the actor saw of the customer's changes
   * @throws OrderAmended when the customer changed it since
   * @throws TransitionRefused when the current state does not allow it, or is not the one seen
   */
  move(
    verb: Verb,
    actor: User | null,
    reason: string | null = null,
    {
      check,
      seen,
      revision,
    }: { check?: (order: Order) => Promise<void>; seen?: OrderState; revision?: number } = {}
  ) {
    const { to } = TRANSITIONS[verb]
    return this.change(actor, async (order, client) => {
      await check?.(order)
      const isSeen = order.state === (seen ?? order.state)
      if (isSeen && order.revision !== (revision ?? order.revision)) throw new OrderAmended(order)
      if (!isSeen || !allows(verb, order)) throw new TransitionRefused(order, verb, to)
      if (verb === 'pack' && (await isAsking(order))) throw new QuestionWaits(order)
      if (RETURNING_STATES.includes(to)) await giveBack(order, actor, client)
      if (to === 'delivered') await Bill.write(order, client)
      const line = { subject: 'state', fromValue: order.state, toValue: to, reason } as const
      order.state = to
      return line
    })
  }

  /**
   * The shop does not have the item, so it is no longer charged. It is not returned to the stock, because it is
   * not on the shelf.
   *
   * @throws TransitionRefused when the order is packed already, or no other item would remain
   */
  leaveOut(itemId: string, owner: User) {
    return this.change(owner, async (order, client) => {
      const items = await order.related('items').query()
      const item = items.find(({ id, available }) => id === itemId && available)
      const left = items.filter(({ id, available }) => id !== itemId && available)
      const editable = allows('withdraw', order)
      if (!editable || !item || left.length === 0) throw new TransitionRefused(order, 'leave_out')
      const amount = item.totalPaise
      await item.merge({ available: false, askedQuantity: null }).save()
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
}

async function giveBack(order: Order, actor: User | null, client: TransactionClientContract) {
  await Bill.cancel(order, client)
  const items = await order.related('items').query().where('available', true)
  const charged = items.map((item) => ({
    ...goodsOf(item),
    productId: item.productId,
    quantity: item.charged,
  }))
  await Product.putBack(charged, client)
  if (order.paymentMethod === 'khata') {
    await Khata.giveBack(order, order.totalPaise, actor, client)
  }
}

async function isAsking(order: Order) {
  return (await order.related('items').query()).some(({ isAsked }) => isAsked)
}
