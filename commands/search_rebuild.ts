import type searchConfig from '#config/search'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { TABLES, type Table } from '#search/elasticsearch/documents'
import { IndexRebuild, type RebuildProgress } from '#search/elasticsearch/indexing/index_rebuild'
import { SearchUnavailable } from '#search/search_unavailable'

export default class SearchRebuild extends BaseCommand {
  static commandName = 'search:rebuild'
  static description = 'Rebuild the search indices from the database without downtime'
  static options: CommandOptions = { startApp: true }
  static help = [
    'The new index replaces the old one atomically when it is complete. Until then searches',
    'use the old one, and changes are written to both. The old index is then removed.',
    'With SEARCH_INDEXER=connect searches use PostgreSQL until then.',
    '',
    'A rebuild that was interrupted goes on where it was; --from-scratch begins again. Running it twice',
    'at the same time is safe: the second waits for the first.',
  ]

  @flags.string({ description: `Only one of these: ${TABLES.join(', ')}` })
  declare only?: string

  @flags.boolean({ description: 'Start over instead of resuming an interrupted rebuild' })
  declare fromScratch: boolean

  async run() {
    const tables = TABLES.filter((table) => !this.only || table === this.only)
    const { engine } = this.app.config.get<typeof searchConfig>('search')
    const refusal =
      (tables.length === 0 && `There is no index ${this.only}, only ${TABLES.join(', ')}`) ||
      (engine !== 'elasticsearch' &&
        'SEARCH_ENGINE is not elasticsearch; the embedded engine has no index')
    if (refusal) return this.#fail(refusal)
    const rebuild = await this.app.container.make(IndexRebuild)
    for (const table of tables) await this.#rebuild(rebuild, table)
    this.logger.logUpdatePersist()
  }

  async #rebuild(rebuild: IndexRebuild, table: Table) {
    const startedAt = Date.now()
    let last: RebuildProgress | null = null
    try {
      await rebuild.run(table, {
        resume: !this.fromScratch,
        onProgress: (progress) => {
          last = progress
          this.logger.logUpdate(lineOf(progress))
        },
      })
    } catch (error) {
      if (!(error instanceof SearchUnavailable)) throw error
      this.logger.logUpdatePersist()
      return this.#fail(`${error.message}. Run the command again, it goes on where it was.`)
    }
    this.logger.logUpdatePersist()
    const { copied } = last!
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    this.logger.success(`${table}: ${copied} documents in ${seconds} s, now searched`)
  }

  #fail(message: string) {
    this.logger.error(message)
    this.exitCode = 1
  }
}

function lineOf({ table, copied, total }: RebuildProgress) {
  const percent = total === 0 ? 100 : Math.floor((copied / total) * 100)
  return `${table}: ${copied} of ${total} (${percent} %)`
}
