import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { isPushOn, pushSettings } from '#push/push_settings'

/** One message to one browser. Claimed by one server at a time, until its lease ends. */
export interface QueuedMessage {
  id: string
  subscriptionId: string
  /** How often it was claimed, this time included. */
  attempts: number
  endpoint: string
  p256dh: string
  auth: string
  serverKey: string
  locale: string
  shopId: string
  /** In seconds. */
  ttl: number
  /** Whether the order still waits for the person whose login it is, at a shop that is theirs. */
  isWanted: boolean
}

/** A server that ends after claiming leaves its messages to another one after this, in seconds. */
const LEASE = 60

/** Subscriptions that are ending are left out rather than waited for: an order never fails for them. */
const QUEUE = `
  INSERT INTO push_messages (subscription_id, order_id, expires_at)
  SELECT push_subscriptions.id, :orderId, now() + make_interval(secs => :ttl)
  FROM push_subscriptions
  JOIN sessions ON sessions.id = session_id
  JOIN shops ON owner_id = user_id
  WHERE shops.id = :shopId
  FOR KEY SHARE OF push_subscriptions SKIP LOCKED`

const CLAIM = `
  WITH claimed AS (
    UPDATE push_messages SET attempts = attempts + 1, due_at = now() + make_interval(secs => ${LEASE})
    WHERE id = ANY(ARRAY(
      SELECT id FROM push_messages WHERE due_at <= now() ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED
    ))
    RETURNING id, subscription_id, order_id, attempts, expires_at
  )
  SELECT claimed.id, claimed.subscription_id AS "subscriptionId", claimed.attempts, endpoint, p256dh, auth,
    server_key AS "serverKey", coalesce(users.locale, push_subscriptions.locale) AS locale, orders.shop_id AS "shopId",
    ceil(extract(epoch FROM claimed.expires_at - now()))::integer AS ttl,
    claimed.expires_at > now() AND sessions.expires_at > now() AND users.blocked_at IS NULL
      AND shops.owner_id = users.id AND orders.state = 'placed' AS "isWanted"
  FROM claimed
  JOIN push_subscriptions ON push_subscriptions.id = claimed.subscription_id
  JOIN sessions ON sessions.id = session_id
  JOIN users ON users.id = sessions.user_id
  JOIN orders ON orders.id = order_id
  JOIN shops ON shops.id = orders.shop_id`

/** Part of the order's transaction; none while push is off. */
export async function queueMessages(
  { id: orderId, shopId }: { id: string; shopId: string | null },
  client: TransactionClientContract
) {
  if (!shopId || !isPushOn()) return
  await client.rawQuery(QUEUE, { orderId, shopId, ttl: pushSettings().ttl })
}

/** Messages that are due and that no other server has claimed. */
export async function claimMessages(
  most: number,
  client: QueryClientContract
): Promise<QueuedMessage[]> {
  const { rows } = await client.rawQuery(CLAIM, { most })
  return rows
}

export async function dropMessage({ id }: QueuedMessage, client: QueryClientContract) {
  await client.from('push_messages').where('id', id).delete()
}

export async function dropSubscription(
  { subscriptionId }: QueuedMessage,
  client: QueryClientContract
) {
  await client.from('push_subscriptions').where('id', subscriptionId).delete()
}

/** @param seconds from now */
export async function retryMessage(
  { id }: QueuedMessage,
  seconds: number,
  client: QueryClientContract
) {
  await client.rawQuery(
    'UPDATE push_messages SET due_at = now() + make_interval(secs => :seconds) WHERE id = :id',
    { id, seconds }
  )
}
