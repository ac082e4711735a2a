import env from '#start/env'
import { defineConfig } from '@adonisjs/transmit'
import { redis } from '@adonisjs/transmit/transports/redis'
import { connectionTo } from '#config/redis'

/**
 * With one process what happens in it is all there is to tell; with several, Redis passes it on. Here it is
 * waited for, however long it is away: a page that follows an order misses nothing that the next reload
 * would not show.
 */
export function redisTransport(url: string) {
  const { host, port, username, password, db, tls } = connectionTo(url)
  const connection = { host, port, username, password, db, tls }
  return { driver: redis({ ...connection, maxRetriesPerRequest: null } as never) }
}

const url = env.get('REDIS_URL')

export default defineConfig({
  /** Proxies close what says nothing for long. */
  pingInterval: '20s',
  transport: url ? redisTransport(url) : null,
})
