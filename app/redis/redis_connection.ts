import { setTimeout as delay } from 'node:timers/promises'
import type { RedisService } from '@adonisjs/redis/types'
import type { Logger } from '@adonisjs/core/logger'
import { redisUp } from '#metrics/metrics'

type Connection = ReturnType<RedisService['connection']>

/** Timeout of a graceful disconnect, in milliseconds. */
const GRACE = 500

const followed = new WeakSet<Connection>()

/**
 * The shared Redis connection. It reconnects by itself; an outage is logged once and shown as a metric. Without an
 * error listener it would end the process.
 */
export function redisConnection(redis: RedisService, logger: Logger): Connection {
  const connection = redis.doNotLogErrors().connection('main')
  if (followed.has(connection)) return connection
  followed.add(connection)
  let reported = false
  redisUp.set(0)
  connection.on('error', ({ error }) => {
    redisUp.set(0)
    if (!reported) logger.warn({ err: error }, whatIsWrong(error))
    reported = true
  })
  connection.on('close', () => redisUp.set(0))
  connection.on('ready', () => {
    redisUp.set(1)
    if (reported) logger.warn('Redis is back')
    reported = false
  })
  return connection
}

/** Immediately: a graceful quit fails while Redis is down, and hangs if it never connected. */
export async function closeRedis(connection: Connection) {
  const ended = connection.once('end')
  await connection.disconnect()
  await Promise.race([ended, delay(GRACE, null, { ref: false })])
}

function whatIsWrong({ message }: Error) {
  const refused = /^(NOAUTH|WRONGPASS|NOPERM)|invalid (username-)?password/i.test(message)
  return refused
    ? 'Redis refuses the password: check REDIS_URL; serving without it'
    : 'Redis connection lost, connecting again'
}
