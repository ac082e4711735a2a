import type { HttpContext } from '@adonisjs/core/http'
import { UserBlocked } from '#exceptions/user_blocked'
import User from '#models/user'

/**
 * Whose name and password these are.
 *
 * @throws E_INVALID_CREDENTIALS, UserBlocked
 */
export async function findByCredentials(_: HttpContext, username: string, password: string) {
  const user = await User.verifyCredentials(username, password)
  if (user.blockedAt) throw new UserBlocked()
  return user
}
