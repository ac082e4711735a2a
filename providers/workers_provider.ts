import type { ApplicationService } from '@adonisjs/core/types'
import { METRICS, MetricsReport } from '#health_checks/metrics_report'
import { PROCESSES } from '#health_checks/processes'
import { primary } from '#infra/cluster/primary'
import { role, workers } from '#infra/cluster/role'
import { relayLiveUpdates } from '#workers/live_transport'
import { ServerLimits } from '#workers/server_limits'

/** Connects the processes of a server that has several. */
export default class WorkersProvider {
  constructor(protected app: ApplicationService) {}

  async ready() {
    if (this.app.getEnvironment() !== 'web' || role() === 'alone') return
    const report = await this.app.container.make(MetricsReport)
    if (role() === 'worker') return primary().on(METRICS.own, () => report.own())
    const hub = workers()
    const logger = await this.app.container.make('logger')
    relayLiveUpdates(hub)
    new ServerLimits().answer(hub)
    hub.answer(METRICS.ofServer, () => report.ofServer(hub, logger))
    hub.answer(PROCESSES, () => ({ wanted: hub.size, serving: hub.serving }))
  }
}
