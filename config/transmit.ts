import env from '#start/env'
import { defineConfig } from '@adonisjs/transmit'
import { redis } from '@adonisjs/transmit/transports/redis'
import { RedisClusterConnection } from '@adonisjs/redis'
import { clusterOf, connectionTo } from '#config/redis'
import { role, workers } from '#infra/cluster/role'
import { PrimaryTransport, WorkerTransport } from '#workers/live_transport'

/**
 * Live updates within one process need no transport; with several, Redis relays them. Its outages are waited out,
 * however long: the next reload of a page shows everything it missed.
 */
export function redisTransport(url: string, others?: string) {
  if (others) return { driver: () => redis(connectionsTo(url, others))() }
  const { host, port, username, password, db, tls } = connectionTo(url)
  const connection = { host, port, username, password, db, tls }
  return { driver: redis({ ...connection, maxRetriesPerRequest: null } as never) }
}

/** A message to any node of a cluster reaches all. */
function connectionsTo(url: string, others: string) {
  const { clusters, clusterOptions } = clusterOf(url, others)
  const { username, password, tls } = clusterOptions.redisOptions
  const { lazyConnect, dnsLookup, slotsRefreshInterval, clusterRetryStrategy } = clusterOptions
  const redisOptions = { username, password, tls, maxRetriesPerRequest: null }
  return new RedisClusterConnection('live', clusters, {
    ...{ redisOptions, lazyConnect, dnsLookup, slotsRefreshInterval, clusterRetryStrategy },
  }).ioConnection as never
}

const url = env.get('REDIS_URL')

/** Without Redis, the processes of one server tell each other. */
const transports = {
  alone: null,
  primary: { driver: () => new PrimaryTransport(workers()) },
  worker: { driver: () => new WorkerTransport() },
}

export default defineConfig({
  /** Below the idle timeout of proxies. */
  pingInterval: '20s',
  transport: url ? redisTransport(url, env.get('REDIS_CLUSTER')) : transports[role()],
})
