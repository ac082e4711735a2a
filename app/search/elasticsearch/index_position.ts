import type { Client, estypes } from '@elastic/elasticsearch'
import { HEARTBEAT_ID, TABLES, type HeartbeatDocument } from '#search/elasticsearch/documents'
import { parsePosition, type Position } from '#replication/position'

/** How far the indices behind the aliases have read, and which they are. */
export interface IndexProgress {
  /** Every change up to here is found; null when that is not known. */
  position: Position | null
  indices: string
}

/** The search for the documents that say how far the indices have read. */
export function progressBody(): estypes.SearchRequest {
  return { query: { ids: { values: [HEARTBEAT_ID] } }, _source: ['position'] }
}

/** The progress of the index that has read least. */
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
 * What is known of how far the indices have read. A progress that was once seen holds for every later
 * search, as long as the indices are the same; so it is asked for only when it does not suffice.
 */
export class IndexPosition {
  #known: IndexProgress = { position: null, indices: '' }

  constructor(
    private client: Client,
    private aliases: string[]
  ) {}

  /** The progress if it has reached `position`, else null. */
  async reaching(position: Position): Promise<IndexProgress | null> {
    if (!hasReached(this.#known, position)) this.note(await this.#ask())
    return hasReached(this.#known, position) ? this.#known : null
  }

  note(progress: IndexProgress) {
    this.#known = progress
  }

  async #ask() {
    const index = this.aliases
    return progressOf(await this.client.search<HeartbeatDocument>({ index, ...progressBody() }))
  }
}

/** Whether what held before a search still holds after it: the same indices, and none restored from a copy. */
export function isStill(before: IndexProgress, after: IndexProgress) {
  return after.indices === before.indices && hasReached(after, before.position!)
}

function hasReached(progress: IndexProgress, position: Position) {
  return progress.position !== null && progress.position >= position
}
