import type { Position } from '#replication/position'

/** How fresh the reads of one session must be: never older than what it wrote, nor than what it saw. */
export class SessionClock {
  #written: Position
  #seen: Position

  constructor(written: Position | null, seen: Position | null) {
    this.#written = written ?? 0n
    this.#seen = seen ?? 0n
  }

  /** The position that a read must have reached; 0 when any will do. */
  get needed(): Position {
    return later(this.#written, this.#seen)
  }

  /** What a replica may have shown while the primary did not show it yet; what was written, it does show. */
  get seen(): Position {
    return this.#seen
  }

  /** The session has been shown data of this position. */
  saw(position: Position) {
    this.#seen = later(this.#seen, position)
  }

  /** The session has written, and the primary showed it when it was at this position. */
  wrote(position: Position) {
    this.#written = later(this.#written, position)
  }
}

export function later(one: Position, other: Position) {
  return one > other ? one : other
}
