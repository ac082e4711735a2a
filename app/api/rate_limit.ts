import type { HttpResponse } from '@adonisjs/core/http'
import type { LimiterResponse } from '@adonisjs/limiter'

type Left = Omit<LimiterResponse, 'toJSON'>

/** Remaining quota, as in the IETF draft "RateLimit header fields for HTTP". */
export function rateLimitHeader(response: HttpResponse, left: Left) {
  response.header('RateLimit', rateLimitOf(left))
}

export function rateLimitOf({ availableIn, remaining }: Left) {
  return `"requests";r=${remaining};t=${availableIn}`
}
