import { errors as authErrors } from '@adonisjs/auth'
import { errors as httpErrors, type HttpContext } from '@adonisjs/core/http'
import { errors as limiterErrors } from '@adonisjs/limiter'
import { errors as lucidErrors } from '@adonisjs/lucid'
import { errors as vineErrors } from '@vinejs/vine'
import SecurityEvent from '#events/security_event'
import { BadCredentials } from '#exceptions/bad_credentials'
import { DemoAccountsOff } from '#exceptions/demo_accounts_off'
import { ForeignRequest } from '#exceptions/foreign_request'
import { TurnNotTaken } from '#exceptions/turn_not_taken'
import { UserBlocked } from '#exceptions/user_blocked'
import { WrongRole } from '#exceptions/wrong_role'
import { isUuid } from '#models/keyset'
import { PasswordsBusy } from '#passwords/passwords_busy'
import { accountTried } from '#security/account_tried'

/** Login form rules about the account. */
const LOGIN_RULES = ['credentials', 'demo_accounts_off', 'blocked']

/** Routes that not everybody may use. */
const GUARDED = /^(owner\.|metrics$)/

/** Logs a refused request, unless it looks like a simple mistake. */
export async function noteRefusal(error: unknown, ctx: HttpContext) {
  if (error instanceof limiterErrors.E_TOO_MANY_REQUESTS) {
    return SecurityEvent.dispatch('limit.reached', { limit: error.response.limit }, ctx)
  }
  if (error instanceof TurnNotTaken || error instanceof PasswordsBusy) {
    return SecurityEvent.dispatch('limit.reached', { limit: error.code! }, ctx)
  }
  if (error instanceof ForeignRequest) {
    return SecurityEvent.dispatch('request.forged', { why: error.kind }, ctx)
  }
  const reason = whyNotLoggedIn(error)
  if (reason) {
    const account = ctx.auth?.user?.id ?? (await accountTried(ctx))
    return SecurityEvent.dispatch('login.failed', { account, reason }, ctx)
  }
  if (error instanceof authErrors.E_UNAUTHORIZED_ACCESS && ctx.request.header('authorization')) {
    return SecurityEvent.dispatch('token.refused', {}, ctx)
  }
  const what = await whatWasForeign(error, ctx)
  if (what) return SecurityEvent.dispatch('access.refused', { what, ids: idsIn(ctx) }, ctx)
}

function whyNotLoggedIn(error: unknown) {
  if (error instanceof BadCredentials) return 'credentials'
  if (error instanceof DemoAccountsOff) return 'demo_accounts_off'
  if (error instanceof UserBlocked) return 'blocked'
  if (!(error instanceof vineErrors.E_VALIDATION_ERROR)) return null
  const rules: string[] = error.messages.map(({ rule }: { rule: string }) => rule)
  return rules.find((rule) => LOGIN_RULES.includes(rule)) ?? null
}

/** Guests are redirected to the login. An unknown id is a mistake, or an old link. */
async function whatWasForeign(error: unknown, ctx: HttpContext) {
  if (error instanceof WrongRole) return 'role'
  if (error instanceof httpErrors.E_ROUTE_NOT_FOUND) {
    return GUARDED.test(ctx.route?.name ?? '') ? 'page' : null
  }
  if (!(error instanceof lucidErrors.E_ROW_NOT_FOUND) || !error.model || !ctx.auth?.user)
    return null
  const found = await error.model.query().select('id').whereIn('id', idsIn(ctx)).first()
  return found ? error.model.name : null
}

function idsIn({ params }: HttpContext) {
  return Object.values<string>(params).filter((value) => isUuid(value))
}
