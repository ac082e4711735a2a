import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { KhataTransactionSchema } from '#database/schema'
import Order from '#models/order'

export interface KhataEntry {
  account: 'khata' | 'sales' | 'cash' | 'upi'
  /** What came to the account; negative when it left it. */
  amountPaise: number
}

/**
 * One event of a khata; its entries, which add up to zero, say what moved from where to where.
 *
 * A line of a khata. `actorId` is null when it happened by itself, such as an order that expired; a reversal has
 * what it undoes in `reversesId`, and why in `note`.
 */
export default class KhataTransaction extends KhataTransactionSchema {
  @belongsTo(() => Order)
  declare order: BelongsTo<typeof Order>
}
