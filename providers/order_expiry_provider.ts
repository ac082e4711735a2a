import type { ApplicationService } from '@adonisjs/core/types'
import { runsJobs } from '#infra/cluster/role'
import { OrderExpiry } from '#orders/order_expiry'

/** Binds the expiry of unaccepted orders, and runs it in servers. */
export default class OrderExpiryProvider {
  #expiry: OrderExpiry | null = null

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(OrderExpiry, async (resolver) => {
      const logger = await resolver.make('logger')
      return new OrderExpiry(logger, this.app.config.get<number>('orders.expiryEvery'))
    })
  }

  async ready() {
    if (!runsJobs(this.app)) return
    this.#expiry = await this.app.container.make(OrderExpiry)
    this.#expiry.start()
  }

  async shutdown() {
    await this.#expiry?.stop()
  }
}
