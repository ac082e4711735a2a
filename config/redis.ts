import env from '#start/env'
import { defineConfig } from '@adonisjs/redis'
import type {
  InferConnections,
  RedisClusterConnectionConfig,
  RedisConnectionConfig,
} from '@adonisjs/redis/types'

const reconnect = (attempts: number) => Math.min(attempts * 50, 1_000)

/** A command that meets a slot or master on its way elsewhere is sent again, for as long as a command may take. */
const TIMES_AGAIN = 5
const AGAIN_AFTER = 40

/** Commands time out after 200 ms: falling back to the database is faster than waiting for Redis. */
export function connectionTo(url: string) {
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 6379),
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    db: Number(pathname.slice(1) || 0),
    ...(protocol === 'rediss:' ? { tls: {} } : {}),
    lazyConnect: true,
    connectTimeout: 1_000,
    commandTimeout: 200,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: reconnect,
  } satisfies RedisConnectionConfig
}

/**
 * The cluster that the node at `url` belongs to, or one of `others` (`host:port,host:port`) if that is down. All have
 * the same user, password and TLS.
 */
export function clusterOf(url: string, others: string) {
  const { host, port, db, retryStrategy, ...redisOptions } = connectionTo(url)
  const nodes = others.split(',').map((address) => connectionTo(`redis://${address}`))
  return {
    clusters: [{ host, port }, ...nodes.map((node) => ({ host: node.host, port: node.port }))],
    clusterOptions: {
      redisOptions,
      lazyConnect: true,
      enableOfflineQueue: false,
      scaleReads: 'master',
      maxRedirections: TIMES_AGAIN,
      retryDelayOnFailover: AGAIN_AFTER,
      retryDelayOnClusterDown: AGAIN_AFTER,
      retryDelayOnTryAgain: AGAIN_AFTER,
      slotsRefreshInterval: 5_000,
      clusterRetryStrategy: reconnect,
      /** Names are looked up where they are connected to, so that certificates are checked against them. */
      dnsLookup: (name, callback) => callback(null, name),
    },
  } satisfies RedisClusterConnectionConfig
}

/** Connections are lazy, so none is opened without `REDIS_URL`. */
const url = env.get('REDIS_URL') ?? 'redis://127.0.0.1:6379'
const others = env.get('REDIS_CLUSTER')

const main: RedisConnectionConfig | RedisClusterConnectionConfig = others
  ? clusterOf(url, others)
  : connectionTo(url)

const redisConfig = defineConfig({ connection: 'main', connections: { main } })

export default redisConfig

declare module '@adonisjs/redis/types' {
  export interface RedisConnections extends InferConnections<typeof redisConfig> {}
}
