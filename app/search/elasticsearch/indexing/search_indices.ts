import { setTimeout as delay } from 'node:timers/promises'
import type { Client, estypes } from '@elastic/elasticsearch'
import {
  HEARTBEAT_ID,
  TABLES,
  type HeartbeatDocument,
  type Indexer,
  type Table,
} from '#search/elasticsearch/documents'
import { definitionHash, definitionOf } from '#search/elasticsearch/indexing/index_definitions'
import { formatPosition, parsePosition, type Position } from '#replication/position'
import type { IndexNames } from '#search/elasticsearch/index_names'

/** `outdated`: mappings or settings differ from `infra/elasticsearch`. */
export type IndexState = 'ready' | 'missing' | 'outdated'

/** Time for searches on the old index to finish before it is removed, in milliseconds. */
const GRACE = 1_000

/** Timeout of a force merge, which rewrites the index (15 s for a million products), in milliseconds. */
const MERGE = 3_600_000

/** The versioned indices and their aliases. */
export class SearchIndices {
  /**
   * @param client with a timeout long enough to create an index
   * @param indexer an index belongs to one: their document versions do not compare
   */
  constructor(
    readonly client: Client,
    readonly names: IndexNames,
    private indexer: Indexer = 'app'
  ) {}

  async state(table: Table): Promise<IndexState> {
    const found = await this.#hashesOf(this.names.alias(table))
    if (found.length === 0) return 'missing'
    return found.every((hash) => hash === this.hashFor(table)) ? 'ready' : 'outdated'
  }

  /** The `definitionHash` an index was created with, if this application created it. */
  async hashOf(index: string): Promise<string | undefined> {
    return (await this.#hashesOf(index))[0]
  }

  /** The `definitionHash` of a new index. */
  hashFor(table: Table) {
    return definitionHash(table, this.indexer)
  }

  /** The index behind an alias, or null. */
  async behind(alias: string): Promise<string | null> {
    const found = await this.client.indices.get({
      index: alias,
      ignore_unavailable: true,
      features: ['aliases'],
    })
    return Object.keys(found)[0] ?? null
  }

  /** Aliases to write changes to: the live index, and one being built. */
  async targets(table: Table): Promise<string[]> {
    const { names } = this
    const isBuilding = await this.client.indices.existsAlias({ name: names.building(table) })
    return isBuilding ? [names.alias(table), names.building(table)] : [names.alias(table)]
  }

  /** Templates make an index created by another writer, such as the sink connector, equal to ours. */
  async putTemplates() {
    for (const table of TABLES) {
      await this.client.indices.putIndexTemplate({
        name: this.names.alias(table),
        index_patterns: [this.names.alias(table), this.names.versions(table)],
        template: definitionOf(table, this.indexer),
        priority: 500,
      })
    }
  }

  /** Creates missing indices, empty, for a sink connector to fill. */
  async prepare() {
    await this.putTemplates()
    for (const table of TABLES) {
      if ((await this.state(table)) !== 'missing') continue
      await this.client.indices.create({
        index: this.names.version(table),
        aliases: { [this.names.alias(table)]: {} },
      })
    }
  }

  /** Creates the index to build, with refresh off; resolves when every node knows it. */
  async create(table: Table): Promise<string> {
    const index = this.names.version(table)
    const { settings, mappings } = definitionOf(table, this.indexer)
    const { acknowledged } = await this.client.indices.create({
      index,
      settings: { index: { ...settings.index, refresh_interval: '-1' } },
      mappings,
      aliases: { [this.names.building(table)]: {} },
      timeout: '30s',
    })
    if (!acknowledged) throw new Error(`Not every node of Elasticsearch knows ${index} yet`)
    return index
  }

  /** Atomically replaces the live index and removes the old one. Merged to one segment, it answers a third faster. */
  async publish(table: Table, index: string) {
    const { names, client } = this
    const alias = names.alias(table)
    const { settings } = definitionOf(table, this.indexer)
    await client.indices.putSettings({
      index,
      settings: { refresh_interval: settings.index!.refresh_interval },
    })
    await client.indices.forcemerge({ index, max_num_segments: 1 }, { requestTimeout: MERGE })
    await this.#inherit(alias, index)
    await client.indices.refresh({ index })
    await this.#switchTo(table, index, [{ remove: { index, alias: names.building(table) } }])
    await this.retireUnused(table)
  }

  /** Removes replaced indices once nobody searches or writes them any more. */
  async retireUnused(table: Table) {
    if ((await this.#unused(table)).length === 0) return
    await delay(GRACE)
    await this.removeUnused(table)
  }

  /** Atomically replaces the live index by an empty one, which the sink writes from then on. Returns its name. */
  async replace(table: Table): Promise<string> {
    const index = this.names.version(table)
    await this.client.indices.create({ index, ...definitionOf(table, this.indexer) })
    await this.#switchTo(table, index)
    return index
  }

  async #switchTo(table: Table, index: string, more: estypes.IndicesUpdateAliasesAction[] = []) {
    const alias = this.names.alias(table)
    const previous = await this.behind(alias)
    const { acknowledged } = await this.client.indices.updateAliases({
      timeout: '30s',
      actions: [
        ...(previous === alias ? [{ remove_index: { index: alias } }] : []),
        ...(previous && previous !== alias ? [{ remove: { index: previous, alias } }] : []),
        ...more,
        { add: { index, alias } },
      ],
    })
    if (!acknowledged) throw new Error(`Not every node of Elasticsearch writes to ${index} yet`)
  }

  /** The new index is at least as fresh as the old one: it was copied later, or written to as well. */
  async #inherit(alias: string, index: string) {
    const { found, _source: document } = await this.client.get<HeartbeatDocument>(
      { index: alias, id: HEARTBEAT_ID },
      { ignore: [404] }
    )
    if (!found || !document) return
    await this.client.index({
      index,
      id: HEARTBEAT_ID,
      version: Number(parsePosition(document.position)),
      version_type: 'external_gte',
      document,
    })
  }

  /** Removes a table's index versions that no alias points to. */
  async removeUnused(table: Table) {
    for (const index of await this.#unused(table)) await this.client.indices.delete({ index })
  }

  async #unused(table: Table): Promise<string[]> {
    const found = await this.client.indices.get({
      index: this.names.versions(table),
      features: ['aliases'],
    })
    return Object.keys(found).filter(
      (index) => Object.keys(found[index].aliases ?? {}).length === 0
    )
  }

  /** Records in all indices that they show every change up to `position`. */
  async advance(position: Position) {
    const document = { position: formatPosition(position), sentAt: new Date().toISOString() }
    const { errors, items } = await this.client.bulk({
      refresh: true,
      require_alias: true,
      operations: this.names.aliases.flatMap((index) => [
        {
          index: {
            _index: index,
            _id: HEARTBEAT_ID,
            version: Number(position),
            version_type: 'external_gte' as const,
          },
        },
        document,
      ]),
    })
    const failed = errors && items.find(({ index }) => index!.error && index!.status !== 409)
    if (failed) throw new Error(`The position was not stored: ${failed.index!.error!.reason}`)
  }

  async #hashesOf(index: string): Promise<(string | undefined)[]> {
    const found = await this.client.indices.getMapping({ index, ignore_unavailable: true })
    return Object.values(found).map(({ mappings }) => mappings._meta?.definition)
  }
}
