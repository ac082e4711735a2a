import type { ApplicationService } from '@adonisjs/core/types'
import type { ContainerResolver } from '@adonisjs/core/container'
import type { ContainerBindings } from '@adonisjs/core/types'
import { SearchCache } from '#caches/search_cache'
import { Replication } from '#replication/replication'
import { SearchEngine } from '#search/search_engine'
import { Understanding } from '#search/understanding/understanding'

const ENGINES = {
  async embedded(resolver: ContainerResolver<ContainerBindings>) {
    const { EmbeddedEngine } = await import('#search/embedded_engine')
    return new EmbeddedEngine(
      await resolver.make(Replication),
      await resolver.make(SearchCache),
      await resolver.make(Understanding)
    )
  },
}

/** Binds the search engine that `config/search.ts` names, and the understanding that engines share. */
export default class SearchProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Understanding, async () => {
      const { loadSynonyms } = await import('#search/understanding/load_synonyms')
      return new Understanding(loadSynonyms(this.app.config.get<string[]>('search.synonyms')))
    })
    this.app.container.singleton(SearchEngine, (resolver) => {
      return ENGINES[this.app.config.get<keyof typeof ENGINES>('search.engine')](resolver)
    })
  }
}
