import db from '@adonisjs/lucid/services/db'
import { SESSION_COOKIE } from '#config/session'
import { formKeyOf } from '#sessions/turn_of'
import type { HttpContext } from '@adonisjs/core/http'

export const FOLLOWED_FOR = `interval '60 seconds'`

/** A login, known by the form that was sent, or the guest session that it ended. */
export interface LeftSession {
  userId: string
  /** The session created by the login. */
  successor: string
}

const LOGINS = ['sessions.store', 'accounts.store']

export const isLogin = ({ route }: HttpContext) => LOGINS.includes(route?.name ?? '')

/** What two quick taps on one button have in common. */
export function keysOf(ctx: HttpContext): string[] {
  const formKey = isLogin(ctx) ? formKeyOf(ctx) : null
  return [ctx.request.cookie(SESSION_COOKIE), formKey].filter((key) => typeof key === 'string')
}

/** Logins under one of these keys within the last minute, oldest first. */
export async function leftSessions(keys: string[]): Promise<LeftSession[]> {
  const { rows } = await db.rawQuery(
    `SELECT user_id AS "userId", successor
     FROM left_sessions WHERE id = ANY(?) AND left_at > now() - ${FOLLOWED_FOR} ORDER BY left_at`,
    [keys]
  )
  return rows
}

/** Records where a login went. */
export async function leaveSession(keys: string[], left: LeftSession) {
  await db.rawQuery(
    `INSERT INTO left_sessions (id, user_id, successor)
     SELECT key, :userId, :successor FROM unnest(:keys::text[]) AS key
     ON CONFLICT (id, user_id) DO UPDATE SET successor = excluded.successor`,
    { keys, ...left }
  )
}

export async function sessionExists(id: string) {
  return (
    (await db.from('sessions').where('id', id).where('expires_at', '>', new Date()).first()) !==
    null
  )
}
