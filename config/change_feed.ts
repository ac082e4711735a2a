import { randomUUID } from 'node:crypto'
import env from '#start/env'

/** A shared cache needs one reader among all servers; a cache in memory has to hear of everything itself. */
const isShared = Boolean(env.get('REDIS_URL'))
const cacheGroup = isShared ? 'kirana-caches' : `kirana-caches-${randomUUID()}`

/** Times in milliseconds. */
export default {
  /** `pgoutput` reads the primary's log in this process; `kafka` reads what Debezium makes of it. */
  adapter: env.get('CHANGE_FEED') ?? ('pgoutput' as const),

  /** How old the last heartbeat may be before cached values count as expired. */
  maximumSilence: env.get('CHANGE_FEED_MAXIMUM_SILENCE') ?? 5_000,

  /**
   * Who follows the changes, each at a pace of its own: its slot with `pgoutput`, its consumer group with
   * `kafka`; whether the slot lasts only as long as the connection, so that each server has its own; and
   * whether the follower keeps what it was told when the process ends.
   */
  followers: {
    caches: { slot: 'kirana_embedded', temporary: !isShared, group: cacheGroup, resumes: false },
    search: { slot: 'kirana_search', temporary: false, group: 'kirana-search', resumes: true },
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
    heartbeatEvery: 1_000,
    longestPause: 5_000,
  },
}
