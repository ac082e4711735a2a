import type { HttpResponse } from '@adonisjs/core/http'
import type { LimiterResponse } from '@adonisjs/limiter'

/** Remaining quota, as in the IETF draft "RateLimit header fields for HTTP". */
export function rateLimitHeader(response: HttpResponse, left: Omit<LimiterResponse, 'toJSON'>) {
  response.header('RateLimit', `"requests";r=${left.remaining};t=${left.availableIn}`)
}
