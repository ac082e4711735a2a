import { inject } from '@adonisjs/core'
import { errors, type HttpContext } from '@adonisjs/core/http'
import { MetricsReport } from '#health_checks/metrics_report'
import { registry } from '#metrics/metrics'
import { mayReadMetrics } from '#metrics/metrics_access'

@inject()
export default class MetricsController {
  constructor(private report: MetricsReport) {}

  async show({ request, response, logger }: HttpContext) {
    if (!mayReadMetrics(request)) {
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    }
    response.header('Content-Type', registry.contentType)
    return this.report.text(logger)
  }
}
