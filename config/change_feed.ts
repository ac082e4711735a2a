import env from '#start/env'

export default {
  /** `pgoutput` reads the primary's log in this process. */
  adapter: 'pgoutput' as const,

  pgoutput: {
    connectionString: env.get('DATABASE_URL')!,
    publication: 'dbz_publication',
    slot: 'kirana_embedded',
    heartbeatEvery: 1_000,
    longestPause: 5_000,
  },
}
