import { setTimeout } from 'node:timers/promises'
import config from '@adonisjs/core/services/config'
import limiter from '@adonisjs/limiter/services/main'
import { rateLimitHeader, rateLimitOf } from '#api/rate_limit'
import SecurityEvent from '#events/security_event'
import { knows } from '#passwords/known_browser'
import { networkOf } from '#passwords/network'
import { accountTried } from '#security/account_tried'
import { slowedLogins } from '#metrics/metrics'
import { clean } from '#text/clean'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const MISTAKES = [400, 409, 422]

const byNetwork = ({ request }: HttpContext) => networkOf(request.ip())
const byUser = ({ auth }: HttpContext) => auth.user!.id

/** Counts successful requests only, not validation errors. */
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

/** The username of the login attempt, normalised as by the login. */
function nameTried({ auth, request }: HttpContext) {
  return clean(String(auth?.user?.username ?? request.input('username', '')))
    .toLowerCase()
    .slice(0, 100)
}

/** Password guessing: by address and username, and by address alone for guesses across many usernames. */
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

/** Password guessing within an unattended session, from any address. */
export async function throttlePassword(ctx: HttpContext, next: NextFn) {
  await limiter.use({ requests: 30, duration: '1 hour' }).consume(`password:${byUser(ctx)}`)
  return next()
}

/**
 * Distributed guessing of one account is only slowed down: blocking would let attackers lock its owner out.
 * Browsers that have logged in to the account before are exempt.
 */
export async function slowDownStrangers(ctx: HttpContext, next: NextFn) {
  const name = nameTried(ctx)
  if (name && !knows(ctx, name)) {
    const guesses = limiter.use({ requests: 30, duration: '15 mins' })
    const allowed = await guesses.attempt(`guesses:${name}`, () => true)
    if (!allowed) {
      slowedLogins.inc()
      await SecurityEvent.dispatch('login.slowed', { account: await accountTried(ctx) }, ctx)
      await setTimeout(config.get<number>('logins.strangersWait'))
    }
  }
  return next()
}

const throttleAccounts = forgivingMistakes('registration', byNetwork, 20, '1 hour')

/**
 * Counts registrations, and separately validation errors, which would reveal taken usernames. Limits are generous
 * because mobile carriers share addresses.
 */
export async function throttleRegistration(ctx: HttpContext, next: NextFn) {
  const tries = limiter.use({ requests: 300, duration: '1 hour' })
  await tries.consume(`registration_tries:${byNetwork(ctx)}`)
  return throttleAccounts(ctx, next)
}

/** Orders of one customer, through pages and API together. */
export function throttleOrders(ctx: HttpContext, next: NextFn) {
  const most = config.get<number>('orders.perMinute')
  return forgivingMistakes('orders', byUser, most, '1 minute')(ctx, next)
}

/** Requests for a user's order pages; live pages reload themselves too. */
export const throttleOrderPages = limiter.define('order_pages', ({ auth }) => {
  const most = config.get<number>('orders.pagesPerMinute')
  return limiter.allowRequests(most).every('1 minute').usingKey(`order_pages:${auth.user!.id}`)
})

/** Probing usernames by invitations: per owner, across all their shops. */
export const throttleInvitations = forgivingMistakes('invitation', byUser, 10, '1 hour')
export const throttleInvitationsByDay = forgivingMistakes('invitation_day', byUser, 30, '1 day')
export const throttleNewCodes = forgivingMistakes('new_code', byUser, 30, '1 hour')

/** What a customer asks of shops. */
export const throttleKhataRequests = forgivingMistakes('khata_request', byUser, 10, '1 hour')

/** Uploads of one owner, for preview or import. */
export const throttleUploads = limiter.define('uploads', (ctx) => {
  return limiter
    .allowRequests(120)
    .every('1 hour')
    .usingKey(`uploads:${byUser(ctx)}`)
})

/** Guessing khata codes: per customer, and per address for attackers with many accounts. */
export const throttleCodes = limiter.define('code', ({ auth }) => {
  return limiter.allowRequests(10).every('1 hour').usingKey(`code:${auth.user!.id}`)
})

export const throttleCodesByAddress = limiter.define('code_address', (ctx) => {
  return limiter
    .allowRequests(60)
    .every('1 hour')
    .usingKey(`code:${byNetwork(ctx)}`)
})

const apiRequests = () => config.get<number>('api.requestsPerMinute')

/** API requests per user and minute, across all tokens; every response states the remaining quota. */
export async function throttleApi(ctx: HttpContext, next: NextFn) {
  const key = `api_${ctx.auth.user!.id}`
  const count = () => limiter.use({ requests: apiRequests(), duration: 60 }).consume(key)
  ctx.response.header('RateLimit-Policy', `"requests";q=${apiRequests()};w=60`)
  rateLimitHeader(ctx.response, await count())
  ctx.eachTime = async () => ['ratelimit', rateLimitOf(await count())]
  return next()
}
