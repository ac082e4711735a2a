import app from '@adonisjs/core/services/app'
import { CachedEngine } from '#search/cached_engine'
import { PostgresIndex } from '#search/postgres/postgres_index'
import { Search } from '#search/search'
import { SearchCache } from '#search/search_cache'
import { Replication } from '#replication/replication'
import { Understanding } from '#search/understanding/understanding'
import { caching } from '#tests/helpers/caching'
import { searchEngineContract } from '#tests/functional/search/search_engine_contract'

searchEngineContract('PostgreSQL', async () => {
  const replication = await app.container.make(Replication)
  const understanding = await app.container.make(Understanding)
  const { readThrough } = await caching()
  return {
    engine: new CachedEngine(
      new Search(new PostgresIndex(replication), understanding),
      new SearchCache(readThrough)
    ),
    settle: () => replication.currentPosition(),
  }
})
