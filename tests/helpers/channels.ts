import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { Channel } from '#infra/cluster/channel'
import type { Hub } from '#infra/cluster/hub'

/** Both ends of a connection between two processes, in this one: bodies are cloned as between processes. */
export function channelPair() {
  const { port1, port2 } = new MessageChannel()
  return { ends: [channelOn(port1), channelOn(port2)] as const, close: () => port1.close() }
}

function channelOn(port: MessagePort) {
  return new Channel({
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', listener),
    onClose: (listener) => port.on('close', listener),
  })
}

/** The workers of a server, each as its own end of a channel to the primary process. */
export class TestHub implements Hub {
  #answering = new Map<string, (body: any, from: Channel) => unknown>()
  #added: { channel: Channel; close: () => void }[] = []

  get channels() {
    return this.#added.map(({ channel }) => channel).filter(({ isOpen }) => isOpen)
  }

  get size() {
    return this.#added.length
  }

  get serving() {
    return this.channels.length
  }

  answer(topic: string, answering: (body: any, from: Channel) => unknown) {
    this.#answering.set(topic, answering)
  }

  ended(worker: Channel) {
    return worker.closed
  }

  /** The worker's end, and a way to let the worker die. */
  add() {
    const { ends, close } = channelPair()
    const [channel, worker] = ends
    for (const [topic, answering] of this.#answering) {
      channel.on(topic, (body) => answering(body, channel))
    }
    this.#added.push({ channel, close })
    return { worker, close }
  }

  close() {
    for (const { close } of this.#added) close()
  }
}
