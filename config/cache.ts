import env from '#start/env'

export default {
  /** `memory` works for a single process; `redis` for several. */
  adapter: env.get('REDIS_URL') ? ('redis' as const) : ('memory' as const),
}
