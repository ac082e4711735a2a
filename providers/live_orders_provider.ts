import { setTimeout as delay } from 'node:timers/promises'
import TransmitProvider from '@adonisjs/transmit/transmit_provider'
import emitter from '@adonisjs/core/services/emitter'
import OrderChanged from '#events/order_changed'
import { LiveOrders } from '#orders/live_orders'

/** A Redis that is away must not hold up the end of the process. */
const PATIENCE = 1_000

/** Binds what tells open pages of changed orders, and lets it know of them. */
export default class LiveOrdersProvider extends TransmitProvider {
  register() {
    super.register()
    this.app.container.singleton(LiveOrders, async (resolver) => {
      return new LiveOrders(await resolver.make('transmit'))
    })
  }

  async start() {
    const live = await this.app.container.make(LiveOrders)
    emitter.on(OrderChanged, ({ order }) => live.announce(order))
  }

  async shutdown() {
    await Promise.race([super.shutdown(), delay(PATIENCE, undefined, { ref: false })])
  }
}
