import type { ApplicationService } from '@adonisjs/core/types'
import { METRICS, MetricsReport } from '#health_checks/metrics_report'
import { PROCESSES } from '#health_checks/processes'
import { primary } from '#infra/cluster/primary'
import { role, workers } from '#infra/cluster/role'
import { Knowledge } from '#knowledge/knowledge'
import { forgetDeadListeners, LISTENS } from '#workers/dead_listeners'
import { relayLiveUpdates } from '#workers/live_transport'
import { ServerLimits } from '#workers/server_limits'

/** Connects the processes of a server that has several. */
export default class WorkersProvider {
  constructor(protected app: ApplicationService) {}

  async ready() {
    if (this.app.getEnvironment() !== 'web' || role() === 'alone') return
    const report = await this.app.container.make(MetricsReport)
    if (role() === 'worker') {
      primary().on(METRICS.own, () => report.own())
      return primary().tell(LISTENS, (await this.app.container.make(Knowledge)).id)
    }
    const hub = workers()
    const logger = await this.app.container.make('logger')
    relayLiveUpdates(hub)
    new ServerLimits().answer(hub)
    forgetDeadListeners(hub, await this.app.container.make('lucid.db'), logger)
    hub.answer(METRICS.ofServer, () => report.ofServer(hub, logger))
    hub.answer(PROCESSES, () => ({ wanted: hub.size, serving: hub.serving }))
  }
}
