import type { HttpContext } from '@adonisjs/core/http'

/** The next user of the browser finds nothing of the person: the session ends with all that was in it. */
export async function logOut({ auth, session }: HttpContext) {
  await auth.use('web').logout()
  session.clear()
  session.regenerate()
}
