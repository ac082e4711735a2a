import { randomUUID } from 'node:crypto'
import env from '#start/env'

/** A group shares its work, which suits a shared cache only: a cache in memory has to hear of everything. */
const cacheGroup = env.get('REDIS_URL') ? 'kirana-caches' : `kirana-caches-${randomUUID()}`

/** Times in milliseconds. */
export default {
  /** `pgoutput` reads the primary's log in this process; `kafka` reads what Debezium makes of it. */
  adapter: env.get('CHANGE_FEED') ?? ('pgoutput' as const),

  /** How old the last heartbeat may be before cached values count as expired. */
  maximumSilence: env.get('CHANGE_FEED_MAXIMUM_SILENCE') ?? 5_000,

  /**
   * Who follows the changes, each at a pace of its own: its slot with `pgoutput`, its consumer group with
   * `kafka`; and whether it keeps what it was told when the process ends.
   */
  followers: {
    caches: { slot: 'kirana_embedded', group: cacheGroup, resumes: false },
    search: { slot: 'kirana_search', group: 'kirana-search', resumes: true },
  },

  pgoutput: {
    connectionString: env.get('DATABASE_URL')!,
    publication: 'dbz_publication',
    heartbeatEvery: 1_000,
    longestPause: 5_000,
  },

  kafka: {
    client: { clientId: 'kirana-ghar', brokers: (env.get('KAFKA_BROKERS') ?? '').split(',') },
    /** What the source connector is called with, see connectors/kirana-pg-source.json. */
    sourceSlot: 'kirana_slot',
    topics: ['kirana.public.shops', 'kirana.public.products', 'kirana.public.search_names'],
    heartbeatEvery: 1_000,
    longestPause: 5_000,
  },
}
