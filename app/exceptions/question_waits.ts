import { TransitionRefused } from '#exceptions/transition_refused'
import type Order from '#models/order'

/** The customer was asked about a weight and has not answered. */
export class QuestionWaits extends TransitionRefused {
  static code = 'E_QUESTION_WAITS'

  readonly says: string = 'weights.question_waits'

  constructor(order: Order) {
    super(order, 'pack', 'packed')
  }
}
