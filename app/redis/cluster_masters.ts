import type { RedisClusterConnection } from '@adonisjs/redis'

interface Follower {
  /** Every slot has a master that is connected. */
  up(): void
  /** A master is missing, or all are. */
  away(error: Error): void
}

/** Connects to every master of a cluster, also to those that nothing is asked of yet, and tells when one is lost. */
export function followMasters(cluster: RedisClusterConnection, { up, away }: Follower) {
  const look = () => {
    for (const node of cluster.nodes('master')) {
      if (node.status === 'wait') node.connect().catch(() => {})
    }
    if (isWhole(cluster)) up()
  }
  cluster.ioConnection.on('refresh', look)
  cluster.on('node:added', ({ node }) => {
    node.on('ready', look)
    look()
  })
  cluster.on('node:removed', ({ node }) => {
    const { readOnly, host, port } = node.options
    if (!readOnly) away(new Error(`No connection to ${host}:${port}`))
  })
  cluster.on('error', ({ error }) => away(error.lastNodeError ?? error))
}

/** Whether the masters of all slots are connected, as far as this process knows them. */
function isWhole({ status, slots, ioConnection }: RedisClusterConnection) {
  const owners = new Set(slots.map(([master]) => master))
  const connected = ioConnection
    .nodes('master')
    .filter((node) => node.status === 'ready')
    .map(({ options }) => `${options.host}:${options.port}`)
  return status === 'ready' && owners.isSubsetOf(new Set(connected))
}
