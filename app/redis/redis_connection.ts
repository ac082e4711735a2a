import { setTimeout as delay } from 'node:timers/promises'
import { RedisClusterConnection, type RedisConnection } from '@adonisjs/redis'
import type { RedisService } from '@adonisjs/redis/types'
import type { Logger } from '@adonisjs/core/logger'
import { redisUp } from '#metrics/metrics'
import { followMasters } from '#redis/cluster_masters'

type Connection = RedisConnection | RedisClusterConnection

/** Timeout of a graceful disconnect, in milliseconds. */
const GRACE = 500

const followed = new WeakSet<Connection>()

/**
 * The shared Redis connection. It reconnects by itself; an outage is logged once and shown as a metric. Without an
 * error listener it would end the process.
 */
export function redisConnection(redis: RedisService, logger: Logger): Connection {
  const connection: Connection = redis.doNotLogErrors().connection('main')
  if (followed.has(connection)) return connection
  followed.add(connection)
  const reported = new Set<string>()
  redisUp.set(0)
  const away = (error: Error) => {
    redisUp.set(0)
    const what = whatIsWrong(error)
    if (!reported.has(what)) logger.warn({ err: error }, what)
    reported.add(what)
  }
  const up = () => {
    redisUp.set(1)
    if (reported.size > 0) logger.warn('Redis is back')
    reported.clear()
  }
  connection.on('close', () => redisUp.set(0))
  if (connection instanceof RedisClusterConnection) followMasters(connection, { up, away })
  else {
    connection.on('error', ({ error }) => away(error))
    connection.on('ready', () => isAlone(connection).then(up, away))
  }
  return connection
}

/** A node of a cluster would send most commands elsewhere. */
async function isAlone(connection: RedisConnection) {
  const answer = await connection.info('cluster')
  if (answer.includes('cluster_enabled:1')) throw new Error('cluster support enabled')
}

/** Immediately: a graceful quit fails while Redis is down, and hangs if it never connected. */
export async function closeRedis(connection: Connection) {
  const ended = (connection as RedisConnection).once('end')
  await connection.disconnect()
  await Promise.race([ended, delay(GRACE, null, { ref: false })])
}

const WRONG: [RegExp, string][] = [
  [
    /^(NOAUTH|WRONGPASS|NOPERM)|invalid (username-)?password/i,
    'refuses the password: check REDIS_URL',
  ],
  [/cluster support disabled/, 'is not a cluster: unset REDIS_CLUSTER'],
  [/cluster support enabled/, 'is a cluster: set REDIS_CLUSTER to more of its nodes'],
]

function whatIsWrong({ message }: Error) {
  const known = WRONG.find(([text]) => text.test(message))
  return known ? `Redis ${known[1]}; serving without it` : 'Redis connection lost, connecting again'
}
