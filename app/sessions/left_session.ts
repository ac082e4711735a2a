import db from '@adonisjs/lucid/services/db'
import type { CartItem } from '#cart/cart'

export const FOLLOWED_FOR = `interval '60 seconds'`

/** A guest's session that a login has ended. It shows a further login the way to the cart, and nothing else. */
export interface LeftSession {
  userId: string
  /** The session that the login began. */
  successor: string
  /** What the guest had in it. */
  cart: CartItem[]
}

/** Who has left this session within the last minute, the first of them first. */
export async function leftSessions(id: string): Promise<LeftSession[]> {
  const { rows } = await db.rawQuery(
    `SELECT user_id AS "userId", successor, cart
     FROM left_sessions WHERE id = ? AND left_at > now() - ${FOLLOWED_FOR} ORDER BY left_at`,
    [id]
  )
  return rows
}

/** Notes where a login went. */
export async function leaveSession(id: string, { cart, ...left }: LeftSession) {
  await db.rawQuery(
    `INSERT INTO left_sessions (id, user_id, successor, cart)
     VALUES (:id, :userId, :successor, :cart)
     ON CONFLICT (id, user_id) DO UPDATE SET successor = excluded.successor`,
    { id, ...left, cart: JSON.stringify(cart) }
  )
}

export async function sessionExists(id: string) {
  return (
    (await db.from('sessions').where('id', id).where('expires_at', '>', new Date()).first()) !==
    null
  )
}
