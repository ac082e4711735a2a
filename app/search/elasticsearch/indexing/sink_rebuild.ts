import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@adonisjs/lucid/database'
import type { Offsets, SinkProgress } from '#connectors/sink_progress'
import { IndexRebuild, type RebuildOptions } from '#search/elasticsearch/indexing/index_rebuild'
import { SearchUnavailable } from '#search/search_unavailable'
import type { Table } from '#search/elasticsearch/documents'
import type { DocumentWriter } from '#search/elasticsearch/indexing/document_writer'
import type { SearchIndices } from '#search/elasticsearch/indexing/search_indices'
import type { SinkPosition } from '#search/elasticsearch/indexing/sink_position'

/** How long the sink may take to write what is in its topics, in milliseconds. */
const PATIENCE = 5_000

/**
 * Builds an index that the sink connector fills. The sink writes to the alias alone, so the alias is switched first
 * and the rows are copied behind it; the index has no position, and answers nobody, until it is complete.
 *
 * Versions are the sink's offsets. A row is copied with that of the last record before the switch: what the sink had
 * already written is in the row, and what it writes later wins.
 */
export class SinkRebuild extends IndexRebuild {
  /** @param visibleWithin upper bound on the time between a commit in the log and its visibility, in milliseconds */
  constructor(
    db: Database,
    indices: SearchIndices,
    writer: DocumentWriter,
    private sink: SinkProgress,
    private position: SinkPosition,
    private visibleWithin: number
  ) {
    super(db, indices, writer)
  }

  async isNeeded(table: Table) {
    if (await super.isNeeded(table)) return true
    return !(await this.position.isComplete(this.indices.names.alias(table)))
  }

  /** An interrupted copy starts over: the next one has another version. */
  protected async build(table: Table, options: RebuildOptions) {
    await this.indices.putTemplates()
    const before = await this.#reachedEnds()
    const index = await this.indices.replace(table)
    await delay(this.visibleWithin)
    await this.#copy(table, index, lastVersion(table, before), options)
    await this.position.begin(index, await this.#reachedEnds())
    await this.indices.retireUnused(table)
  }

  /** Rows without a record are left to the source's snapshot: no version would be lower than that of its records. */
  async #copy(table: Table, index: string, version: number, options: RebuildOptions) {
    if (version >= 0) return this.copyRows(table, { index, version }, options)
    const { rows } = await this.db.rawQuery(`SELECT FROM ${table} LIMIT 1`)
    if (rows.length > 0)
      throw new SearchUnavailable(
        `The topic of ${table} is empty: is the source connector running?`
      )
  }

  async #reachedEnds() {
    const ends = await this.sink.ends()
    if (await this.sink.hasReached(ends, PATIENCE)) return ends
    throw new SearchUnavailable('The sink connector has not written yet what is in its topics')
  }
}

/** Version of the last record of a table's topic, which has one partition; -1 without a record. */
function lastVersion(table: Table, ends: Offsets): number {
  const [, end] = [...ends].find(([name]) => name.endsWith(`.${table}-0`))!
  return Number(end) - 1
}
