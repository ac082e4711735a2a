import type { ChangeEvent } from '#change_feed/change_event'
import type { Position } from '#replication/position'

export interface ChangeFeedStatus {
  state: 'stopped' | 'connecting' | 'streaming'
  /** When the feed last proved that it is alive end to end (a change or a heartbeat came through). */
  heardAt: Date | null
}

/** Who listens to a feed. The feed waits for each call, and makes one at a time. */
export interface ChangeListener {
  changes(changes: ChangeEvent[]): Promise<void>
  /**
   * The feed is alive. The heartbeat set out from the primary at `sentAt`, by the primary's clock; every
   * change up to `watermark` was handed over before it (0 where the feed cannot tell).
   */
  heartbeat(sentAt: Date, watermark: Position): Promise<void>
  /** Changes may have been missed, for example because the slot was lost. */
  gap(): Promise<void>
}

/**
 * Announces committed changes of the tables `shops` and `products`.
 *
 * At least once: a change counts as delivered only after the listener's call has resolved; after a crash or a
 * lost connection it comes again. Changes of one row come in the order of their commits.
 */
export abstract class ChangeFeed {
  /** Begins to deliver. Connects in the background, and again whenever the connection is lost. */
  abstract start(listener: ChangeListener): Promise<void>

  /** Finishes the call in hand, confirms it and disconnects. Safe to call twice. */
  abstract stop(): Promise<void>

  abstract status(): ChangeFeedStatus
}
