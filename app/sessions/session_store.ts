import { MessageBuilder } from '@adonisjs/core/helpers'
import { SESSION_COOKIE } from '#config/session'
import { SessionEnded } from '#exceptions/session_ended'
import { holdLogins } from '#models/logins'
import { MOVE_END } from '#sessions/session_age'
import type { HttpContext } from '@adonisjs/core/http'
import type { Database } from '@adonisjs/lucid/database'
import type { SessionData, SessionStoreContract } from '@adonisjs/session/types'
import type { KnownSessions } from '#sessions/known_sessions'

const UPDATE = `UPDATE sessions SET data = :data, ${MOVE_END} WHERE id = :id`

const INSERT = `
  INSERT INTO sessions (id, user_id, data, expires_at)
  VALUES (:id, nullif(:userId, '')::uuid, :data, now() + make_interval(secs => :age))`

const DELETE = 'DELETE FROM sessions WHERE id = :id'

const READS = ['GET', 'HEAD']

interface Settings {
  db: Database
  known: KnownSessions
  /** In seconds. */
  age: { age: number; longestLogin: number }
}

/**
 * Prevents a request from writing a session that ended since it was read, which would undo a logout. Requests that
 * change something fail; a page that only wanted to store something goes on without. A login's session belongs to
 * its user, and is created only if the user's logins were not ended meanwhile.
 */
export class SessionStore implements SessionStoreContract {
  #found = new Set<string>()

  constructor(
    private ctx: HttpContext,
    private settings: Settings
  ) {}

  /** A request without the cookie has no session yet: its id is new. */
  async read(id: string) {
    if (this.ctx.request.cookie(SESSION_COOKIE) !== id) return null
    const { known } = this.settings
    const isLook = READS.includes(this.ctx.request.method())
    const values = await (isLook ? known.find(id) : known.latest(id))
    if (values) this.#found.add(id)
    return values
  }

  async write(id: string, values: SessionData) {
    const { db, age } = this.settings
    const data = new MessageBuilder().build(values, undefined, id)
    if (!this.#found.has(id)) return this.#begin(id, data, Boolean(values.auth_web))
    const { rowCount } = await db.rawQuery(UPDATE, { id, data, ...age })
    if (rowCount === 0 && this.ctx.request.method() !== 'GET') throw new SessionEnded()
  }

  /** An empty session may have been filled meanwhile by another request. */
  async destroy(id: string) {
    if (this.#found.has(id)) await this.settings.db.rawQuery(DELETE, { id })
  }

  /** See `SessionTouches`. */
  async touch() {}

  async #begin(id: string, data: string, isLogin: boolean) {
    const { db, age } = this.settings
    await db.transaction(async (client) => {
      const user = isLogin ? this.ctx.auth.use('web').user : null
      if (isLogin && !user) throw new SessionEnded()
      if (user) await holdLogins(user, client)
      await client.rawQuery(INSERT, { id, data, userId: user?.id ?? '', age: age.age })
    })
  }
}
