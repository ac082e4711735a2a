import type securityLog from '#config/security_log'
import type { ApplicationService } from '@adonisjs/core/types'
import { runsJobs } from '#infra/cluster/role'
import { chores } from '#housekeeping/chores'
import { Housekeeping } from '#housekeeping/housekeeping'
import { DayFiles } from '#security/day_files'

/** Binds the cleanup, and runs it in servers. */
export default class HousekeepingProvider {
  #housekeeping: Housekeeping | null = null

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Housekeeping, async (resolver) => {
      const { directory, daysKept } = this.app.config.get<typeof securityLog>('security_log')
      const files = await resolver.make(DayFiles)
      return new Housekeeping(
        await resolver.make('lucid.db'),
        await resolver.make('logger'),
        chores,
        async () => directory && files.forget(daysKept),
        this.app.config.get<number>('housekeeping.every')
      )
    })
  }

  async ready() {
    if (!runsJobs(this.app)) return
    this.#housekeeping = await this.app.container.make(Housekeeping)
    this.#housekeeping.start()
  }

  async shutdown() {
    await this.#housekeeping?.stop()
  }
}
