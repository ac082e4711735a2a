import type { Client, estypes } from '@elastic/elasticsearch'
import { HEARTBEAT_ID, type HeartbeatDocument } from '#search/elasticsearch/documents'
import { formatPosition, parsePosition, type Position } from '#replication/position'
import type { Offsets } from '#connectors/sink_progress'
import type { IndexNames } from '#search/elasticsearch/index_names'

/** What the indices say about themselves. */
export interface RecordedPosition {
  /** The lowest. */
  position: Position
  /** What the sink had written then. */
  offsets: Offsets
  /** Of the documents, in the order of the aliases. */
  revisions: { if_seq_no: number; if_primary_term: number }[]
}

/** Elasticsearch's status for a document that has changed, or is gone. */
const CONFLICT = 409

/**
 * The positions of indices that the sink connector fills. An index has one only while it is complete: `begin` creates
 * it, `withdraw` deletes it, and `advance` changes only what it has read, so that no server can give a position to an
 * index that another is building.
 */
export class SinkPosition {
  constructor(
    private client: Client,
    private names: IndexNames
  ) {}

  /** Null unless every index is complete. */
  async read(): Promise<RecordedPosition | null> {
    const { docs } = await this.client.mget<HeartbeatDocument>({
      docs: this.names.aliases.map((index) => ({ _index: index, _id: HEARTBEAT_ID })),
    })
    const found = docs.filter(isFound)
    if (found.length < docs.length) return null
    const positions = found.map(({ _source }) => parsePosition(_source!.position))
    return {
      position: positions.reduce((a, b) => (a < b ? a : b)),
      offsets: latestOf(found.map(({ _source }) => _source!.offsets ?? {})),
      revisions: found.map(({ _seq_no: number, _primary_term: term }) => ({
        if_seq_no: number!,
        if_primary_term: term!,
      })),
    }
  }

  /** Whether the index behind an alias is complete. */
  async isComplete(alias: string): Promise<boolean> {
    const found = await this.client.get({ index: alias, id: HEARTBEAT_ID }, { ignore: [404] })
    return found.found
  }

  /** A new index is complete. @param offsets that the sink has reached since */
  async begin(index: string, offsets: Offsets) {
    const document = documentOf(0n, offsets)
    await this.client.index({ index, id: HEARTBEAT_ID, document, refresh: true })
  }

  /** The indices of `recorded` show every change up to `position`, unless they have changed meanwhile. */
  async advance(recorded: RecordedPosition, position: Position, offsets: Offsets) {
    const document = documentOf(position, offsets)
    const { items } = await this.client.bulk({
      refresh: true,
      require_alias: true,
      operations: this.names.aliases.flatMap((index, at) => [
        { index: { _index: index, _id: HEARTBEAT_ID, ...recorded.revisions[at] } },
        document,
      ]),
    })
    const failed = items.find(({ index }) => index!.error && index!.status !== CONFLICT)
    if (failed) throw new Error(`The position was not stored: ${failed.index!.error!.reason}`)
  }

  /** No index is known to be complete any more. */
  async withdraw() {
    for (const index of this.names.aliases) {
      await this.client.delete({ index, id: HEARTBEAT_ID, refresh: true }, { ignore: [404] })
    }
  }
}

function documentOf(position: Position, offsets: Offsets) {
  return {
    position: formatPosition(position),
    sentAt: new Date().toISOString(),
    offsets: Object.fromEntries(Array.from(offsets, ([name, offset]) => [name, String(offset)])),
  }
}

function latestOf(recorded: Record<string, string>[]): Offsets {
  const latest: Offsets = new Map()
  for (const [name, text] of recorded.flatMap((offsets) => Object.entries(offsets))) {
    const offset = BigInt(text)
    if (offset > (latest.get(name) ?? -1n)) latest.set(name, offset)
  }
  return latest
}

function isFound(
  doc: estypes.MgetResponseItem<HeartbeatDocument>
): doc is estypes.GetGetResult<HeartbeatDocument> {
  return 'found' in doc && doc.found
}
