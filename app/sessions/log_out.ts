import type { HttpContext } from '@adonisjs/core/http'

/** Ends the session with all its data, so that the browser's next user finds nothing. */
export async function logOut({ auth, cart, session }: HttpContext) {
  if (cart && auth.user) await cart.leave(auth.user)
  await auth.use('web').logout()
  session.clear()
  session.regenerate()
}
