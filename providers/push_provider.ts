import type { ApplicationService } from '@adonisjs/core/types'
import type push from '#config/push'
import { runsJobs } from '#infra/cluster/role'
import { PushSender } from '#push/push_sender'

/** Binds the sender of push messages, and runs it in servers unless push is off. */
export default class PushProvider {
  #sender: PushSender | null = null

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(PushSender, async (resolver) => {
      const { every } = this.#settings
      return new PushSender(await resolver.make('lucid.db'), await resolver.make('logger'), every)
    })
  }

  async ready() {
    if (!runsJobs(this.app) || !this.#settings.contact) return
    this.#sender = await this.app.container.make(PushSender)
    this.#sender.start()
  }

  async shutdown() {
    await this.#sender?.stop()
  }

  get #settings() {
    return this.app.config.get<typeof push>('push')
  }
}
