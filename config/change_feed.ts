import env from '#start/env'

export default {
  /** `pgoutput` reads the primary's log in this process. */
  adapter: 'pgoutput' as const,

  /** How old the last heartbeat may be before cached values count as expired, in milliseconds. */
  maximumSilence: env.get('CHANGE_FEED_MAXIMUM_SILENCE') ?? 5_000,

  pgoutput: {
    connectionString: env.get('DATABASE_URL')!,
    publication: 'dbz_publication',
    slot: 'kirana_embedded',
    heartbeatEvery: 1_000,
    longestPause: 5_000,
  },
}
