import env from '#start/env'
import { processes } from '#config/processes'

/** Times in milliseconds; see `ReplicationOptions`. */
export default {
  replicaTimeout: 500,
  retryAfter: 1_000,
  maximumLag: env.get('REPLICA_MAXIMUM_LAG') ?? 10_000,
  primaryReads: Math.ceil(10 / processes),
  visibleWithin: 500,
}
