import db from '@adonisjs/lucid/services/db'

export const FOLLOWED_FOR = `interval '60 seconds'`

/** A guest session ended by a login. */
export interface LeftSession {
  userId: string
  /** The session created by the login. */
  successor: string
}

/** Logins that ended this session within the last minute, oldest first. */
export async function leftSessions(id: string): Promise<LeftSession[]> {
  const { rows } = await db.rawQuery(
    `SELECT user_id AS "userId", successor
     FROM left_sessions WHERE id = ? AND left_at > now() - ${FOLLOWED_FOR} ORDER BY left_at`,
    [id]
  )
  return rows
}

/** Records where a login went. */
export async function leaveSession(id: string, left: LeftSession) {
  await db.rawQuery(
    `INSERT INTO left_sessions (id, user_id, successor)
     VALUES (:id, :userId, :successor)
     ON CONFLICT (id, user_id) DO UPDATE SET successor = excluded.successor`,
    { id, ...left }
  )
}

export async function sessionExists(id: string) {
  return (
    (await db.from('sessions').where('id', id).where('expires_at', '>', new Date()).first()) !==
    null
  )
}
