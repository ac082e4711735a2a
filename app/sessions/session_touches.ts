import { LRUCache } from 'lru-cache'
import type { Logger } from '@adonisjs/core/logger'
import type { Database } from '@adonisjs/lucid/database'
import { inBackground } from '#replication/background'
import { MOVE_END } from '#sessions/session_age'

/** How often the expiry of a session in use is extended, and how long it waits for others, in milliseconds. */
const TOUCH_EVERY = 10 * 60 * 1_000
const WAIT_FOR_OTHERS = 5_000

/** Sessions of which it is known. One that is not is only extended more often. */
const MOST = 10_000

const TOUCH = `UPDATE sessions SET ${MOVE_END} WHERE id = ANY(:ids)`

/** Extends the expiry of sessions that are looked at, many in one statement, after the pages were sent. */
export class SessionTouches {
  #noted = new LRUCache<string, true>({ max: MOST, ttl: TOUCH_EVERY })
  #due = new Set<string>()
  #timer: NodeJS.Timeout | null = null

  constructor(
    private db: Database,
    private logger: Logger,
    private age: { age: number; longestLogin: number }
  ) {}

  /** Returns whether the expiry will be extended: at most once in ten minutes. */
  note(id: string) {
    if (this.#noted.get(id)) return false
    this.#noted.set(id, true)
    this.#due.add(id)
    this.#timer ??= setTimeout(() => this.flush(), WAIT_FOR_OTHERS).unref()
    return true
  }

  async flush() {
    clearTimeout(this.#timer ?? undefined)
    this.#timer = null
    const ids = [...this.#due]
    this.#due.clear()
    if (ids.length === 0) return
    try {
      await inBackground(this.db).rawQuery(TOUCH, { ids, ...this.age })
    } catch (error) {
      this.logger.warn({ err: error }, 'the expiry of sessions could not be extended')
      for (const id of ids) this.#noted.delete(id)
    }
  }
}
