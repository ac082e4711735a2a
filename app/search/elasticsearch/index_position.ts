import type { Client, estypes } from '@elastic/elasticsearch'
import { HEARTBEAT_ID, TABLES, type HeartbeatDocument } from '#search/elasticsearch/documents'
import { parsePosition, type Position } from '#replication/position'

/** Position of the indices behind the aliases, and which indices these are. */
export interface IndexProgress {
  /** Every change up to here is searchable; null when unknown. */
  position: Position | null
  indices: string
}

/** Search for the documents that record the indices' positions. */
export function progressBody(): estypes.SearchRequest {
  return { query: { ids: { values: [HEARTBEAT_ID] } }, _source: ['position'] }
}

/** The lowest progress of all indices. */
export function progressOf({ hits }: estypes.SearchResponseBody<HeartbeatDocument>): IndexProgress {
  const positions = hits.hits.map(({ _source }) => parsePosition(_source!.position))
  return {
    position: positions.length < TABLES.length ? null : positions.reduce((a, b) => (a < b ? a : b)),
    indices: hits.hits
      .map(({ _index }) => _index)
      .sort()
      .join(),
  }
}

/**
 * Caches the indices' progress. Progress once seen holds for later searches on the same indices, so it is
 * refreshed only when too low.
 */
export class IndexPosition {
  #known: IndexProgress = { position: null, indices: '' }

  constructor(
    private client: Client,
    private aliases: string[]
  ) {}

  /** The progress if it has reached `position`, otherwise null. */
  async reaching(position: Position): Promise<IndexProgress | null> {
    if (!hasReached(this.#known, position)) this.note(await this.#ask())
    return hasReached(this.#known, position) ? this.#known : null
  }

  /** The position now; null when unknown. */
  async latest() {
    this.note(await this.#ask())
    return this.#known.position
  }

  note(progress: IndexProgress) {
    this.#known = progress
  }

  async #ask() {
    const index = this.aliases
    return progressOf(await this.client.search<HeartbeatDocument>({ index, ...progressBody() }))
  }
}

/** Whether both were seen on the same indices, with none restored from a snapshot in between. */
export function isStill(before: IndexProgress, after: IndexProgress) {
  return after.indices === before.indices && hasReached(after, before.position!)
}

function hasReached(progress: IndexProgress, position: Position) {
  return progress.position !== null && progress.position >= position
}
