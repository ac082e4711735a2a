import type { estypes } from '@elastic/elasticsearch'
import type { Database } from '@adonisjs/lucid/database'
import type { Logger } from '@adonisjs/core/logger'
import { IndexMissing, MISSING, toSearchError } from '#search/elasticsearch/errors'
import { SearchUnavailable } from '#search/search_unavailable'
import { documentsIndexed } from '#services/metrics'
import type { Table } from '#search/elasticsearch/documents'
import type { SearchIndices } from '#search/elasticsearch/indexing/search_indices'

type Item = estypes.BulkResponseItem

interface Row {
  id: string
  document: Record<string, unknown>
}

/** Rows as they were read at once: the number tells it from earlier and later ones. */
interface NumberedRows {
  version: number
  rows: Row[]
  /** By this machine's clock, in milliseconds. */
  readAt: number
}

/**
 * How long after it was taken a reading may be written, in milliseconds. Elasticsearch remembers the
 * number of a deletion for an hour (`gc_deletes`); a reading from before may not arrive later than that.
 */
const LONGEST_WAY = 60_000

/** Columns that are computed, which no change event carries. */
const COMPUTED = `'{in_stock}'::text[]`

/**
 * Writes rows of the primary into their index, a document for each row with the names of its columns.
 *
 * Every reading has a number that was drawn before the rows were read, and Elasticsearch keeps of two
 * writes of a document the one with the larger number, in whatever order they arrive. So the last
 * reading after a change decides, and repeating is harmless.
 */
export class DocumentWriter {
  constructor(
    private db: Database,
    private indices: SearchIndices,
    private logger: Logger
  ) {}

  /**
   * Brings the documents of these rows to what the primary shows now; those of rows that are gone go too.
   *
   * @throws SearchUnavailable when it has to be repeated
   */
  async write(table: Table, ids: string[]) {
    const aliases = await this.indices.targets(table).catch(rethrow)
    const numbered = await this.#read(table, `WHERE id = ANY(?::uuid[])`, [ids])
    const items = await this.#send(numbered, aliases, ids)
    const isBuilt = (item: Item) => item._index !== this.indices.names.building(table)
    this.#judge(
      table,
      items.filter((item) => isBuilt(item) || item.error?.type !== MISSING)
    )
  }

  /**
   * Writes the rows that follow `after` in the order of their ids into the index that is being built.
   *
   * @returns the last id, null when there is none, and how many there were
   * @throws SearchUnavailable
   */
  async copy(table: Table, after: string, limit: number) {
    const condition = `WHERE id > ?::uuid ORDER BY id LIMIT ${limit}`
    const numbered = await this.#read(table, condition, [after])
    const ids = numbered.rows.map(({ id }) => id)
    if (ids.length > 0) {
      const items = await this.#send(numbered, [this.indices.names.building(table)], ids)
      this.#judge(table, items)
    }
    return { last: ids.at(-1) ?? null, count: ids.length }
  }

  /** The number first: a row that is read afterwards is at least as new as the number says. */
  async #read(table: Table, condition: string, bindings: unknown[]): Promise<NumberedRows> {
    const readAt = Date.now()
    const drawn = await this.db.rawQuery(`SELECT nextval('search_versions')::float8 AS version`)
    const { rows } = await this.db.rawQuery(
      `SELECT id, to_jsonb(row) - ${COMPUTED} AS document FROM ${table} AS row ${condition}`,
      bindings as any[]
    )
    return { version: drawn.rows[0].version, rows, readAt }
  }

  /** Only to aliases, so that no write brings back an index that was removed. */
  async #send({ version, rows, readAt }: NumberedRows, aliases: string[], ids: string[]) {
    const documents = new Map(rows.map(({ id, document }) => [id, document]))
    const operations = aliases.flatMap((index) => {
      return ids.flatMap((id): object[] => {
        const target = { _index: index, _id: id, version, version_type: 'external' }
        const document = documents.get(id)
        return document ? [{ index: target }, document] : [{ delete: target }]
      })
    })
    if (Date.now() - readAt > LONGEST_WAY)
      throw new SearchUnavailable('Rows were read too long ago')
    const { items } = await this.indices.client
      .bulk({ operations, require_alias: true })
      .catch(rethrow)
    return items.map((item) => Object.values(item)[0]!)
  }

  /** What another attempt may mend is thrown; a document that no attempt makes acceptable is reported. */
  #judge(table: Table, items: Item[]) {
    const failed = items.filter(hasFailed)
    documentsIndexed.inc({ table, outcome: 'written' }, items.length - failed.length)
    for (const { _index: index, _id: id, status, error } of failed) {
      if (error!.type === MISSING) throw new IndexMissing()
      if (status !== 400) throw new SearchUnavailable(`Elasticsearch: ${status} ${error!.reason}`)
      documentsIndexed.inc({ table, outcome: 'refused' })
      this.logger.error({ index, id, reason: error!.reason }, 'document refused')
    }
  }
}

/** A newer reading was there already, or what is to be deleted is not there: both are as they should be. */
function hasFailed({ status, error }: Item) {
  return error !== undefined && status !== 409
}

function rethrow(error: unknown): never {
  throw toSearchError(error)
}
