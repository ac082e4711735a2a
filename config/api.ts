import env from '#start/env'

export default {
  /** Per user, across all their tokens. */
  requestsPerMinute: env.get('API_REQUESTS_PER_MINUTE') ?? 600,
}
