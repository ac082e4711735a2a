import type { HttpResponse } from '@adonisjs/core/http'
import type { LimiterResponse } from '@adonisjs/limiter'

/** What is left, as the draft "RateLimit header fields for HTTP" says it. */
export function rateLimitHeader(response: HttpResponse, left: Omit<LimiterResponse, 'toJSON'>) {
  response.header('RateLimit', `"requests";r=${left.remaining};t=${left.availableIn}`)
}
