import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeHandler } from '#change_feed/change_handler'
import type { Replication } from '#replication/replication'

/** Gives every change to every handler, with a position that covers it. */
export class ChangeDispatcher {
  constructor(
    private replication: Replication,
    private handlers: ChangeHandler[]
  ) {}

  async dispatch(changes: ChangeEvent[]) {
    const transactions = new Set(changes.flatMap(({ transactionId }) => transactionId ?? []))
    const position = await this.replication.positionPast([...transactions])
    for (const handler of this.handlers) await handler.handle(changes, position)
  }
}
