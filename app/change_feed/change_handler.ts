import type { ChangeEvent } from '#change_feed/change_event'
import type { Position } from '#replication/position'

/** Something that follows the data. Handlers are idempotent and do not depend on the order of changes. */
export abstract class ChangeHandler {
  /** `position` is at or past the commit of every change, and all of them are visible on the primary. */
  abstract handle(changes: ChangeEvent[], position: Position): Promise<void>

  /** The feed is alive, and was `age` milliseconds ago at the primary; see `ChangeListener`. */
  abstract heartbeat(age: number, watermark: Position): Promise<void>

  /** Any change before `position` may have been missed. */
  abstract gap(position: Position): Promise<void>
}
