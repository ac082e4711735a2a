import { setTimeout } from 'node:timers/promises'
import config from '@adonisjs/core/services/config'
import limiter from '@adonisjs/limiter/services/main'
import { rateLimitHeader } from '#api/rate_limit'
import SecurityEvent from '#events/security_event'
import { knows } from '#passwords/known_browser'
import { networkOf } from '#passwords/network'
import { accountTried } from '#security/account_tried'
import { slowedLogins } from '#services/metrics'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const MISTAKES = [400, 409, 422]

const byNetwork = ({ request }: HttpContext) => networkOf(request.ip())
const byUser = ({ auth }: HttpContext) => auth.user!.id

/** Counts what was done, not what was refused at a field. */
function forgivingMistakes(
  what: string,
  by: (ctx: HttpContext) => string,
  requests: number,
  duration: string
) {
  return async (ctx: HttpContext, next: NextFn) => {
    const limit = limiter.use({ requests, duration })
    const key = `${what}:${by(ctx)}`
    await limit.consume(key)
    await next()
    if (MISTAKES.includes(ctx.response.getStatus())) await limit.decrement(key)
  }
}

/** The name whose password is tried, as the login looks it up. */
function nameTried({ auth, request }: HttpContext) {
  return String(auth?.user?.username ?? request.input('username', ''))
    .trim()
    .toLowerCase()
    .slice(0, 100)
}

/** Guessing passwords: per address and name, and per address alone for those who try many names. */
export const throttleLogin = limiter.define('login', (ctx) => {
  const key = `login:${byNetwork(ctx)}:${nameTried(ctx)}`
  return limiter.allowRequests(10).every('1 minute').usingKey(key)
})

export const throttleLoginByAddress = limiter.define('login_address', (ctx) => {
  return limiter
    .allowRequests(60)
    .every('1 minute')
    .usingKey(`login:${byNetwork(ctx)}`)
})

/** Guessing the password in a session that was left open, from wherever. */
export async function throttlePassword(ctx: HttpContext, next: NextFn) {
  await limiter.use({ requests: 30, duration: '1 hour' }).consume(`password:${byUser(ctx)}`)
  return next()
}

/**
 * Guesses at one name from many addresses have to wait, and nothing more: a refusal would let strangers lock
 * the owner of the name out. A browser that has logged in to the name before never waits.
 */
export async function slowDownStrangers(ctx: HttpContext, next: NextFn) {
  const name = nameTried(ctx)
  if (name && !knows(ctx, name)) {
    const guesses = limiter.use({ requests: 30, duration: '15 mins' })
    const allowed = await guesses.attempt(`guesses:${name}`, () => true)
    if (!allowed) {
      slowedLogins.inc()
      await SecurityEvent.dispatch('login.slowed', { account: await accountTried(ctx) }, ctx)
      await setTimeout(config.get('logins.strangersWait'))
    }
  }
  return next()
}

const throttleAccounts = forgivingMistakes('registration', byNetwork, 20, '1 hour')

/**
 * Counts accounts, and mistakes in the form apart: many people share the address of a mobile carrier, and
 * nobody is to try out in bulk which names are taken.
 */
export async function throttleRegistration(ctx: HttpContext, next: NextFn) {
  const tries = limiter.use({ requests: 300, duration: '1 hour' })
  await tries.consume(`registration_tries:${byNetwork(ctx)}`)
  return throttleAccounts(ctx, next)
}

/** Orders that one customer places, on pages and by programs together. */
export const throttleOrders = limiter.define('orders', ({ auth }) => {
  const most = config.get<number>('orders.perMinute')
  return limiter.allowRequests(most).every('1 minute').usingKey(`orders:${auth.user!.id}`)
})

/** What one user asks of the pages of their orders; live pages ask by themselves too. */
export const throttleOrderPages = limiter.define('order_pages', ({ auth }) => {
  return limiter.allowRequests(120).every('1 minute').usingKey(`order_pages:${auth.user!.id}`)
})

/** Trying out usernames by inviting them: per owner, with all their shops. */
export const throttleInvitations = forgivingMistakes('invitation', byUser, 10, '1 hour')
export const throttleInvitationsByDay = forgivingMistakes('invitation_day', byUser, 30, '1 day')
export const throttleNewCodes = forgivingMistakes('new_code', byUser, 30, '1 hour')

/** Lists that one owner sends, to be previewed and to be imported. */
export const throttleUploads = limiter.define('uploads', (ctx) => {
  return limiter
    .allowRequests(120)
    .every('1 hour')
    .usingKey(`uploads:${byUser(ctx)}`)
})

/** Guessing the codes of khatas: per customer, and per address for those who have many accounts. */
export const throttleCodes = limiter.define('code', ({ auth }) => {
  return limiter.allowRequests(10).every('1 hour').usingKey(`code:${auth.user!.id}`)
})

export const throttleCodesByAddress = limiter.define('code_address', (ctx) => {
  return limiter
    .allowRequests(60)
    .every('1 hour')
    .usingKey(`code:${byNetwork(ctx)}`)
})

/** How much one user may ask of the API in a minute, with all their tokens; every answer says what is left. */
export async function throttleApi(ctx: HttpContext, next: NextFn) {
  const requests = config.get<number>('api.requestsPerMinute')
  ctx.response.header('RateLimit-Policy', `"requests";q=${requests};w=60`)
  const limit = limiter.use({ requests, duration: 60 })
  rateLimitHeader(ctx.response, await limit.consume(`api_${ctx.auth.user!.id}`))
  return next()
}
