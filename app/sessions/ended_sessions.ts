import { MessageBuilder } from '@adonisjs/core/helpers'
import string from '@adonisjs/core/helpers/string'
import { SessionEnded } from '#exceptions/session_ended'
import { holdLogins } from '#models/logins'
import type { HttpContext } from '@adonisjs/core/http'
import type { Database } from '@adonisjs/lucid/database'
import type { SessionData, SessionStoreContract } from '@adonisjs/session/types'

/** Extends the expiry, up to the maximum lifetime of a login. */
const MOVE_END = `expires_at = least(now() + make_interval(secs => :age),
  CASE WHEN user_id IS NOT NULL THEN began_at + make_interval(secs => :longestLogin) END)`
const UPDATE = `UPDATE sessions SET data = :data, ${MOVE_END} WHERE id = :id`
const TOUCH = `UPDATE sessions SET ${MOVE_END} WHERE id = :id`

const INSERT = `
  INSERT INTO sessions (id, user_id, data, expires_at)
  VALUES (:id, :userId, :data, now() + make_interval(secs => :age))`

interface Settings {
  ctx: HttpContext
  db: Database
  age: string
  longestLogin: string
}

/**
 * Prevents a request from writing a session that ended since it was read, which would undo a logout. Requests that
 * change something fail; a page that only wanted to store something goes on without. A login's session belongs to
 * its user, and is created only if the user's logins were not ended meanwhile.
 */
export function keepEnded<Store extends SessionStoreContract>(
  store: Store,
  { ctx, db, ...settings }: Settings
): Store {
  const found = new Set<string>()
  const read = store.read.bind(store)
  const write = store.write.bind(store)
  const age = string.seconds.parse(settings.age)
  const longestLogin = string.seconds.parse(settings.longestLogin)

  const begin = (id: string, data: string) =>
    db.transaction(async (client) => {
      const user = ctx.auth.use('web').user
      if (!user) throw new SessionEnded()
      await holdLogins(user, client)
      await client.rawQuery(INSERT, { id, data, age, userId: user.id })
    })

  store.read = async (sessionId: string) => {
    const values = await read(sessionId)
    if (values) found.add(sessionId)
    return values
  }
  /** An empty session may have been filled meanwhile, by the first product added to a cart. */
  const destroy = store.destroy.bind(store)
  store.destroy = async (sessionId: string) => {
    if (found.has(sessionId)) await destroy(sessionId)
  }
  store.write = async (sessionId: string, values: SessionData) => {
    const data = new MessageBuilder().build(values, undefined, sessionId)
    if (found.has(sessionId)) {
      const { rowCount } = await db.rawQuery(UPDATE, { id: sessionId, data, age, longestLogin })
      if (rowCount === 0 && ctx.request.method() !== 'GET') throw new SessionEnded()
    } else if (values.auth_web) {
      await begin(sessionId, data)
    } else {
      await write(sessionId, values)
    }
  }
  store.touch = async (sessionId: string) => {
    await db.rawQuery(TOUCH, { id: sessionId, age, longestLogin })
  }
  return store
}
