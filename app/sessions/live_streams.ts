import type { Logger } from '@adonisjs/core/logger'
import type { Database } from '@adonisjs/lucid/database'
import type { Listener } from '#services/announcements'

/** More tabs than a person looks at. */
const MOST_OF_A_USER = 10
const REVIEW_EVERY = 60_000

const STANDING = `
  SELECT sessions.id FROM sessions JOIN users ON users.id = user_id
  WHERE sessions.id = ANY(?) AND expires_at > now() AND blocked_at IS NULL`

/** An answer that stays open for a page of a user who is logged in. */
export interface LiveStream {
  sessionId: string
  userId: string
  end(): void
  /** Ends it, and tells the page to come back when it is looked at again. */
  rest(): void
}

/** The live streams of this process. Each ends with its session, wherever that is ended. */
export class LiveStreams implements Listener {
  readonly channel = 'sessions'
  /** The oldest first. */
  #open = new Set<LiveStream>()
  #reviews: NodeJS.Timeout | null = null

  constructor(
    private db: Database,
    private logger: Logger
  ) {}

  /** Returns whether its session still stands. Of too many streams of one user, the oldest rest. */
  async add(stream: LiveStream) {
    this.#open.add(stream)
    const ofUser = [...this.#open].filter(({ userId }) => userId === stream.userId)
    for (const old of ofUser.slice(0, -MOST_OF_A_USER)) {
      this.#open.delete(old)
      old.rest()
    }
    await this.#review([stream])
    return this.#open.has(stream)
  }

  remove(stream: LiveStream) {
    this.#open.delete(stream)
  }

  heard(sessionId: string) {
    this.#end([...this.#open].filter((stream) => stream.sessionId === sessionId))
  }

  /** What ended unheard is found now, and what only expires, once a minute. */
  async startListening() {
    await this.#review([...this.#open])
    this.#reviews = setInterval(() => {
      this.#review([...this.#open]).catch((error) => {
        this.logger.warn({ err: error }, 'sessions of live pages are not known')
      })
    }, REVIEW_EVERY).unref()
  }

  stopListening() {
    clearInterval(this.#reviews ?? undefined)
  }

  async #review(streams: LiveStream[]) {
    if (streams.length === 0) return
    const { rows } = await this.db.rawQuery(STANDING, [streams.map(({ sessionId }) => sessionId)])
    const standing = new Set(rows.map(({ id }: { id: string }) => id))
    this.#end(streams.filter(({ sessionId }) => !standing.has(sessionId)))
  }

  #end(streams: LiveStream[]) {
    for (const stream of streams) {
      this.#open.delete(stream)
      stream.end()
    }
  }
}
