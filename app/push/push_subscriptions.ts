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

/** The session is kept from ending meanwhile. A browser that another login subscribed before is taken over. */
const SUBSCRIBE = `
  INSERT INTO push_subscriptions (session_id, endpoint, p256dh, auth, server_key, locale)
  SELECT id, :endpoint, :p256dh, :auth, :serverKey, :locale FROM sessions WHERE id = :sessionId FOR KEY SHARE
  ON CONFLICT (endpoint) DO UPDATE SET session_id = excluded.session_id, p256dh = excluded.p256dh,
    auth = excluded.auth, server_key = excluded.server_key, locale = excluded.locale`

/** Tells the browser of this session about new orders, and not another one that the session had before. */
export async function subscribe(sessionId: string, subscription: PushSubscription) {
  await db.transaction(async (client) => {
    await client
      .from('push_subscriptions')
      .where('session_id', sessionId)
      .whereNot('endpoint', subscription.endpoint)
      .delete()
    const { rowCount } = await client.rawQuery(SUBSCRIBE, { sessionId, ...subscription })
    if (rowCount === 0) throw new SessionEnded()
  })
}

export async function unsubscribe(sessionId: string) {
  await db.from('push_subscriptions').where('session_id', sessionId).delete()
}

/** Whether the browser of this session is told about new orders. */
export async function isSubscribed(sessionId: string, client: QueryClientContract) {
  return (await client.from('push_subscriptions').where('session_id', sessionId).first()) !== null
}
