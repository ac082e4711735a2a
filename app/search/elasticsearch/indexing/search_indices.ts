import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '@elastic/elasticsearch'
import {
  HEARTBEAT_ID,
  TABLES,
  type HeartbeatDocument,
  type Table,
} from '#search/elasticsearch/documents'
import { definitionHash, definitionOf } from '#search/elasticsearch/indexing/index_definitions'
import { formatPosition, parsePosition, type Position } from '#replication/position'
import type { IndexNames } from '#search/elasticsearch/index_names'

/** `outdated` has other mappings or settings than `infra/elasticsearch` says. */
export type IndexState = 'ready' | 'missing' | 'outdated'

/** How long searches that began before an index was replaced may take. */
const GRACE = 1_000

/** A merge reads and writes all of an index, a million products in a quarter of a minute; in milliseconds. */
const MERGE = 3_600_000

/** The versioned indices and the aliases over them. */
export class SearchIndices {
  /** @param client waits as long as it takes to make an index */
  constructor(
    readonly client: Client,
    readonly names: IndexNames
  ) {}

  async state(table: Table): Promise<IndexState> {
    const found = await this.#hashesOf(this.names.alias(table))
    if (found.length === 0) return 'missing'
    return found.every((hash) => hash === definitionHash(table)) ? 'ready' : 'outdated'
  }

  /** What `definitionHash` was when an index was made, if it was made here. */
  async hashOf(index: string): Promise<string | undefined> {
    return (await this.#hashesOf(index))[0]
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

  /** Where changes of a table are to be written: its alias, and that of an index being built. */
  async targets(table: Table): Promise<string[]> {
    const { names } = this
    const isBuilding = await this.client.indices.existsAlias({ name: names.building(table) })
    return isBuilding ? [names.alias(table), names.building(table)] : [names.alias(table)]
  }

  /** Whoever creates an index by writing to it, such as the sink connector, gets the same one. */
  async putTemplates() {
    for (const table of TABLES) {
      await this.client.indices.putIndexTemplate({
        name: this.names.alias(table),
        index_patterns: [this.names.alias(table), this.names.versions(table)],
        template: definitionOf(table),
        priority: 500,
      })
    }
  }

  /** Makes empty indices where there are none, for a sink connector to fill. */
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

  /** Creates the index that is being built, at first without refreshing; resolves when every node knows it. */
  async create(table: Table): Promise<string> {
    const index = this.names.version(table)
    const { settings, mappings } = definitionOf(table)
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

  /**
   * Makes a built index the one that is searched, in one step, and removes what was searched before. As one
   * segment it answers a third sooner than in the many that copying leaves.
   */
  async publish(table: Table, index: string) {
    const { names, client } = this
    const alias = names.alias(table)
    const { settings } = definitionOf(table)
    await client.indices.putSettings({
      index,
      settings: { refresh_interval: settings.index!.refresh_interval },
    })
    await client.indices.forcemerge({ index, max_num_segments: 1 }, { requestTimeout: MERGE })
    await this.#inherit(alias, index)
    await client.indices.refresh({ index })
    const previous = await this.behind(alias)
    await client.indices.updateAliases({
      actions: [
        ...(previous === alias ? [{ remove_index: { index: alias } }] : []),
        ...(previous && previous !== alias ? [{ remove: { index: previous, alias } }] : []),
        { remove: { index, alias: names.building(table) } },
        { add: { index, alias } },
      ],
    })
    await delay(GRACE)
    await this.removeUnused(table)
  }

  /** What the old index had read, the new one has too: it was copied later, or written to both. */
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

  /** Removes the versions of a table's index that nothing leads to. */
  async removeUnused(table: Table) {
    const found = await this.client.indices.get({
      index: this.names.versions(table),
      features: ['aliases'],
    })
    for (const [index, { aliases }] of Object.entries(found)) {
      if (Object.keys(aliases ?? {}).length === 0) await this.client.indices.delete({ index })
    }
  }

  /** Says in all indices that they show every change up to `position`, once that is so. */
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
    if (failed) throw new Error(`The position was not noted: ${failed.index!.error!.reason}`)
  }

  async #hashesOf(index: string): Promise<(string | undefined)[]> {
    const found = await this.client.indices.getMapping({ index, ignore_unavailable: true })
    return Object.values(found).map(({ mappings }) => mappings._meta?.definition)
  }
}
