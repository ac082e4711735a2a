import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { SessionEnded } from '#exceptions/session_ended'

/** What a browser says of itself, and which of the server's keys it knows. */
export interface PushSubscription {
  endpoint: string
  p256dh: string
  auth: string
  serverKey: string
  locale: string
}

/** The session is kept from ending meanwhile, and its requests come one after the other. */
const HOLD_SESSION = 'SELECT FROM sessions WHERE id = :sessionId FOR NO KEY UPDATE'

/** In the order of their ids: two logins that exchange their browsers wait for each other, without a deadlock. */
const HOLD_SUBSCRIPTIONS = `
  SELECT FROM push_subscriptions WHERE session_id = :sessionId OR endpoint = :endpoint ORDER BY id FOR UPDATE`

/** A browser that another login subscribed before is taken over. */
const SUBSCRIBE = `
  INSERT INTO push_subscriptions (session_id, endpoint, p256dh, auth, server_key, locale)
  VALUES (:sessionId, :endpoint, :p256dh, :auth, :serverKey, :locale)
  ON CONFLICT (endpoint) DO UPDATE SET session_id = excluded.session_id, p256dh = excluded.p256dh,
    auth = excluded.auth, server_key = excluded.server_key, locale = excluded.locale`

/**
 * Tells the browser of this session about new orders, and not another one that the session had before.
 *
 * @param isRenewal only when the session is told already: a browser renews also what another person turned on
 */
export async function subscribe(
  sessionId: string,
  subscription: PushSubscription,
  { isRenewal = false } = {}
) {
  const values = { sessionId, ...subscription }
  await db.transaction(async (client) => {
    const { rowCount } = await client.rawQuery(HOLD_SESSION, { sessionId })
    if (rowCount === 0) throw new SessionEnded()
    await client.rawQuery(HOLD_SUBSCRIPTIONS, values)
    if (isRenewal && !(await isSubscribed(sessionId, client))) return
    await client
      .from('push_subscriptions')
      .where('session_id', sessionId)
      .whereNot('endpoint', subscription.endpoint)
      .delete()
    await client.rawQuery(SUBSCRIBE, values)
  })
}

export async function unsubscribe(sessionId: string) {
  await db.from('push_subscriptions').where('session_id', sessionId).delete()
}

/** Whether the browser of this session is told about new orders. */
export async function isSubscribed(sessionId: string, client: QueryClientContract) {
  return (await client.from('push_subscriptions').where('session_id', sessionId).first()) !== null
}
