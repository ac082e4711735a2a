import type { HttpContext } from '@adonisjs/core/http'
import { forgetPerson } from '#sessions/last_person'

/** Ends the session with all its data, so that the browser's next user finds nothing. */
export async function logOut(ctx: HttpContext) {
  const { auth, cart, session } = ctx
  forgetPerson(ctx)
  if (cart && auth.user) await cart.leave(auth.user)
  await auth.use('web').logout()
  session.clear()
  session.regenerate()
}
