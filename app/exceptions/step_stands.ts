import { TransitionRefused } from '#exceptions/transition_refused'
import type Order from '#models/order'

/** The ten seconds in which a step can be undone are over. */
export class StepStands extends TransitionRefused {
  static code = 'E_STEP_STANDS'

  readonly says: string = 'board.step_stands'

  constructor(order: Order, cause: unknown) {
    super(order, 'step back', null, { cause })
  }
}
