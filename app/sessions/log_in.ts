import type { HttpContext } from '@adonisjs/core/http'
import { SESSION_COOKIE } from '#config/session'
import type User from '#models/user'
import { remember } from '#passwords/known_browser'
import { chooseLocale } from '#services/chosen_locale'
import { leaveSession, sessionExists } from '#sessions/left_session'

/**
 * Logs in who has just shown the right password. Of two logins from one page the second joins the session that the
 * first began, so in any order the answers may reach the browser, it ends in that session.
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
