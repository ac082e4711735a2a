import { inject } from '@adonisjs/core'
import { errors, type HttpContext } from '@adonisjs/core/http'
import { ChangeFeed } from '#change_feed/change_feed'
import { DataPlane } from '#replication/data_plane'
import { parsePosition } from '#replication/position'
import * as metrics from '#metrics/metrics'
import { mayReadMetrics } from '#metrics/metrics_access'

@inject()
export default class MetricsController {
  constructor(
    private dataPlane: DataPlane,
    private feed: ChangeFeed
  ) {}

  async show({ request, response, logger }: HttpContext) {
    if (!mayReadMetrics(request)) {
      throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    }
    const { heardAt } = this.feed.status()
    metrics.feedHeartbeatAge.set(heardAt ? (Date.now() - heardAt.getTime()) / 1000 : -1)
    await this.#sampleDatabase().catch((error) =>
      logger.warn({ err: error }, 'primary unavailable, its metrics are missing')
    )
    response.header('Content-Type', metrics.registry.contentType)
    return metrics.registry.metrics()
  }

  async #sampleDatabase() {
    metrics.replicaLag.reset()
    metrics.slotRetained.reset()
    metrics.slotLost.reset()
    metrics.primaryPosition.set(Number(parsePosition(await this.dataPlane.position())))
    for (const { name, lagBytes } of await this.dataPlane.replicas()) {
      metrics.replicaLag.set({ replica: name }, lagBytes)
    }
    for (const { name, retainedBytes, walStatus } of await this.dataPlane.slots()) {
      metrics.slotRetained.set({ slot: name }, retainedBytes)
      metrics.slotLost.set({ slot: name }, walStatus === 'lost' ? 1 : 0)
    }
  }
}
