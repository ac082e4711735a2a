import app from '@adonisjs/core/services/app'
import { EmbeddedEngine } from '#search/embedded_engine'
import { Replication } from '#replication/replication'
import { searchEngineContract } from '#tests/functional/search/search_engine_contract'

searchEngineContract('embedded', async () => {
  const replication = await app.container.make(Replication)
  return {
    engine: new EmbeddedEngine(replication),
    settle: () => replication.currentPosition(),
  }
})
