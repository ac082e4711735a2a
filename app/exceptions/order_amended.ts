import { TransitionRefused } from '#exceptions/transition_refused'
import type Order from '#models/order'

/** The customer changed the order since the page was shown. */
export class OrderAmended extends TransitionRefused {
  static code = 'E_ORDER_AMENDED'

  readonly says: string = 'amend.meanwhile'

  constructor(order: Order) {
    super(order, 'as it was shown')
  }
}
