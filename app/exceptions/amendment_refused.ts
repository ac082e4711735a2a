import { Exception } from '@adonisjs/core/exceptions'
import type OrderItem from '#models/order_item'

export type LineRule =
  | 'left_out'
  | 'in_order'
  | 'weighed'
  | 'withdrawn'
  | 'recounted'
  | 'price_up'
  | 'too_little'
  | 'too_much'
  | 'short'

export type TotalRule =
  'nothing_left' | 'too_many' | 'below_minimum' | 'over_limit' | 'paid' | 'reported' | 'costs_more'

export interface Refused {
  rule: LineRule | TotalRule
  /** The line; null for the order as a whole. */
  item: OrderItem | null
  /** Value in the message: paise of a price or total, or packs or base units of a line. */
  amount: number
}

/** The order cannot be changed to this; shown at the lines and at the button. */
export class AmendmentRefused extends Exception {
  static code = 'E_AMENDMENT_REFUSED'
  static status = 422

  constructor(readonly refused: Refused[]) {
    super(`Amendment refused: ${refused.map(({ rule }) => rule).join(', ')}`)
  }
}
