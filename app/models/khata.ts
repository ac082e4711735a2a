import db from '@adonisjs/lucid/services/db'
import { BaseModel, belongsTo, column, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { DateTime } from 'luxon'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { SettlementRefused } from '#exceptions/settlement_refused'
import KhataTransaction, { type KhataEntry } from '#models/khata_transaction'
import Shop from '#models/shop'
import User from '#models/user'
import { within } from '#models/within'
import type Order from '#models/order'

export type SettlementMethod = 'cash' | 'upi'

const STATEMENT_LINES = 200

export interface StatementLine {
  kind: KhataTransaction['kind']
  note: string | null
  createdAt: Date
  orderId: string | null
  orderNumber: string | null
  /** Negative when it lowered what is owed. */
  amountPaise: number
  balancePaise: number
  account: KhataEntry['account']
}

/** The credit that a shop gives one customer, and what was written against it. */
export default class Khata extends BaseModel {
  @column({ isPrimary: true })
  declare id: string

  @column()
  declare shopId: string

  @column()
  declare customerId: string

  @column()
  declare limitPaise: number

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @column.dateTime({ autoCreate: true, autoUpdate: true })
  declare updatedAt: DateTime

  @belongsTo(() => Shop)
  declare shop: BelongsTo<typeof Shop>

  @belongsTo(() => User, { foreignKey: 'customerId' })
  declare customer: BelongsTo<typeof User>

  @hasMany(() => KhataTransaction)
  declare transactions: HasMany<typeof KhataTransaction>

  static between(shopId: string, customerId: string) {
    return this.query().where({ shopId, customerId })
  }

  /** These khatas, each with what is owed as `balancePaise`. */
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

  /** Writes the order down. @throws CheckoutRefused when there is no khata or it would be over its limit */
  static async charge(order: Order, client: TransactionClientContract) {
    const khata = await this.#hold(order, client)
    if (!khata) throw new CheckoutRefused('payment_method', 'no_khata')
    const left = khata.limitPaise - (await khata.balancePaise(client))
    if (order.totalPaise > left) throw new CheckoutRefused('payment_method', 'over_limit', left)
    const { customerId: actorId, id: orderId, totalPaise } = order
    await khata.#write({ kind: 'order', orderId, actorId }, 'sales', totalPaise, client)
  }

  /** Takes `amountPaise` of the order off again. */
  static async giveBack(
    order: Order,
    amountPaise: number,
    actor: User | null,
    client: TransactionClientContract
  ) {
    const khata = (await this.#hold(order, client))!
    const line = { kind: 'return' as const, orderId: order.id, actorId: actor?.id ?? null }
    await khata.#write(line, 'sales', -amountPaise, client)
  }

  static #hold({ shopId, customerId }: Order, client: TransactionClientContract) {
    return this.query({ client }).where({ shopId: shopId!, customerId }).forUpdate().first()
  }

  /** What the customer owes. */
  async balancePaise(client?: TransactionClientContract): Promise<number> {
    const { rows } = await (client ?? db).rawQuery(
      `SELECT coalesce(sum(amount_paise), 0) AS balance
       FROM khata_entries JOIN khata_transactions AS t ON t.id = transaction_id
       WHERE account = 'khata' AND khata_id = ?`,
      [this.id]
    )
    return Number(rows[0].balance)
  }

  /** What was written, the newest first, with what was owed after each line. */
  async statement(): Promise<StatementLine[]> {
    const { rows } = await db.rawQuery(
      `SELECT t.kind, t.note, t.created_at AS "createdAt", orders.id AS "orderId", number AS "orderNumber",
         amount_paise::float8 AS "amountPaise",
         sum(amount_paise) OVER (ORDER BY t.id)::float8 AS "balancePaise",
         (SELECT other.account FROM khata_entries AS other
          WHERE other.transaction_id = t.id AND other.account <> 'khata') AS account
       FROM khata_transactions AS t
       JOIN khata_entries AS entry ON entry.transaction_id = t.id AND entry.account = 'khata'
       LEFT JOIN orders ON orders.id = order_id
       WHERE khata_id = ? ORDER BY t.id DESC LIMIT ${STATEMENT_LINES}`,
      [this.id]
    )
    return rows
  }

  /** The customer pays back. @throws SettlementRefused when it is more than they owe */
  async settle(
    amountPaise: number,
    method: SettlementMethod,
    owner: User,
    note: string | null,
    outer?: TransactionClientContract
  ) {
    await within(outer, async (client) => {
      const khata = await Khata.query({ client }).where('id', this.id).forUpdate().firstOrFail()
      const owed = await khata.balancePaise(client)
      if (amountPaise > owed) throw new SettlementRefused(owed)
      const line = { kind: 'settlement' as const, actorId: owner.id, note }
      await khata.#write(line, method, -amountPaise, client)
    })
  }

  /** `amountPaise` moves to the khata from the other account, or back when it is negative. */
  async #write(
    line: Partial<KhataTransaction>,
    account: KhataEntry['account'],
    amountPaise: number,
    client: TransactionClientContract
  ) {
    const { id } = await KhataTransaction.create({ ...line, khataId: this.id }, { client })
    await client.rawQuery(
      `INSERT INTO khata_entries (transaction_id, account, amount_paise)
       VALUES (:id, 'khata', :amountPaise), (:id, :account, -cast(:amountPaise AS bigint))`,
      { id, account, amountPaise }
    )
  }
}
