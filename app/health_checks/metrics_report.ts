import { inject } from '@adonisjs/core'
import type { Logger } from '@adonisjs/core/logger'
import { ChangeFeed } from '#change_feed/change_feed'
import * as metrics from '#metrics/metrics'
import { AddedUp, type OwnMetrics } from '#metrics/added_up'
import type { Channel } from '#infra/cluster/channel'
import type { Hub } from '#infra/cluster/hub'
import { primary } from '#infra/cluster/primary'
import { role } from '#infra/cluster/role'
import { DataPlane } from '#replication/data_plane'
import { parsePosition } from '#replication/position'

export const METRICS = { ofServer: 'metrics:of_server', own: 'metrics:own' } as const

/** How long another process may take to give its metrics, in milliseconds. */
const PATIENCE = 1_000

/** The metrics of this process, and of the whole server. */
@inject()
export class MetricsReport {
  #addedUp = new AddedUp()
  #known = new WeakSet<Channel>()

  constructor(
    private dataPlane: DataPlane,
    private feed: ChangeFeed
  ) {}

  /** Of the whole server; without its primary process, of this one. */
  async text(logger: Logger): Promise<string> {
    if (role() === 'worker') {
      const text = primary().ask<string>(METRICS.ofServer, null, 3 * PATIENCE)
      return text.catch(() => this.#alone(logger))
    }
    return this.#alone(logger)
  }

  async own() {
    this.#noteFeed()
    return (await metrics.registry.getMetricsAsJSON()) as unknown as OwnMetrics
  }

  /** In the primary process: what is sampled comes from here alone. */
  async ofServer(hub: Hub, logger: Logger) {
    metrics.processesServing.set(hub.serving)
    await this.#sample(logger)
    const answered = new Map<object, OwnMetrics>([[this, await this.#withoutRedis()]])
    await Promise.all(
      hub.channels.map(async (worker) => {
        this.#follow(worker)
        const own = await worker.ask<OwnMetrics>(METRICS.own, null, PATIENCE).catch(() => null)
        if (own) answered.set(worker, own)
      })
    )
    return this.#addedUp.text(answered)
  }

  async #alone(logger: Logger) {
    await this.#sample(logger)
    return metrics.registry.metrics()
  }

  #follow(worker: Channel) {
    if (this.#known.has(worker)) return
    this.#known.add(worker)
    void worker.closed.then(() => this.#addedUp.leave(worker))
  }

  /** No page depends on this process's connection, which may never have been needed. */
  async #withoutRedis() {
    return (await this.own()).filter(({ name }) => name !== 'kirana_redis_up')
  }

  async #sample(logger: Logger) {
    this.#noteFeed()
    await this.#sampleDatabase().catch((error) =>
      logger.warn({ err: error }, 'primary unavailable, its metrics are missing')
    )
  }

  #noteFeed() {
    const { heardAt } = this.feed.status()
    metrics.feedHeartbeatAge.set(heardAt ? (Date.now() - heardAt.getTime()) / 1000 : -1)
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
