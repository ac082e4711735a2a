import type { IncomingMessage } from 'node:http'
import type { Position } from '#replication/position'

/** A value that came from a cache, which can tell whether it would give the same to this request now. */
export interface CachedValue {
  data: unknown
  isCurrent(request: IncomingMessage): boolean
}

/** Minimum position for a session's reads: what it has written and what it has seen. */
export class SessionClock {
  #written: Position
  #seen: Position
  #values: CachedValue[] | null = []

  constructor(written: Position | null, seen: Position | null) {
    this.#written = written ?? 0n
    this.#seen = seen ?? 0n
  }

  /** Minimum position of a read; 0 when any will do. */
  get needed(): Position {
    return later(this.#written, this.#seen)
  }

  /** What a replica may have shown before the primary did; the primary always shows the session's writes. */
  get seen(): Position {
    return this.#seen
  }

  /**
   * The session was shown data at this position.
   *
   * @param value where it is cached
   */
  saw(position: Position, value: CachedValue | null = null) {
    this.#seen = later(this.#seen, position)
    if (value) this.dependsOn(value)
    else this.#values = null
  }

  /** The answer depends on this value. */
  dependsOn(value: CachedValue) {
    this.#values?.push(value)
  }

  /** Everything that the answer depends on; null when some of it is not cached. */
  get values() {
    return this.#values
  }

  /** The session's write was visible on the primary at this position. */
  wrote(position: Position) {
    this.#written = later(this.#written, position)
  }
}

export function later(one: Position, other: Position) {
  return one > other ? one : other
}

export function earlier(one: Position, other: Position) {
  return one < other ? one : other
}
