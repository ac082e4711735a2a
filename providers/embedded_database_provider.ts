import { releaseDatabase } from '#infra/database'

export default class EmbeddedDatabaseProvider {
  async shutdown() {
    await releaseDatabase()
  }
}
