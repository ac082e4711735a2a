import type { ChangeEvent } from '#change_feed/change_event'
import type { Position } from '#replication/position'

export interface ChangeFeedStatus {
  state: 'stopped' | 'connecting' | 'streaming'
  /** When a change or heartbeat last came through the whole feed. */
  heardAt: Date | null
}

/** A consumer of the feed. Calls are sequential and awaited. */
export interface ChangeListener {
  changes(changes: ChangeEvent[]): Promise<void>
  /**
   * Heartbeat, sent from the primary at `sentAt` (primary's clock). Every change up to `watermark` was delivered
   * before it (0 when the feed cannot tell).
   */
  heartbeat(sentAt: Date, watermark: Position): Promise<void>
  /** Changes may have been missed, for example because the slot was lost. */
  gap(): Promise<void>
}

/**
 * Announces committed changes of the `ANNOUNCED_TABLES`.
 *
 * Delivery is at-least-once: a change is acknowledged after the listener's call resolves, and redelivered after a
 * crash or a lost connection. Changes of one row arrive in commit order.
 */
export abstract class ChangeFeed {
  /** Starts delivering. Connects in the background and reconnects when the connection is lost. */
  abstract start(listener: ChangeListener): Promise<void>

  /** Finishes and acknowledges the current call, then disconnects. Idempotent. */
  abstract stop(): Promise<void>

  abstract status(): ChangeFeedStatus
}
