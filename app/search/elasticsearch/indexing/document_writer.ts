import type { estypes } from '@elastic/elasticsearch'
import type { Database } from '@adonisjs/lucid/database'
import type { Logger } from '@adonisjs/core/logger'
import { IndexMissing, MISSING, toSearchError } from '#search/elasticsearch/errors'
import { SearchUnavailable } from '#search/search_unavailable'
import { documentsIndexed } from '#metrics/metrics'
import type { Table } from '#search/elasticsearch/documents'
import type { SearchIndices } from '#search/elasticsearch/indexing/search_indices'

type Item = estypes.BulkResponseItem

interface Row {
  id: string
  document: Record<string, unknown>
}

/** Rows read together, with the version of the read. */
interface NumberedRows {
  version: number
  rows: Row[]
  /** Local time, in milliseconds since 1970. */
  readAt: number
}

/** Where rows are copied to. */
export interface CopyTarget {
  /** An alias; with `version` an index. */
  index: string
  /** Version of the documents, instead of one that is drawn for each read. */
  version?: number
}

/**
 * Maximum age of a read when it is written, in milliseconds. Elasticsearch remembers a deletion's version for an
 * hour (`gc_deletes`); an older read must not arrive after that.
 */
const LONGEST_WAY = 60_000

/** Generated columns are missing from change events. */
const COMPUTED = `'{in_stock}'::text[]`

/**
 * Writes rows of the primary into their index, a document for each row with the names of its columns.
 *
 * Each read draws a version number before reading the rows, and Elasticsearch keeps the write with the larger
 * version. So the last read after a change wins regardless of arrival order, and retries are harmless.
 */
export class DocumentWriter {
  constructor(
    private db: Database,
    private indices: SearchIndices,
    private logger: Logger
  ) {}

  /**
   * Updates the documents to the primary's current rows and deletes those of deleted rows.
   *
   * @throws SearchUnavailable when it must be retried
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
   * Copies the rows after `after` (by id) into an index being built.
   *
   * @returns the last id, null when done, and the number of rows
   * @throws SearchUnavailable
   */
  async copy(table: Table, { index, version }: CopyTarget, after: string, limit: number) {
    const condition = `WHERE id > ?::uuid ORDER BY id LIMIT ${limit}`
    const numbered = await this.#read(table, condition, [after])
    const ids = numbered.rows.map(({ id }) => id)
    if (ids.length > 0) {
      const items = await (version === undefined
        ? this.#send(numbered, [index], ids)
        : this.#send({ ...numbered, version }, [index], ids, { require_alias: false }))
      this.#judge(table, items)
    }
    return { last: ids.at(-1) ?? null, count: ids.length }
  }

  /** The version is drawn first: rows read afterwards are at least as new as it says. */
  async #read(table: Table, condition: string, bindings: unknown[]): Promise<NumberedRows> {
    const readAt = Date.now()
    const drawn = await this.db.rawQuery(`SELECT nextval('search_versions')::float8 AS version`)
    const { rows } = await this.db.rawQuery(
      `SELECT id, to_jsonb(row) - ${COMPUTED} AS document FROM ${table} AS row ${condition}`,
      bindings as any[]
    )
    return { version: drawn.rows[0].version, rows, readAt }
  }

  /** Writes to aliases, so that a write cannot recreate a removed index. */
  async #send(
    { version, rows, readAt }: NumberedRows,
    aliases: string[],
    ids: string[],
    options = { require_alias: true }
  ) {
    const documents = new Map(rows.map(({ id, document }) => [id, document]))
    const operations = aliases.flatMap((index) => {
      return ids.flatMap((id): object[] => {
        const target = { _index: index, _id: id, version, version_type: 'external' }
        const document = documents.get(id)
        return document ? [{ index: target }, document] : [{ delete: target }]
      })
    })
    if (Date.now() - readAt > LONGEST_WAY)
      throw new SearchUnavailable('The rows were read too long ago to be indexed')
    const { items } = await this.indices.client.bulk({ operations, ...options }).catch(rethrow)
    return items.map((item) => Object.values(item)[0]!)
  }

  /** Throws errors that a retry may fix; logs documents that can never be indexed. */
  #judge(table: Table, items: Item[]) {
    const failed = items.filter(hasFailed)
    documentsIndexed.inc({ table, outcome: 'written' }, items.length - failed.length)
    for (const { _index: index, _id: id, status, error } of failed) {
      if (error!.type === MISSING) throw new IndexMissing()
      if (status !== 400) throw new SearchUnavailable(`Elasticsearch: ${status} ${error!.reason}`)
      documentsIndexed.inc({ table, outcome: 'refused' })
      this.logger.error({ index, id, reason: error!.reason }, 'document rejected')
    }
  }
}

/** Not failures: a newer version already present, or a deletion of a missing document. */
function hasFailed({ status, error }: Item) {
  return error !== undefined && status !== 409
}

function rethrow(error: unknown): never {
  throw toSearchError(error)
}
