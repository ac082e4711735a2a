import { randomUUID } from 'node:crypto'
import env from '#start/env'

/** A shared cache needs one reader among all servers; an in-memory cache needs one per server. */
const isShared = Boolean(env.get('REDIS_URL'))
const cacheGroup = isShared ? 'kirana-caches' : `kirana-caches-${randomUUID()}`

/** Times in milliseconds. */
export default {
  /** `pgoutput` reads the primary's log directly; `kafka` reads Debezium's topics. */
  adapter: env.get('CHANGE_FEED') ?? ('pgoutput' as const),

  /** Maximum age of the last heartbeat before cached values expire. */
  maximumSilence: env.get('CHANGE_FEED_MAXIMUM_SILENCE') ?? 5_000,

  /** How long a worker may take to handle what its server's primary process passes on. */
  relayPatience: 2_000,

  /**
   * Independent consumers: replication slot (`pgoutput`), consumer group (`kafka`), whether the slot is temporary
   * so that each server has its own, and whether the consumer's state survives a restart.
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
    /** Of a topic that the source connector has not created yet. */
    partitions: env.get('KAFKA_PARTITIONS') ?? 1,
    /** Slot of the source connector, see connectors/kirana-pg-source.json. */
    sourceSlot: 'kirana_slot',
    heartbeatEvery: 1_000,
    longestPause: 5_000,
  },
}
