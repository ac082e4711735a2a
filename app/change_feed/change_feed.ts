import type { ChangeEvent } from '#change_feed/change_event'

export interface ChangeFeedStatus {
  state: 'stopped' | 'connecting' | 'streaming'
  /** When the feed last proved that it is alive end to end (a change or a heartbeat came through). */
  heardAt: Date | null
}

export type HandleChanges = (changes: ChangeEvent[]) => Promise<void>

/**
 * Announces committed changes of the tables `shops` and `products`.
 *
 * At least once: a change counts as delivered only after `handle` has resolved; after a crash or a
 * lost connection it comes again. Changes of one row come in the order of their commits.
 */
export abstract class ChangeFeed {
  /** Begins to deliver to `handle`, one call at a time. Connects in the background, for ever. */
  abstract start(handle: HandleChanges): Promise<void>

  /** Finishes the call in hand, confirms it and disconnects. Safe to call twice. */
  abstract stop(): Promise<void>

  abstract status(): ChangeFeedStatus
}
