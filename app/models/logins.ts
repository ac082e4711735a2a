import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { SessionEnded } from '#exceptions/session_ended'
import { UserBlocked } from '#exceptions/user_blocked'
import type User from '#models/user'

type Client = TransactionClientContract

const DELETE = {
  sessions: 'DELETE FROM sessions WHERE user_id = :id AND id <> :except',
  tokens: 'DELETE FROM access_tokens WHERE tokenable_id = :id',
}

/**
 * Ends the user's logins; database triggers tell every server. Increments `logins_ended`, which makes logins in
 * progress fail.
 *
 * @returns how many logins ended
 */
export async function endLogins(
  user: User,
  what: keyof typeof DELETE,
  client: Client,
  except = ''
): Promise<number> {
  const { rows } = await client.rawQuery(
    'UPDATE users SET logins_ended = logins_ended + 1 WHERE id = ? RETURNING logins_ended AS count',
    [user.id]
  )
  user.$original.loginsEnded = user.$attributes.loginsEnded = rows[0]?.count
  const { rowCount } = await client.rawQuery(DELETE[what], { id: user.id, except })
  return rowCount
}

/**
 * Keeps the user's logins from being ended and the user from being blocked until the transaction ends.
 *
 * @throws SessionEnded when logins were ended since the user was read
 * @throws UserBlocked
 */
export async function holdLogins({ id, loginsEnded }: User, client: Client) {
  const { rows } = await client.rawQuery(
    'SELECT logins_ended AS count, blocked_at AS "blockedAt" FROM users WHERE id = ? FOR SHARE',
    [id]
  )
  if (rows[0]?.blockedAt) throw new UserBlocked()
  if (rows[0]?.count !== (loginsEnded ?? 0)) throw new SessionEnded()
}
