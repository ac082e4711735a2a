import type { Database } from '@adonisjs/lucid/database'
import { toSearchError } from '#search/elasticsearch/errors'
import type { Table } from '#search/elasticsearch/documents'
import type { CopyTarget, DocumentWriter } from '#search/elasticsearch/indexing/document_writer'
import type { SearchIndices } from '#search/elasticsearch/indexing/search_indices'
import { longDeadline } from '#config/deadlines'
import { withDeadline } from '#infra/database_deadlines'

export interface RebuildProgress {
  table: Table
  /** Rows copied so far. */
  copied: number
  /** Row count of the table at the start. */
  total: number
}

export interface RebuildOptions {
  /** Whether to resume an interrupted rebuild. */
  resume: boolean
  /** Batch size. */
  rowsAtOnce?: number
  onProgress?: (progress: RebuildProgress) => void
}

/** Progress of a rebuild, stored in the index being built. */
interface Bookmark {
  after: string
  copied: number
}

const BOOKMARK_ID = 'rebuild'
const ROWS_AT_ONCE = 2_000
const FIRST: Bookmark = { after: '00000000-0000-0000-0000-000000000000', copied: 0 }

/**
 * Builds a new index from the primary next to the live one, then replaces it.
 *
 * Once the new index exists, changes are written to both: an indexer looks up the target indices after the change
 * is visible, so a change it wrote only to the old index is visible before copying starts. Stale copies lose to
 * newer changes by their version. So neither side waits for the other.
 */
export class IndexRebuild {
  constructor(
    protected db: Database,
    protected indices: SearchIndices,
    protected writer: DocumentWriter
  ) {}

  /**
   * Rebuilds of a table run one at a time; this one waits for its turn.
   *
   * @throws SearchUnavailable
   */
  async run(table: Table, options: RebuildOptions) {
    await this.#inTurn(table, () => this.build(table, options))
  }

  /**
   * Builds the index if `isNeeded`.
   *
   * @throws SearchUnavailable
   */
  async runIfNeeded(table: Table) {
    await this.#inTurn(table, async () => {
      if (await this.isNeeded(table)) await this.build(table, { resume: true })
    })
  }

  /** Whether it is missing or its definition has changed. */
  async isNeeded(table: Table): Promise<boolean> {
    return (await this.indices.state(table)) !== 'ready'
  }

  async #inTurn(table: Table, work: () => Promise<void>) {
    await this.db.transaction(async (turn) => {
      /** Waiting for another rebuild may take long. */
      await turn.rawQuery(`SET LOCAL statement_timeout = ${longDeadline}`)
      await withDeadline(longDeadline, () =>
        turn.rawQuery('SELECT pg_advisory_xact_lock(hashtext(?))', [
          `search:rebuild:${this.indices.names.alias(table)}`,
        ])
      )
      await work().catch((error) => {
        throw toSearchError(error)
      })
    })
  }

  protected async build(table: Table, options: RebuildOptions) {
    await this.indices.putTemplates()
    const { index, bookmark } = await this.#begin(table, options.resume)
    await this.copyRows(table, { index: this.indices.names.building(table) }, options, {
      ...bookmark,
      keep: (mark) => this.#keep(index, mark),
    })
    await this.indices.client.delete({ index, id: BOOKMARK_ID }, { ignore: [404] })
    await this.indices.publish(table, index)
  }

  /** Copies the rows after a bookmark, and keeps it up to date. */
  protected async copyRows(
    table: Table,
    target: CopyTarget,
    { rowsAtOnce = ROWS_AT_ONCE, onProgress }: RebuildOptions,
    { after, copied, keep }: Bookmark & { keep?: (mark: Bookmark) => Promise<void> } = FIRST
  ) {
    const { rows } = await this.db.rawQuery(`SELECT count(*)::int AS total FROM ${table}`)
    for (;;) {
      onProgress?.({ table, copied, total: Math.max(copied, rows[0].total) })
      const { last, count } = await this.writer.copy(table, target, after, rowsAtOnce)
      if (last === null) return
      after = last
      copied += count
      await keep?.({ after, copied })
    }
  }

  /** Resumes an interrupted rebuild, or starts with an empty index. */
  async #begin(table: Table, resume: boolean): Promise<{ index: string; bookmark: Bookmark }> {
    const { indices } = this
    const left = await indices.behind(indices.names.building(table))
    if (left && resume && (await indices.hashOf(left)) === indices.hashFor(table)) {
      return { index: left, bookmark: await this.#bookmark(left) }
    }
    if (left) await indices.client.indices.delete({ index: left })
    await indices.removeUnused(table)
    return { index: await indices.create(table), bookmark: FIRST }
  }

  async #bookmark(index: string): Promise<Bookmark> {
    const { client } = this.indices
    const found = await client.get<Bookmark>({ index, id: BOOKMARK_ID }, { ignore: [404] })
    return found._source ?? FIRST
  }

  async #keep(index: string, bookmark: Bookmark) {
    await this.indices.client.index({ index, id: BOOKMARK_ID, document: bookmark })
  }
}
