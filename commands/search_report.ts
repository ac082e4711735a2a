import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { ZeroResultLog, SEVERAL } from '#search/zero_results/zero_result_log'

const MOST_DAYS = 30

export default class SearchReport extends BaseCommand {
  static commandName = 'search:report'
  static description = 'Show what people search for and do not find, by city'
  static options: CommandOptions = { startApp: true }
  static help = [
    `What fewer than ${SEVERAL} people searched for on one day is not shown, so that it says nothing about any of them.`,
    '```',
    '{{ binaryName }} search:report --city=Indore --days=7',
    '```',
  ]

  @flags.string({ description: 'Only searches in this city' })
  declare city?: string

  @flags.number({ description: `Of the last so many days, 1 to ${MOST_DAYS}`, default: 14 })
  declare days: number

  @flags.number({ description: 'The most lines to show', default: 50 })
  declare limit: number

  @flags.boolean({ description: 'Print JSON' })
  declare json: boolean

  async run() {
    const { days, limit } = this
    if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
      this.exitCode = 1
      return this.logger.error(`--days must be a whole number from 1 to ${MOST_DAYS}`)
    }
    if (!Number.isInteger(limit) || limit < 1) {
      this.exitCode = 1
      return this.logger.error('--limit must be a whole number from 1 on')
    }
    const log = await this.app.container.make(ZeroResultLog)
    const zeroResults = await log.shown({ city: this.city ?? null, days, limit })
    if (this.json) return this.logger.log(JSON.stringify(zeroResults, null, 2))
    for (const { city, words, searches } of zeroResults) {
      this.logger.log(`${String(searches).padStart(6)}  ${words}  (${city || 'all cities'})`)
    }
    if (zeroResults.length === 0)
      this.logger.log('Nothing that several people searched for in vain')
  }
}
