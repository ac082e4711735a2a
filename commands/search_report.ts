import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import City from '#models/city'
import { readCount } from '#numbers/count'
import { ZeroResultLog, SEVERAL } from '#search/zero_results/zero_result_log'
import { clean } from '#text/clean'

const MOST_DAYS = 30

export default class SearchReport extends BaseCommand {
  static commandName = 'search:report'
  static description = 'Show zero-result searches by city'
  static options: CommandOptions = { startApp: true }
  static help = [
    `Searches by fewer than ${SEVERAL} people on one day are not shown, to protect their privacy.`,
    '```',
    '{{ binaryName }} search:report --city=Indore --days=7',
    '```',
  ]

  @flags.string({ description: 'Only searches in this city' })
  declare city?: string

  @flags.string({ description: `Number of days to include, 1 to ${MOST_DAYS}`, default: '14' })
  declare days: string

  @flags.string({ description: 'Maximum number of lines', default: '50' })
  declare limit: string

  @flags.boolean({ description: 'Print JSON' })
  declare json: boolean

  async run() {
    const [days, limit] = [readCount(this.days), readCount(this.limit)]
    if (!days || days > MOST_DAYS) {
      this.exitCode = 1
      return this.logger.error(`--days must be a whole number from 1 to ${MOST_DAYS}`)
    }
    if (!limit) {
      this.exitCode = 1
      return this.logger.error('--limit must be a whole number of at least 1')
    }
    const log = await this.app.container.make(ZeroResultLog)
    const asked = clean(this.city ?? '')
    const city = asked ? ((await City.named(asked)) ?? asked) : null
    const zeroResults = await log.shown({ city, days, limit })
    if (this.json) return this.logger.log(JSON.stringify(zeroResults, null, 2))
    for (const { city: where, words, searches } of zeroResults) {
      this.logger.log(`${String(searches).padStart(6)}  ${words}  (${where || 'all cities'})`)
    }
    if (zeroResults.length === 0) this.logger.log('No zero-result searches by several people')
  }
}
