import type { Logger } from '@adonisjs/core/logger'
import type { Database } from '@adonisjs/lucid/database'
import type { Listener } from '#replication/announcements'

/** More tabs than anyone watches. */
const MOST_OF_A_USER = 10
const REVIEW_EVERY = 60_000

const STANDING = `
  SELECT sessions.id FROM sessions JOIN users ON users.id = user_id
  WHERE sessions.id = ANY(?) AND expires_at > now() AND blocked_at IS NULL`

/** An open event stream of a logged-in user. */
export interface LiveStream {
  sessionId: string
  userId: string
  /** Ends it and tells its pages that the login has ended. */
  end(): void
  /** Ends it and tells the page to reconnect when it becomes visible. */
  rest(): void
}

/** The event streams of this process. Each ends with its session, on any server. */
export class LiveStreams implements Listener {
  readonly channels = ['sessions']
  /** Oldest first. */
  #open = new Set<LiveStream>()
  #reviews: NodeJS.Timeout | null = null

  constructor(
    private db: Database,
    private logger: Logger
  ) {}

  get size() {
    return this.#open.size
  }

  /** Returns whether the session is still valid. When a user has too many streams, the oldest are paused. */
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

  /** Finds sessions that ended while not listening; expired ones are found once a minute. */
  async startListening() {
    await this.#review([...this.#open])
    this.#reviews = setInterval(() => {
      this.#review([...this.#open]).catch((error) => {
        this.logger.warn({ err: error }, 'sessions of live pages could not be checked')
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
