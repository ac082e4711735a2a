import type { HttpContext } from '@adonisjs/core/http'
import { SESSION_COOKIE } from '#config/session'
import type User from '#models/user'
import { remember } from '#passwords/known_browser'
import { chooseLocale } from '#locale/chosen_locale'
import { leaveSession, sessionExists } from '#sessions/left_session'

/**
 * Logs in a user whose password was verified. Of two concurrent logins from one page the second joins the session
 * of the first, so the browser ends up in it whichever response arrives last.
 */
export async function logIn(ctx: HttpContext, user: User) {
  const { auth, cart, leftSessions, request, response, session } = ctx
  remember(ctx, user.username.toLowerCase())
  if (user.locale) chooseLocale(ctx, user.locale)
  const before = leftSessions.find(({ userId }) => userId === user.id)
  if (before && (await sessionExists(before.successor))) {
    response.cookie(SESSION_COOKIE, before.successor, session.config.cookie)
    return
  }
  if (leftSessions.length > 0) cart.restore(leftSessions[0].cart)
  const left = { userId: user.id, cart: cart.items }
  await auth.use('web').login(user)
  const id = request.cookie(SESSION_COOKIE)
  if (id) await leaveSession(id, { ...left, successor: session.sessionId })
}
