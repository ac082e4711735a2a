import type { HttpContext } from '@adonisjs/core/http'
import { MOVED_KEY } from '#cart/cart_cookies'
import { mergeMessage } from '#cart/merge_message'
import { SESSION_COOKIE } from '#config/session'
import type User from '#models/user'
import { remember } from '#passwords/known_browser'
import { chooseLocale } from '#locale/chosen_locale'
import { rememberPerson } from '#sessions/last_person'
import { keysOf, leaveSession, sessionExists } from '#sessions/left_session'

/**
 * Logs in a user whose password was verified. Of two concurrent logins from one page the second joins the session
 * of the first, so the browser ends up in it whichever response arrives last.
 *
 * @returns what became of the browser's cart, for the person to read; empty when there was none
 */
export async function logIn(ctx: HttpContext, user: User) {
  const { auth, cart, i18n, leftSessions, response, session } = ctx
  remember(ctx, user.username.toLowerCase())
  rememberPerson(ctx, user)
  if (user.locale) {
    chooseLocale(ctx, user.locale)
    i18n.switchLocale(user.locale)
  }
  const merged = await cart.goTo(user)
  const message = merged ? mergeMessage(i18n, merged) : ''
  const before = leftSessions.find(({ userId }) => userId === user.id)
  if (before && (await sessionExists(before.successor))) {
    response.cookie(SESSION_COOKIE, before.successor, session.config.cookie)
    return message
  }
  session.forget(MOVED_KEY)
  await auth.use('web').login(user)
  await leaveSession(keysOf(ctx), { userId: user.id, successor: session.sessionId })
  return message
}
