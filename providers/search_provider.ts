import type { ApplicationService, ContainerBindings } from '@adonisjs/core/types'
import type { ContainerResolver } from '@adonisjs/core/container'
import type { Client } from '@elastic/elasticsearch'
import { SearchCache } from '#search/search_cache'
import { Replication } from '#replication/replication'
import { MissLog } from '#search/zero_results/zero_result_log'
import { SearchMisses } from '#search/zero_results/zero_result_searches'
import { SearchEngine } from '#search/search_engine'
import { Understanding } from '#search/understanding/understanding'

type Resolver = ContainerResolver<ContainerBindings>

/** Binds the search engine that `config/search.ts` names, and the understanding that engines share. */
export default class SearchProvider {
  #client: Client | null = null
  #misses: SearchMisses | null = null

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(MissLog, async (resolver) => {
      return new MissLog(await resolver.make('lucid.db'))
    })
    this.app.container.singleton(SearchMisses, async (resolver) => {
      return (this.#misses = new SearchMisses(
        await resolver.make(MissLog),
        await resolver.make('logger'),
        this.app.config.get('search.missSecret')
      ))
    })
    this.app.container.singleton(Understanding, async () => {
      const { loadSynonyms } = await import('#search/understanding/load_synonyms')
      return new Understanding(loadSynonyms(this.app.config.get<string[]>('search.synonyms')))
    })
    const engines = {
      embedded: (resolver: Resolver) => this.#embedded(resolver),
      elasticsearch: (resolver: Resolver) => this.#elasticsearch(resolver),
    }
    this.app.container.singleton(SearchEngine, (resolver) => {
      return engines[this.app.config.get<keyof typeof engines>('search.engine')](resolver)
    })
  }

  /** The first search need not wait for the names; a database that is away now is asked again then. */
  async ready() {
    if (this.app.getEnvironment() !== 'web') return
    const engine = await this.app.container.make(SearchEngine)
    engine.ping().catch(() => {})
  }

  async shutdown() {
    await this.#misses?.flush()
    await this.#client?.close()
  }

  async #embedded(resolver: Resolver): Promise<SearchEngine> {
    const { EmbeddedEngine } = await import('#search/embedded_engine')
    return new EmbeddedEngine(
      await resolver.make(Replication),
      await resolver.make(SearchCache),
      await resolver.make(Understanding)
    )
  }

  async #elasticsearch(resolver: Resolver): Promise<SearchEngine> {
    const { searchClient } = await import('#search/elasticsearch/clients')
    const { IndexNames } = await import('#search/elasticsearch/index_names')
    const { ElasticsearchEngine } = await import('#search/elasticsearch_engine')
    const { FallbackEngine } = await import('#search/fallback_engine')
    const { url, timeout, prefix } = this.app.config.get<any>('search.elasticsearch')
    this.#client = searchClient(url, timeout)
    const understanding = await resolver.make(Understanding)
    return new FallbackEngine(
      new ElasticsearchEngine(
        this.#client,
        new IndexNames(prefix),
        await resolver.make(SearchCache),
        understanding
      ),
      await this.#embedded(resolver),
      await resolver.make('logger')
    )
  }
}
