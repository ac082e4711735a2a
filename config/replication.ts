import env from '#start/env'

/** Times in milliseconds; see `ReplicationOptions`. */
export default {
  replicaTimeout: 500,
  retryAfter: 1_000,
  maximumLag: env.get('REPLICA_MAXIMUM_LAG') ?? 10_000,
  primaryReads: 10,
  visibleWithin: 500,
}
