import { setTimeout as delay } from 'node:timers/promises'
import TransmitProvider from '@adonisjs/transmit/transmit_provider'
import emitter from '@adonisjs/core/services/emitter'
import { Knowledge } from '#knowledge/knowledge'
import OrderChanged from '#events/order_changed'
import { LiveOrders } from '#orders/live_orders'
import { LiveStreams } from '#sessions/live_streams'
import { inSpan } from '#tracing/in_span'

/** Timeout of closing the transport, so that an unavailable Redis does not delay shutdown, in milliseconds. */
const PATIENCE = 1_000

/** Binds live order updates, and subscribes them to order changes. */
export default class LiveOrdersProvider extends TransmitProvider {
  #inUse = false

  register() {
    super.register()
    this.app.container.singleton(LiveOrders, async (resolver) => {
      this.#inUse = true
      return new LiveOrders(
        await resolver.make('transmit'),
        await resolver.make(LiveStreams),
        await resolver.make(Knowledge)
      )
    })
  }

  async start() {
    emitter.on(OrderChanged, async ({ order }) => {
      const live = await this.app.container.make(LiveOrders)
      await inSpan('tell open pages', () => live.announce(order))
    })
  }

  async shutdown() {
    if (!this.#inUse) return
    await Promise.race([super.shutdown(), delay(PATIENCE, undefined, { ref: false })])
  }
}
