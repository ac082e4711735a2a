import { clean } from '#text/clean'
import User from '#models/user'
import type { HttpContext } from '@adonisjs/core/http'

/**
 * Id of the account with the typed username, or null when there is none. The name is never logged: people mistype
 * passwords there.
 */
export async function accountTried({ request }: HttpContext) {
  const username = clean(String(request.input('username', '')))
  const user = username ? await User.query().select('id').where({ username }).first() : null
  return user?.id ?? null
}
