import type { ApplicationService } from '@adonisjs/core/types'
import { Random } from '#database/demo/random'
import { readGolden } from '#bench/golden/read_golden'
import { searchFor, type SearchQuery } from '#search/search_engine'

const CITIES = ['Indore', 'Delhi', 'Mumbai', 'Pune']

/**
 * A realistic mix of queries: the golden queries, distributed by Zipf's law (rank r in proportion to 1/r), half
 * everywhere and half in a city.
 */
export function everydayQueries(count: number): SearchQuery[] {
  const random = new Random(1, 1, 1)
  const queries = [...random.shuffled(readGolden().map(({ q }) => q))]
  const highest = Math.log(queries.length + 1)
  return Array.from({ length: count }, () => {
    const rank = Math.floor(Math.exp(random.fraction() * highest)) - 1
    const city = random.below(2) === 0 ? null : random.pick(CITIES)
    return searchFor({ q: queries[rank], city, grouped: true, facets: true })
  })
}

/** The suggestion queries while these are typed, letter by letter. */
export function typed(queries: SearchQuery[]): SearchQuery[] {
  return queries.flatMap(({ q, ...rest }) => {
    const letters = [...q]
    return letters.slice(1).map((_, at) => ({ ...rest, q: letters.slice(0, at + 2).join('') }))
  })
}

/** Changes a price every second and announces it like the change feeds. @returns a function that stops it */
export async function changePrices(application: ApplicationService) {
  const { InvalidateSearches } = await import('#search/invalidate_searches')
  const { Cache } = await import('#caches/cache')
  const { SearchCache } = await import('#search/search_cache')
  const { Replication } = await import('#replication/replication')
  const { container } = application
  const db = await container.make('lucid.db')
  const replication = await container.make(Replication)
  const caches = new InvalidateSearches(
    await container.make(Cache),
    await container.make(SearchCache)
  )
  const indices = await indexer(application)
  const change = async () => {
    const { rows } = await db.rawQuery(`
      UPDATE products SET price_paise = price_paise + 100
      WHERE id = (SELECT id FROM products TABLESAMPLE SYSTEM (0.01) LIMIT 1) RETURNING id, shop_id`)
    const changes = rows.map(({ id, shop_id }: { id: string; shop_id: string }) => ({
      table: 'products',
      operation: 'update',
      key: { id, shop_id },
      keyBefore: null,
      transactionId: null,
      committedAt: new Date(),
    }))
    const position = await replication.currentPosition()
    await Promise.all([caches.handle(changes, position), indices?.handle(changes)])
    await indices?.heartbeat(0, position)
  }
  const timer = setInterval(change, 1_000)
  return () => clearInterval(timer)
}

/** The search indexer, if Elasticsearch is measured. */
async function indexer({ container, config }: ApplicationService) {
  if (config.get('search.engine') !== 'elasticsearch') return null
  const { IndexDocuments } = await import('#search/elasticsearch/indexing/index_documents')
  const { DocumentWriter } = await import('#search/elasticsearch/indexing/document_writer')
  const { IndexRebuild } = await import('#search/elasticsearch/indexing/index_rebuild')
  const { SearchIndices } = await import('#search/elasticsearch/indexing/search_indices')
  return new IndexDocuments(
    await container.make(SearchIndices),
    await container.make(DocumentWriter),
    await container.make(IndexRebuild),
    await container.make('logger')
  )
}
