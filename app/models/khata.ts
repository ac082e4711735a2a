import db from '@adonisjs/lucid/services/db'
import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { KhataSchema } from '#database/schema'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { InvitationRefused } from '#exceptions/invitation_refused'
import { KhataRefused } from '#exceptions/khata_refused'
import { SaleRefused } from '#exceptions/sale_refused'
import { SettlementRefused } from '#exceptions/settlement_refused'
import { WeightRefused } from '#exceptions/weight_refused'
import KhataInvitation from '#models/khata_invitation'
import { statementLine, statementOf } from '#models/khata_statement'
import { writeLine } from '#models/khata_line'
import KhataTransaction from '#models/khata_transaction'
import { takeTurnAt } from '#models/khata_turn'
import Shop from '#models/shop'
import User from '#models/user'
import { within } from '#models/within'
import Order from '#models/order'
import { OPEN_STATES } from '#models/order_state'

export type SettlementMethod = 'cash' | 'upi'

/**
 * Credit that a shop gives one customer, with its entries.
 *
 * `invitationId` is null for khatas older than invitations. A khata kept by name has `name` and `mobile` in place of
 * `customerId`; `joinedToId` says which khata has taken over its balance.
 */
export default class Khata extends KhataSchema {
  @belongsTo(() => Shop)
  declare shop: BelongsTo<typeof Shop>

  @belongsTo(() => User, { foreignKey: 'customerId' })
  declare customer: BelongsTo<typeof User>

  @belongsTo(() => Khata, { foreignKey: 'joinedToId' })
  declare joinedTo: BelongsTo<typeof Khata>

  @hasMany(() => KhataTransaction)
  declare transactions: HasMany<typeof KhataTransaction>

  static between(shopId: string, customerId: string) {
    return this.query().where({ shopId, customerId })
  }

  /** Whether the customer with this username has an open khata at the shop. */
  static async isOpenFor(shopId: string, username: string, client?: TransactionClientContract) {
    const khata = await this.query({ client })
      .where({ shopId, state: 'open' })
      .whereHas('customer', (customer) => customer.where({ username }))
      .first()
    return khata !== null
  }

  /** Adds the amount owed to each as `balancePaise`. */
  static async withBalances(khatas: ModelQueryBuilderContract<typeof Khata>) {
    const rows = await khatas.select('*').select(
      db.raw(`(
        SELECT coalesce(sum(amount_paise), 0)::float8
        FROM khata_entries JOIN khata_transactions AS t ON t.id = transaction_id
        WHERE account = 'khata' AND khata_id = khatas.id
      ) AS balance`)
    )
    return rows.map((khata) => ({ khata, balancePaise: Number(khata.$extras.balance) }))
  }

  /** Opens a khata from an invitation just accepted. @throws InvitationRefused when one is open already */
  static async openWith(invitation: KhataInvitation, client: TransactionClientContract) {
    const { id: invitationId, shopId, customerId, limitPaise } = invitation
    const between = { shopId, customerId: customerId! }
    const earlier = await this.query({ client }).where(between).forUpdate().first()
    if (earlier?.isOpen) throw new InvitationRefused('already_open')
    const opened = { state: 'open', invitationId, limitPaise } as const
    if (!earlier) return this.create({ ...between, ...opened }, { client })
    await earlier.merge({ ...opened, closedBy: null }).save()
    return earlier.refresh()
  }

  /** Opens a khata for a customer without an account. @throws KhataRefused when the mobile has an open one */
  static async openByName(
    shop: Shop,
    who: { name: string; mobile: string; limitPaise: number },
    client: TransactionClientContract
  ) {
    await takeTurnAt(shop.id, client)
    const taken = { shopId: shop.id, mobile: who.mobile, state: 'open' }
    if (await this.query({ client }).where(taken).first()) throw new KhataRefused('mobile_taken')
    return this.create({ ...who, shopId: shop.id, state: 'open' }, { client })
  }

  /**
   * Charges the order, which may cost up to `upToPaise` when it is packed.
   *
   * @throws CheckoutRefused when no khata is open or its limit would be exceeded
   */
  static async charge(order: Order, upToPaise: number, client: TransactionClientContract) {
    const khata = await this.#holdFor(order, client)
    if (!khata?.isOpen) throw new CheckoutRefused('payment_method', 'no_khata')
    const left = await khata.#leftPaise(client)
    if (upToPaise > left) throw new CheckoutRefused('payment_method', 'over_limit', left)
    const { customerId: actorId, id: orderId, totalPaise } = order
    await writeLine(khata, { kind: 'order', orderId, actorId }, 'sales', totalPaise, client)
  }

  /** The order costs `paise` more than was charged; less when negative. @throws WeightRefused above the limit */
  static async correct(
    order: Order,
    paise: number,
    actor: User,
    client: TransactionClientContract
  ) {
    if (paise === 0) return
    const khata = (await this.#holdFor(order, client))!
    const left = await khata.#leftPaise(client)
    if (paise > 0 && paise > left) throw new WeightRefused('over_limit', Math.max(0, left))
    const line = { kind: 'weight' as const, orderId: order.id, actorId: actor.id }
    await writeLine(khata, line, 'sales', paise, client)
  }

  /**
   * An order that is changed costs `paise` more than was charged, and up to `upToPaise` more when it is packed; less when
   * negative. One that was to be paid otherwise was charged nothing.
   *
   * @throws CheckoutRefused when no khata is open or its limit would be exceeded
   */
  static async amend(
    order: Order,
    { paise, upToPaise }: { paise: number; upToPaise: number },
    client: TransactionClientContract
  ) {
    const khata = await this.#holdFor(order, client)
    if (!khata?.isOpen) throw new CheckoutRefused('payment_method', 'no_khata')
    const left = await khata.#leftPaise(client)
    if (paise > 0 && upToPaise > left) {
      throw new CheckoutRefused('payment_method', 'over_limit', Math.max(0, left))
    }
    const { customerId: actorId, id: orderId } = order
    const charged = { orderId, kind: 'order' as const }
    const isCharged = await KhataTransaction.query({ client }).where(charged).first()
    const kind = isCharged ? 'amendment' : 'order'
    await writeLine(khata, { kind, orderId, actorId }, 'sales', paise, client)
  }

  /** Charges a sale at the counter. @throws SaleRefused when it is closed, or its limit would be exceeded */
  async sell(amountPaise: number, owner: User, client: TransactionClientContract) {
    const khata = await this.#hold(client)
    if (!khata.isOpen) throw new SaleRefused('khata_closed')
    const leftPaise = Math.max(0, await khata.#leftPaise(client))
    if (amountPaise > leftPaise) throw new SaleRefused('over_limit', { leftPaise })
    const line = { kind: 'sale' as const, actorId: owner.id }
    return writeLine(khata, line, 'sales', amountPaise, client)
  }

  /** Takes an undone sale at the counter off again. @throws SaleRefused when it is closed by now */
  async takeBack(
    { id: reversesId }: KhataTransaction,
    amountPaise: number,
    owner: User,
    reason: string,
    client: TransactionClientContract
  ) {
    const khata = await this.#hold(client)
    if (!khata.isOpen) throw new SaleRefused('khata_closed')
    const line = { kind: 'reversal' as const, reversesId, note: reason, actorId: owner.id }
    await writeLine(khata, line, 'sales', -amountPaise, client)
  }

  /** Takes `amountPaise` of the order's charge off the khata. */
  static async giveBack(
    order: Order,
    amountPaise: number,
    actor: User | null,
    client: TransactionClientContract
  ) {
    const khata = (await this.#holdFor(order, client))!
    const line = { kind: 'return' as const, orderId: order.id, actorId: actor?.id ?? null }
    await writeLine(khata, line, 'sales', -amountPaise, client)
  }

  static #holdFor({ shopId, customerId }: Order, client: TransactionClientContract) {
    return this.query({ client }).where({ shopId: shopId!, customerId }).forUpdate().first()
  }

  /** The amount owed by the customer. */
  async balancePaise(client?: TransactionClientContract): Promise<number> {
    const { rows } = await (client ?? db).rawQuery(
      `SELECT coalesce(sum(amount_paise), 0) AS balance
       FROM khata_entries JOIN khata_transactions AS t ON t.id = transaction_id
       WHERE account = 'khata' AND khata_id = ?`,
      [this.id]
    )
    return Number(rows[0].balance)
  }

  statement(client?: TransactionClientContract) {
    return statementOf(this.id, client)
  }

  /** Records a payment by the customer. @throws SettlementRefused when it exceeds the amount owed */
  async settle(
    amountPaise: number,
    method: SettlementMethod,
    owner: User,
    note: string | null,
    outer?: TransactionClientContract
  ) {
    await within(outer, async (client) => {
      const khata = await this.#holdOpen(client)
      const owed = await khata.balancePaise(client)
      if (amountPaise > owed) throw new SettlementRefused(owed)
      const line = { kind: 'settlement' as const, actorId: owner.id, note }
      await writeLine(khata, line, method, -amountPaise, client)
    })
  }

  /** Reverses a line recorded by mistake. @throws KhataRefused when it was reversed already or cannot be */
  async reverse(
    transactionId: string,
    owner: User,
    reason: string,
    outer?: TransactionClientContract
  ) {
    await within(outer, async (client) => {
      const khata = await this.#holdOpen(client)
      const line = await statementLine(khata.id, transactionId, client)
      if (!line?.reversiblePaise) throw new KhataRefused('not_reversible')
      const { id: reversesId, orderId, account, reversiblePaise } = line
      const reversal = { kind: 'reversal' as const, reversesId, orderId, note: reason }
      await writeLine(khata, { ...reversal, actorId: owner.id }, account, -reversiblePaise, client)
    })
  }

  /**
   * Closes the khata, for either side. @throws KhataRefused unless the balance is zero and its orders are finished
   */
  async close(actor: User) {
    await db.transaction(async (client) => {
      const khata = await this.#hold(client)
      if (!khata.isOpen) return
      if ((await khata.balancePaise(client)) !== 0) throw new KhataRefused('not_even')
      if (await khata.hasOpenOrders(client)) throw new KhataRefused('open_orders')
      await khata.merge({ state: 'closed', closedBy: actor.id }).save()
      if (khata.isByName) await KhataInvitation.endJoining(khata, client)
    })
    await this.refresh()
  }

  /** Changes the locked row. @throws KhataRefused, and errors of `change` */
  async changeLimit(change: (khata: Khata) => void) {
    await db.transaction(async (client) => {
      const khata = await this.#holdOpen(client)
      change(khata)
      await khata.save()
    })
  }

  /** Whether an order charged to it can still change. */
  async hasOpenOrders(client?: TransactionClientContract) {
    const written = KhataTransaction.query({ client }).where('khata_id', this.id).select('order_id')
    const order = await Order.query({ client })
      .whereIn('id', written)
      .whereIn('state', [...OPEN_STATES])
      .first()
    return order !== null
  }

  /** The locked row of an open khata by name. @throws InvitationRefused when it is closed, or an account's by now */
  async holdByName(client: TransactionClientContract) {
    const khata = await this.#hold(client)
    if (!khata.isOpen || !khata.isByName) throw new InvitationRefused('invitation_gone')
    return khata
  }

  /** Whether no account has joined it. */
  get isByName() {
    return this.customerId === null
  }

  /** What the shop calls the customer. Needs the customer of an account's khata. */
  get title() {
    return this.name ?? this.customer.fullName
  }

  get isOpen() {
    return this.state === 'open'
  }

  async #leftPaise(client: TransactionClientContract) {
    return this.limitPaise - (await this.balancePaise(client))
  }

  #hold(client: TransactionClientContract) {
    return Khata.query({ client }).where('id', this.id).forUpdate().firstOrFail()
  }

  async #holdOpen(client: TransactionClientContract) {
    const khata = await this.#hold(client)
    if (!khata.isOpen) throw new KhataRefused('closed')
    return khata
  }
}
