import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@adonisjs/core/logger'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeListener } from '#change_feed/change_feed'
import type { ChangeHandler } from '#change_feed/change_handler'
import { changesHandled, changesSetAside } from '#metrics/metrics'
import type { Position } from '#replication/position'
import type { Replication } from '#replication/replication'

const ATTEMPTS = 3

/** Passes each change to each handler, with a position that covers it. */
export class ChangeDispatcher implements ChangeListener {
  constructor(
    private replication: Replication,
    private handlers: ChangeHandler[],
    private logger: Logger
  ) {}

  async changes(changes: ChangeEvent[]) {
    const transactions = new Set(changes.flatMap(({ transactionId }) => transactionId ?? []))
    const position = await this.replication.positionPast([...transactions])
    for (const handler of this.handlers) await this.#handle(handler, changes, position)
    for (const { table } of changes) changesHandled.inc({ table })
  }

  async heartbeat(sentAt: Date, watermark: Position) {
    const asked = performance.now()
    const age = await this.replication.timeSince(sentAt)
    /** The answer may have been on its way for long, for example while this process was stopped. */
    const ageNow = () => age + performance.now() - asked
    for (const handler of this.handlers) await handler.heartbeat(ageNow(), watermark)
  }

  async gap() {
    const position = await this.replication.currentPosition()
    this.logger.info('changes may have been missed, starting from an empty cache')
    for (const handler of this.handlers) await handler.gap(position)
  }

  /**
   * The feed retries errors of unavailable dependencies. Errors caused by the change itself are retried here, then
   * the batch is bisected; changes that still fail are set aside as dead letters, which counts as a gap.
   */
  async #handle(handler: ChangeHandler, changes: ChangeEvent[], position: Position) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await handler.handle(changes, position)
      } catch (error) {
        if (isUnavailable(error)) throw error
        if (attempt === ATTEMPTS) return this.#setAside(handler, changes, position, error)
        await delay(10 * attempt)
      }
    }
  }

  async #setAside(
    handler: ChangeHandler,
    changes: ChangeEvent[],
    position: Position,
    error: unknown
  ) {
    if (changes.length > 1) {
      for (const change of changes) await this.#handle(handler, [change], position)
      return
    }
    changesSetAside.inc()
    this.logger.error({ err: error, change: changes[0] }, 'change event set aside')
    await handler.gap(position)
  }
}

function isUnavailable(error: unknown) {
  return (error as { status?: number }).status === 503
}
