import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import { TransitionRefused } from '#exceptions/transition_refused'
import { allows, OPEN_STATES, RETURNING_STATES, TRANSITIONS } from '#orders/order_state'
import type { Verb } from '#orders/order_state'
import { decodeCursor, isUuid, toPage } from '#models/keyset'
import Khata from '#models/khata'
import OrderEvent from '#models/order_event'
import { OrderPayments } from '#models/order_payments'
import Product from '#models/product'
import Shop from '#models/shop'
import type User from '#models/user'

const PAGE_SIZE = 20

/**
 * `number` is what people call it, counted per shop. `shopId` is null for orders of shops that were deleted when that was
 * still possible. `paidPaise` is what the customer paid, or says so; `paymentReceived` whether the owner confirmed it.
 * `waitingSince` is since when it waits for the shop, by the database's clock.
 */
export default class Order extends OrderPayments {
  @belongsTo(() => Shop)
  declare shop: BelongsTo<typeof Shop>

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

  /** Whether an item can turn out not to be there: another one has to be left. Needs the items. */
  get canLeaveOut() {
    return allows('withdraw', this) && this.items.filter(({ available }) => available).length > 1
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
    return this.change(actor, async (order, client) => {
      await check?.(order)
      if (!allows(verb, order)) throw new TransitionRefused(order, verb)
      if (RETURNING_STATES.includes(to)) await giveBack(order, actor, client)
      const line = { subject: 'state', fromValue: order.state, toValue: to, reason } as const
      order.state = to
      return line
    })
  }

  /**
   * The owner does not have the item: it costs nothing any more. It does not come back to the stock,
   * for it is not on the shelf.
   *
   * @throws TransitionRefused when the order is packed already, or nothing else would be left of it
   */
  leaveOut(itemId: string, owner: User) {
    return this.change(owner, async (order, client) => {
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
}

async function giveBack(order: Order, actor: User | null, client: TransactionClientContract) {
  await Product.putBack(await order.related('items').query().where('available', true), client)
  if (order.paymentMethod === 'khata') {
    await Khata.giveBack(order, order.totalPaise, actor, client)
  }
}
