import env from '#start/env'

export default {
  /** `memory` serves a single process; `redis` serves several. */
  adapter: env.get('REDIS_URL') ? ('redis' as const) : ('memory' as const),
}
