import app from '@adonisjs/core/services/app'
import { EmbeddedEngine } from '#search/embedded_engine'
import { SearchCache } from '#search/search_cache'
import { Replication } from '#replication/replication'
import { Understanding } from '#search/understanding/understanding'
import { caching } from '#tests/helpers/caching'
import { searchEngineContract } from '#tests/functional/search/search_engine_contract'

searchEngineContract('embedded', async () => {
  const replication = await app.container.make(Replication)
  const understanding = await app.container.make(Understanding)
  const { readThrough } = await caching()
  return {
    engine: new EmbeddedEngine(replication, new SearchCache(readThrough), understanding),
    settle: () => replication.currentPosition(),
  }
})
