import type { Position } from '#replication/position'

/**
 * Rows whose changes were announced a moment ago. All others are as the primary has them on every replica that has
 * reached a position sampled one check earlier: replicas had time to reach that.
 */
export class RecentChanges {
  /** Announced since the checks that may still be replayed; the last set is being filled. */
  #changed: Set<string>[] = []
  #sampled: Position | null = null
  #reached: Position | null = null

  note(table: string, id: string) {
    this.#changed.at(-1)?.add(`${table} ${id}`)
  }

  /** The next sample is about to be taken: it covers what was announced until now. */
  beginCheck() {
    this.#changed.push(new Set())
  }

  /** @param position past every commit announced before the check began */
  endCheck(position: Position) {
    this.#reached = this.#sampled
    this.#sampled = position
    this.#changed = this.#changed.slice(-2)
  }

  /** Announcements may be missed. */
  forget() {
    this.#changed = []
    this.#sampled = null
    this.#reached = null
  }

  /** What a replica must have reached to know the row as it is; null when only the primary is sure to. */
  positionFor(table: string, id: string): Position | null {
    const isRecent = this.#changed.some((keys) => {
      return keys.has(`${table} ${id}`) || keys.has(`${table} *`)
    })
    return isRecent ? null : this.#reached
  }
}
