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

/** Orders that one customer places, on pages and by programs together. */
export const throttleOrders = limiter.define('orders', ({ auth }) => {
  return limiter.allowRequests(10).every('1 minute').usingKey(`orders:${auth.user!.id}`)
})

/** What one user asks of the pages of their orders; live pages ask by themselves too. */
export const throttleOrderPages = limiter.define('order_pages', ({ auth }) => {
  return limiter.allowRequests(120).every('1 minute').usingKey(`order_pages:${auth.user!.id}`)
})

/** How much one user may ask of the API in a minute, with all their tokens; every answer says what is left. */
export async function throttleApi(ctx: HttpContext, next: NextFn) {
  const requests = config.get<number>('api.requestsPerMinute')
  ctx.response.header('RateLimit-Policy', `"requests";q=${requests};w=60`)
  const limit = limiter.use({ requests, duration: 60 })
  rateLimitHeader(ctx.response, await limit.consume(`api_${ctx.auth.user!.id}`))
  return next()
}
