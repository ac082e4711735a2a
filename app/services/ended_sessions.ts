import { MessageBuilder } from '@adonisjs/core/helpers'
import string from '@adonisjs/core/helpers/string'
import { SessionEnded } from '#exceptions/session_ended'
import type { HttpContext } from '@adonisjs/core/http'
import type { Database } from '@adonisjs/lucid/database'
import type { SessionData, SessionStoreContract } from '@adonisjs/session/types'

/**
 * What a request has read and another one has ended since is not written again, or a logout would be undone. A
 * change fails then; a page that only came along with something to remember does without.
 */
export function keepEnded<Store extends SessionStoreContract>(
  store: Store,
  { ctx, db, age }: { ctx: HttpContext; db: Database; age: string }
): Store {
  const found = new Set<string>()
  const read = store.read.bind(store)
  const write = store.write.bind(store)
  store.read = async (sessionId: string) => {
    const values = await read(sessionId)
    if (values) found.add(sessionId)
    return values
  }
  /** A session that was empty may have been begun meanwhile, by the first product of a cart. */
  const destroy = store.destroy.bind(store)
  store.destroy = async (sessionId: string) => {
    if (found.has(sessionId)) await destroy(sessionId)
  }
  store.write = async (sessionId: string, values: SessionData) => {
    if (!found.has(sessionId)) return write(sessionId, values)
    const [changed] = await db
      .from('sessions')
      .where('id', sessionId)
      .update({
        data: new MessageBuilder().build(values, undefined, sessionId),
        expires_at: new Date(Date.now() + string.seconds.parse(age) * 1_000),
      })
      .returning('id')
    if (!changed && ctx.request.method() !== 'GET') throw new SessionEnded()
  }
  return store
}
