import type { Serializable, SubscribeHandler, Transport } from '@boringnode/bus/types/main'
import type { Hub } from '#infra/cluster/hub'
import { primary } from '#infra/cluster/primary'

const LIVE = 'live'

/** Live updates reach the other processes of this server through its primary process. */
abstract class ServerTransport implements Transport {
  abstract publish(channel: string, message: Serializable): Promise<void>
  abstract subscribe<T extends Serializable>(
    channel: string,
    handler: SubscribeHandler<T>
  ): Promise<void>

  setId() {
    return this
  }

  onReconnect() {}
  async unsubscribe() {}
  async disconnect() {}
}

export class WorkerTransport extends ServerTransport {
  async publish(channel: string, message: Serializable) {
    primary().tell(LIVE, { channel, message })
  }

  async subscribe<T extends Serializable>(channel: string, handler: SubscribeHandler<T>) {
    primary().on(LIVE, (told) => told.channel === channel && handler(told.message))
  }
}

/** Nobody watches a page of the primary process; its jobs announce changes too. */
export class PrimaryTransport extends ServerTransport {
  constructor(private hub: Hub) {
    super()
  }

  async publish(channel: string, message: Serializable) {
    for (const worker of this.hub.channels) worker.tell(LIVE, { channel, message })
  }

  async subscribe() {}
}

/** Passes what a worker publishes to the others. */
export function relayLiveUpdates(hub: Hub) {
  hub.answer(LIVE, (told, from) => {
    for (const worker of hub.channels) if (worker !== from) worker.tell(LIVE, told)
  })
}
