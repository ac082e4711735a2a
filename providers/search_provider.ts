import type searchConfig from '#config/search'
import type { ApplicationService, ContainerBindings } from '@adonisjs/core/types'
import { servesRequests } from '#infra/cluster/role'
import type { ContainerResolver } from '@adonisjs/core/container'
import type { Client } from '@elastic/elasticsearch'
import { CachedEngine } from '#search/cached_engine'
import { Search } from '#search/search'
import { SearchCache } from '#search/search_cache'
import { Passed } from '#replication/passed'
import { Replication } from '#replication/replication'
import { ZeroResultLog } from '#search/zero_results/zero_result_log'
import { ZeroResultSearches } from '#search/zero_results/zero_result_searches'
import { ShopProducts } from '#search/shop_products'
import { Vocabulary } from '#search/postgres/vocabulary'
import { SearchEngine } from '#search/search_engine'
import type { SearchIndex } from '#search/search_index'
import { Understanding } from '#search/understanding/understanding'

type Resolver = ContainerResolver<ContainerBindings>

/** Binds the search engine chosen in `config/search.ts`, and the shared understanding. */
export default class SearchProvider {
  #client: Client | null = null
  #zeroResults: ZeroResultSearches | null = null

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(ZeroResultLog, async (resolver) => {
      return new ZeroResultLog(await resolver.make('lucid.db'))
    })
    this.app.container.singleton(ZeroResultSearches, async (resolver) => {
      return (this.#zeroResults = new ZeroResultSearches(
        await resolver.make(ZeroResultLog),
        await resolver.make('logger'),
        this.app.config.get<string>('search.zeroResultSecret')
      ))
    })
    this.app.container.singleton(Understanding, async () => {
      const { loadSynonyms } = await import('#search/understanding/load_synonyms')
      const { synonyms, languages } = this.app.config.get<typeof searchConfig>('search')
      return new Understanding(loadSynonyms(synonyms, languages))
    })
    this.app.container.singleton(Vocabulary, () => new Vocabulary())
    this.app.container.singleton(ShopProducts, async (resolver) => {
      const { PostgresShopProducts } = await import('#search/postgres/postgres_shop_products')
      return new PostgresShopProducts(
        await resolver.make(Replication),
        await resolver.make(Understanding),
        await resolver.make(Vocabulary)
      )
    })
    const engines = {
      embedded: (resolver: Resolver) => this.#postgres(resolver),
      elasticsearch: (resolver: Resolver) => this.#elasticsearch(resolver),
    }
    this.app.container.singleton(SearchEngine, (resolver) => {
      return engines[this.app.config.get<typeof searchConfig.engine>('search.engine')](resolver)
    })
  }

  /** Preloads the names for the first search; if the database is unavailable, they are loaded later. */
  async ready() {
    if (!servesRequests(this.app)) return
    const engine = await this.app.container.make(SearchEngine)
    engine.ping().catch(() => {})
  }

  async shutdown() {
    await this.#zeroResults?.flush()
    await this.#client?.close()
  }

  async #postgres(resolver: Resolver): Promise<SearchEngine> {
    const { PostgresIndex } = await import('#search/postgres/postgres_index')
    const index = new PostgresIndex(
      await resolver.make(Replication),
      await resolver.make(Vocabulary)
    )
    return this.#engineOn(index, resolver)
  }

  async #elasticsearch(resolver: Resolver): Promise<SearchEngine> {
    const { searchClient } = await import('#search/elasticsearch/clients')
    const { IndexNames } = await import('#search/elasticsearch/index_names')
    const { ElasticsearchIndex } = await import('#search/elasticsearch/elasticsearch_index')
    const { FallbackEngine } = await import('#search/fallback_engine')
    const { url, timeout, prefix } =
      this.app.config.get<typeof searchConfig.elasticsearch>('search.elasticsearch')
    this.#client = searchClient(url, timeout)
    const index = new ElasticsearchIndex(this.#client, new IndexNames(prefix))
    const passed = await resolver.make(Passed)
    passed.waitFor(() => index.position())
    return new FallbackEngine(
      await this.#engineOn(index, resolver),
      await this.#postgres(resolver),
      await resolver.make('logger')
    )
  }

  async #engineOn(index: SearchIndex, resolver: Resolver): Promise<SearchEngine> {
    const search = new Search(index, await resolver.make(Understanding))
    return new CachedEngine(search, await resolver.make(SearchCache))
  }
}
