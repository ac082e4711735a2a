import type { Logger } from '@adonisjs/core/logger'
import type { ChangeEvent } from '#change_feed/change_event'
import { ChangeHandler } from '#change_feed/change_handler'
import { TABLES, type Table } from '#search/elasticsearch/documents'
import { IndexMissing, toSearchError } from '#search/elasticsearch/errors'
import { indexPosition } from '#metrics/metrics'
import type { DocumentWriter } from '#search/elasticsearch/indexing/document_writer'
import type { IndexRebuild } from '#search/elasticsearch/indexing/index_rebuild'
import type { SearchIndices } from '#search/elasticsearch/indexing/search_indices'
import type { Position } from '#replication/position'

/**
 * Keeps the search indices up to date. Has its own feed, so that an unavailable Elasticsearch delays nothing else;
 * the feed retries.
 */
export class IndexDocuments extends ChangeHandler {
  constructor(
    private indices: SearchIndices,
    private writer: DocumentWriter,
    private rebuild: IndexRebuild,
    private logger: Logger
  ) {
    super()
  }

  async handle(changes: ChangeEvent[]) {
    const searched = changes.filter(({ table }) => TABLES.includes(table as Table))
    for (const [table, events] of Map.groupBy(searched, (change) => change.table as Table)) {
      if (events.some(({ operation }) => operation === 'truncate')) await this.#renew(table)
      else await this.#write(table, [...new Set(events.map(({ key }) => key.id))])
    }
  }

  /** Changes up to `watermark` were delivered before, so they are indexed. */
  async heartbeat(_: number, watermark: Position) {
    try {
      for (const table of TABLES) await this.#ensure(table)
      if (watermark === 0n) return
      await this.indices.advance(watermark)
    } catch (error) {
      throw toSearchError(error)
    }
    indexPosition.set(Number(watermark))
  }

  async gap() {
    for (const table of TABLES) await this.#renew(table)
  }

  /** A row that moved has a new key and the same id. */
  async #write(table: Table, ids: string[]) {
    try {
      await this.writer.write(table, ids)
    } catch (error) {
      if (!(error instanceof IndexMissing)) throw error
      await this.#ensure(table)
      await this.writer.write(table, ids)
    }
  }

  async #ensure(table: Table) {
    const state = await this.indices.state(table)
    if (state === 'ready') return
    this.logger.warn({ table }, `search index ${state}, rebuilding it from the database`)
    await this.rebuild.runIfNeeded(table)
    this.logger.info({ table }, 'search index built')
  }

  async #renew(table: Table) {
    this.logger.warn({ table }, 'changes may have been missed, rebuilding the search index')
    await this.rebuild.run(table, { resume: false })
    this.logger.info({ table }, 'search index built')
  }
}
