import { BaseModel, belongsTo, column } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { DateTime } from 'luxon'
import User from '#models/user'

export default class OrderEvent extends BaseModel {
  @column({ isPrimary: true })
  declare id: string

  @column()
  declare orderId: string

  /** Null when it happened by itself. */
  @column()
  declare actorId: string | null

  @column()
  declare subject: 'state' | 'payment' | 'item'

  @column()
  declare fromValue: string | null

  @column()
  declare toValue: string

  @column()
  declare reason: string | null

  /** The money that it is about, if any. */
  @column({ consume: (value) => (value === null ? null : Number(value)) })
  declare amountPaise: number | null

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @belongsTo(() => User, { foreignKey: 'actorId' })
  declare actor: BelongsTo<typeof User>
}
