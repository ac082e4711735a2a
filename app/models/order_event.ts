import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { OrderEventSchema } from '#database/schema'
import User from '#models/user'

/** A line of an order's history. `actorId` is null for automatic events; `amountPaise` is set for money events. */
export default class OrderEvent extends OrderEventSchema {
  @belongsTo(() => User, { foreignKey: 'actorId' })
  declare actor: BelongsTo<typeof User>
}
