import { inject } from '@adonisjs/core'
import { Readiness } from '#health_checks/readiness'
import type { HttpContext } from '@adonisjs/core/http'

@inject()
export default class HealthController {
  constructor(private readiness: Readiness) {}

  /** Liveness: the process answers; dependencies are not checked. */
  live({ response }: HttpContext) {
    response.json({ status: 'ok' })
  }

  async ready({ response }: HttpContext) {
    const report = await this.readiness.report()
    response.status(report.ready ? 200 : 503).json(report)
  }
}
