import cluster from 'node:cluster'
import { Channel } from '#infra/cluster/channel'

let channel: Channel | null = null

/** In a worker, the way to its server's primary process. */
export function primary(): Channel {
  if (!cluster.isWorker) throw new Error('Only a worker has a primary process')
  return (channel ??= new Channel({
    send: (message) => void process.send!(message, undefined, undefined, () => {}),
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.once('disconnect', listener),
  }))
}
