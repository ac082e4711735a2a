import config from '@adonisjs/core/services/config'
import limiter from '@adonisjs/limiter/services/main'
import { rateLimitHeader } from '#api/rate_limit'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Guessing passwords: per address and name, and per address alone for those who try many names. */
export const throttleLogin = limiter.define('login', ({ request }) => {
  const name = String(request.input('username', '')).toLowerCase().slice(0, 100)
  return limiter.allowRequests(10).every('1 minute').usingKey(`login:${request.ip()}:${name}`)
})

export const throttleLoginByAddress = limiter.define('login_address', ({ request }) => {
  return limiter.allowRequests(60).every('1 minute').usingKey(`login:${request.ip()}`)
})

export const throttleRegistration = limiter.define('registration', ({ request }) => {
  return limiter.allowRequests(20).every('1 hour').usingKey(`registration:${request.ip()}`)
})

/** Trying out usernames by inviting them: per owner, with all their shops. */
export const throttleInvitations = limiter.define('invitation', ({ auth }) => {
  return limiter.allowRequests(10).every('1 hour').usingKey(`invitation:${auth.user!.id}`)
})

export const throttleInvitationsByDay = limiter.define('invitation_day', ({ auth }) => {
  return limiter.allowRequests(30).every('1 day').usingKey(`invitation_day:${auth.user!.id}`)
})

export const throttleNewCodes = limiter.define('new_code', ({ auth }) => {
  return limiter.allowRequests(30).every('1 hour').usingKey(`new_code:${auth.user!.id}`)
})

/** Guessing the codes of khatas: per customer, and per address for those who have many accounts. */
export const throttleCodes = limiter.define('code', ({ auth }) => {
  return limiter.allowRequests(10).every('1 hour').usingKey(`code:${auth.user!.id}`)
})

export const throttleCodesByAddress = limiter.define('code_address', ({ request }) => {
  return limiter.allowRequests(60).every('1 hour').usingKey(`code:${request.ip()}`)
})

/** How much one user may ask of the API in a minute, with all their tokens; every answer says what is left. */
export async function throttleApi(ctx: HttpContext, next: NextFn) {
  const requests = config.get<number>('api.requestsPerMinute')
  ctx.response.header('RateLimit-Policy', `"requests";q=${requests};w=60`)
  const limit = limiter.use({ requests, duration: 60 })
  rateLimitHeader(ctx.response, await limit.consume(`api_${ctx.auth.user!.id}`))
  return next()
}
