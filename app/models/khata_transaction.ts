import { BaseModel, belongsTo, column } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { DateTime } from 'luxon'
import Order from '#models/order'

export interface KhataEntry {
  account: 'khata' | 'sales' | 'cash' | 'upi'
  /** What came to the account; negative when it left it. */
  amountPaise: number
}

/** One event of a khata; its entries, which add up to zero, say what moved from where to where. */
export default class KhataTransaction extends BaseModel {
  @column({ isPrimary: true })
  declare id: string

  @column()
  declare khataId: string

  @column()
  declare orderId: string | null

  /** Null when nobody in particular did it: the order was not accepted in time. */
  @column()
  declare actorId: string | null

  @column()
  declare kind: 'order' | 'return' | 'settlement' | 'reversal'

  /** What a reversal undoes. */
  @column()
  declare reversesId: string | null

  /** Of a reversal: why. */
  @column()
  declare note: string | null

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @belongsTo(() => Order)
  declare order: BelongsTo<typeof Order>
}
