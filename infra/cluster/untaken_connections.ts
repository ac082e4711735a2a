import type { Worker } from 'node:cluster'

interface Message {
  act?: string
  seq?: number
  ack?: number
}

/** The way from Node's primary process to a worker: it names each message, and the answer names it again. */
interface Way {
  send(message: Message, handle?: { close(): void }, ...rest: unknown[]): boolean
  on(event: 'internalMessage', listener: (message: Message) => void): void
  emit(event: 'internalMessage', message: object): void
}

/**
 * Gives the connections that a worker had not taken when it ended to the others. Node forgets them
 * (`lib/internal/cluster/round_robin_handle.js` waits for an answer that never comes), and a visitor would wait in
 * vain. Answering for the worker that it does not take them makes Node hand them on.
 *
 * @param hasOthers whether another worker takes connections; without one they are closed
 */
export function returnUntaken(worker: Worker, hasOthers: () => boolean) {
  const way = worker.process as unknown as Way
  const untaken = new Map<number, { close(): void }>()
  const send = way.send
  way.send = function (message, handle, ...rest) {
    if (message.act === 'newconn' && handle) untaken.set(message.seq!, handle)
    return send.call(this, message, handle, ...rest)
  }
  way.on('internalMessage', ({ ack }) => void untaken.delete(ack!))
  const giveBack = () => {
    if (worker.isConnected()) return
    for (const [ack, connection] of [...untaken]) {
      if (hasOthers()) way.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: false })
      else connection.close()
    }
    untaken.clear()
  }
  /** While a connection is on its way, Node tells of the end only. */
  worker.once('disconnect', giveBack).once('exit', giveBack)
}
