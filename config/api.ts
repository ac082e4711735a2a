import env from '#start/env'

export default {
  /** Of one user, with all their tokens. */
  requestsPerMinute: env.get('API_REQUESTS_PER_MINUTE') ?? 600,
}
