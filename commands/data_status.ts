import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { DataPlane } from '#replication/data_plane'
import { ServerMetrics } from '#metrics/server_metrics'

export default class DataStatus extends BaseCommand {
  static commandName = 'data:status'
  static description = 'Show positions, lag, slots, the change feed and the cache'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Positions, replicas and slots are read from the primary; the feed and the cache from the server',
    'running on this machine at PORT.',
  ]

  @flags.boolean({ description: 'Print JSON' })
  declare json: boolean

  async run() {
    const dataPlane = await this.app.container.make(DataPlane)
    const report = {
      position: await dataPlane.position(),
      replicas: await dataPlane.replicas(),
      slots: await dataPlane.slots(),
      server: await ServerMetrics.fetch(this.app.config.get('app.appUrl')),
    }
    if (this.json) return this.logger.log(JSON.stringify(report, null, 2))

    this.logger.log(`primary  at ${report.position}`)
    for (const { name, state, position, lagBytes } of report.replicas) {
      this.logger.log(`replica  ${name}: ${state}, at ${position}, ${lagBytes} bytes behind`)
    }
    if (report.replicas.length === 0) this.logger.warning('no replica is connected')
    for (const { name, kind, active, walStatus, retainedBytes } of report.slots) {
      const line = `slot     ${name}: ${kind}, ${active ? 'active' : 'not active'}, ${walStatus}, ${retainedBytes} bytes of log kept`
      if (walStatus === 'lost') this.logger.error(line)
      else this.logger.log(line)
    }
    if (!report.server) return this.logger.warning('no server answers on this machine')
    for (const line of report.server.lines()) this.logger.log(line)
  }
}
