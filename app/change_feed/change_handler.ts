import type { ChangeEvent } from '#change_feed/change_event'
import type { Position } from '#replication/position'

/** A consumer of changes. Handlers are idempotent and independent of the order of changes. */
export abstract class ChangeHandler {
  /** `position` is at or past the commit of every change; all of them are visible on the primary. */
  abstract handle(changes: ChangeEvent[], position: Position): Promise<void>

  /** The feed is alive; the heartbeat left the primary `age` ms ago. See `ChangeListener`. */
  abstract heartbeat(age: number, watermark: Position): Promise<void>

  /** Any change before `position` may have been missed. */
  abstract gap(position: Position): Promise<void>
}
