import User from '#models/user'
import type { HttpContext } from '@adonisjs/core/http'

/**
 * The id of the account whose name was typed, or null when there is none. The name itself is never noted: people
 * type their password there by mistake.
 */
export async function accountTried({ request }: HttpContext) {
  const username = String(request.input('username', '')).trim()
  const user = username ? await User.query().select('id').where({ username }).first() : null
  return user?.id ?? null
}
