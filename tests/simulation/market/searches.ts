import { ChangeDispatcher } from '#change_feed/change_dispatcher'
import type { ReadThrough } from '#caches/read_through'
import type { Passed } from '#replication/passed'
import type { Position } from '#replication/position'
import type { Read, Replication } from '#replication/replication'
import type { SessionClock } from '#replication/session_clock'
import { CachedEngine } from '#search/cached_engine'
import { ElasticsearchIndex } from '#search/elasticsearch/elasticsearch_index'
import { DocumentWriter } from '#search/elasticsearch/indexing/document_writer'
import { IndexDocuments } from '#search/elasticsearch/indexing/index_documents'
import { IndexRebuild } from '#search/elasticsearch/indexing/index_rebuild'
import { FallbackEngine } from '#search/fallback_engine'
import { SearchCache } from '#search/search_cache'
import { SearchIndex, type IndexView } from '#search/search_index'
import type { Search } from '#search/search'
import type { SearchQuery } from '#search/search_engine'
import { IndexAnywhere } from '#tests/simulation/market/broken'
import { silent } from '#tests/simulation/market/silent'
import { Indices, NAMES, type Elasticsearch } from '#tests/simulation/model/elasticsearch'
import type { Database } from '@adonisjs/lucid/database'
import type { World } from '#tests/simulation/world'
import type { Shown } from '#tests/simulation/market/process'

interface Parts {
  replication: Replication
  readThrough: ReadThrough
  passed: Passed
}

/** How a process searches: in the index, and where that is behind or away, in the database. */
export class Searches {
  readonly cache: SearchCache
  #engine: FallbackEngine

  constructor(
    world: World,
    elasticsearch: Elasticsearch,
    { replication, readThrough, passed }: Parts
  ) {
    const Index = world.without('a search needs an index that is far enough')
      ? IndexAnywhere
      : ElasticsearchIndex
    const index = new Index(elasticsearch.asClient, NAMES)
    if (!world.without('the index has passed too')) passed.waitFor(() => index.position())
    this.cache = new SearchCache(readThrough)
    this.#engine = new FallbackEngine(
      new CachedEngine(searchOf(index, foundIn), this.cache),
      new CachedEngine(searchOf(new RowsIndex(replication), readBy), this.cache),
      silent
    )
  }

  /** The products of a shop, which are a city of their own here. */
  async search(shop: string, clock: SessionClock): Promise<Shown> {
    return (await this.#engine.search({ q: '', city: shop } as SearchQuery, clock)) as any
  }
}

/** What fills the index, behind a feed of its own. */
export function indexerOf(elasticsearch: Elasticsearch, db: Database, replication: Replication) {
  const indices = new Indices(elasticsearch.asClient, NAMES)
  const writer = new DocumentWriter(db, indices, silent)
  const rebuild = new IndexRebuild(db, indices, writer)
  const documents = new IndexDocuments(indices, writer, rebuild, silent)
  return new ChangeDispatcher(replication, [documents], silent)
}

type Find = (view: any, shop: string) => Promise<Shown>

/** `Search` without words. */
function searchOf(index: SearchIndex, find: Find) {
  const resultsAt = ({ city }: SearchQuery, needed: Position, seen: Position) =>
    index.readAt(needed, seen, (view) => find(view, city!))
  return { index, resultsAt } as unknown as Search
}

const foundIn: Find = async ({ session }, shop) => {
  const body = { query: { ids: { values: [shop] } } }
  const [{ hits }] = await session.ask([{ table: 'products', body }])
  return { version: hits.hits[0]?._source.version ?? 0 }
}

const readBy: Find = async (client, shop) => {
  const { rows } = await client.rawQuery('SELECT version FROM products WHERE id = ?', [shop])
  return rows[0]
}

/** As `PostgresIndex`, whose statements the model does not know. */
class RowsIndex extends SearchIndex {
  readonly name = 'postgres'
  readonly mayLag = false

  constructor(private replication: Replication) {
    super()
  }

  async reach() {}

  readAt<T>(needed: Position, seen: Position, search: (view: IndexView) => Promise<T>) {
    return this.replication.readAt(needed, search as unknown as Read<T>, seen)
  }

  async ping() {}
}
