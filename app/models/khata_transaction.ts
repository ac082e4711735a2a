import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { KhataTransactionSchema } from '#database/schema'
import Khata from '#models/khata'
import Order from '#models/order'

export interface KhataEntry {
  account: 'khata' | 'sales' | 'cash' | 'upi' | 'transfer'
  /** Negative when the money left the account. */
  amountPaise: number
}

/**
 * One line of a khata. Its entries add up to zero and say which accounts the money moved between.
 *
 * `actorId` is null for automatic lines, such as an expired order. A reversal has the id of the reversed line in
 * `reversesId` and the reason in `note`. A transfer moves the balance of a khata by name, which `note` says, to an account's.
 */
export default class KhataTransaction extends KhataTransactionSchema {
  @belongsTo(() => Khata)
  declare khata: BelongsTo<typeof Khata>

  @belongsTo(() => Order)
  declare order: BelongsTo<typeof Order>
}
