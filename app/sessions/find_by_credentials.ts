import type { HttpContext } from '@adonisjs/core/http'
import { demoAccountsAreOpen } from '#demo/demo_logins'
import { DemoAccountsOff } from '#exceptions/demo_accounts_off'
import { UserBlocked } from '#exceptions/user_blocked'
import User from '#models/user'

/**
 * The user with these credentials. Passwords of demo accounts are not checked while these are off.
 *
 * @throws E_INVALID_CREDENTIALS, DemoAccountsOff, UserBlocked
 */
export async function findByCredentials(
  { request }: HttpContext,
  username: string,
  password: string
) {
  const known = await User.findBy({ username })
  if (known?.isDemo && !demoAccountsAreOpen(request)) throw new DemoAccountsOff()
  const user = await User.verifyCredentials(username, password)
  if (user.blockedAt) throw new UserBlocked()
  return user
}
