import type { Position } from '#replication/position'

/** How fresh the reads of one session must be: never older than what it wrote, nor than what it saw. */
export class SessionClock {
  #needed: Position

  constructor(written: Position | null, seen: Position | null) {
    this.#needed = later(written ?? 0n, seen ?? 0n)
  }

  /** The position that a read must have reached; 0 when any will do. */
  get needed(): Position {
    return this.#needed
  }

  /** The session has been shown data of this position. */
  saw(position: Position) {
    this.#needed = later(this.#needed, position)
  }
}

function later(one: Position, other: Position) {
  return one > other ? one : other
}
