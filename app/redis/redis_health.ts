import { RedisClusterConnection, type RedisConnection } from '@adonisjs/redis'

const SLOTS = 16_384

/**
 * Asks Redis, or every master of a cluster.
 *
 * @throws what is wrong, also when a slot has no master
 */
export async function redisHealth(connection: RedisConnection | RedisClusterConnection) {
  if (connection.status === 'wait') await connection.ioConnection.connect()
  if (!(connection instanceof RedisClusterConnection)) {
    await connection.ping()
    return {}
  }
  const masters = connection.nodes('master')
  const [info] = await Promise.all([
    connection.cluster('INFO') as Promise<string>,
    ...masters.map((master) => master.ping()),
  ])
  const served = Number(/cluster_slots_ok:(\d+)/.exec(info)?.[1])
  if (served < SLOTS) throw new Error(`${SLOTS - served} slots have no master`)
  return { masters: masters.length }
}
