import type { IncomingMessage } from 'node:http'
import type { ApplicationService } from '@adonisjs/core/types'
import { siteFiles } from '#public_files/site_files'

const ASKED_BY_MACHINES = ['/health/', '/metrics']

/** Starts tracing where `config/tracing.ts` says so. While it is off, nothing of OpenTelemetry is loaded. */
export default class TracingProvider {
  #stop: (() => Promise<void>) | null = null

  constructor(protected app: ApplicationService) {}

  async boot() {
    if (!this.app.config.get('tracing.isOn') || this.app.getEnvironment() !== 'web') return
    const { startTracing } = await import('#tracing/start_tracing')
    this.#stop = startTracing(isIgnored)
  }

  async shutdown() {
    await this.#stop?.()
  }
}

function isIgnored({ url = '' }: IncomingMessage) {
  const path = url.split('?', 1)[0]
  return ASKED_BY_MACHINES.some((start) => path.startsWith(start)) || siteFiles().at(path) !== null
}
