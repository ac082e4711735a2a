import env from '#start/env'
import { defineConfig } from '@adonisjs/redis'
import type { InferConnections, RedisConnectionConfig } from '@adonisjs/redis/types'

/** Commands time out after 200 ms: falling back to the database is faster than waiting for Redis. */
export function connectionTo(url: string): RedisConnectionConfig {
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
    retryStrategy: (attempts) => Math.min(attempts * 50, 1_000),
  }
}

/** Connections are lazy, so none is opened without `REDIS_URL`. */
const redisConfig = defineConfig({
  connection: 'main',
  connections: { main: connectionTo(env.get('REDIS_URL') ?? 'redis://127.0.0.1:6379') },
})

export default redisConfig

declare module '@adonisjs/redis/types' {
  export interface RedisConnections extends InferConnections<typeof redisConfig> {}
}
