import type searchConfig from '#config/search'
import type { ApplicationService } from '@adonisjs/core/types'
import { runsJobs } from '#infra/cluster/role'
import { setTimeout as delay } from 'node:timers/promises'
import { ChangeDispatcher } from '#change_feed/change_dispatcher'
import type { ChangeFeed } from '#change_feed/change_feed'
import { createChangeFeed } from '#providers/change_feed_adapters'
import { Replication } from '#replication/replication'
import { DocumentWriter } from '#search/elasticsearch/indexing/document_writer'
import { IndexNames } from '#search/elasticsearch/index_names'
import { IndexRebuild } from '#search/elasticsearch/indexing/index_rebuild'
import { SearchIndices } from '#search/elasticsearch/indexing/search_indices'

const PREPARE_AGAIN_AFTER = 2_000

/** Binds the search indexer, and runs it in servers where `config/search.ts` says so. */
export default class SearchIndexingProvider {
  #feed: ChangeFeed | null = null
  #preparing = new AbortController()

  constructor(protected app: ApplicationService) {}

  register() {
    const { container, config } = this.app
    container.singleton(SearchIndices, async () => {
      const { indexingClient } = await import('#search/elasticsearch/clients')
      const { url, prefix } = config.get<typeof searchConfig.elasticsearch>('search.elasticsearch')
      return new SearchIndices(indexingClient(url), new IndexNames(prefix))
    })
    container.singleton(DocumentWriter, async (resolver) => {
      const [db, logger] = await Promise.all([resolver.make('lucid.db'), resolver.make('logger')])
      return new DocumentWriter(db, await resolver.make(SearchIndices), logger)
    })
    container.singleton(IndexRebuild, async (resolver) => {
      return new IndexRebuild(
        await resolver.make('lucid.db'),
        await resolver.make(SearchIndices),
        await resolver.make(DocumentWriter)
      )
    })
  }

  async ready() {
    const { engine, indexer } = this.app.config.get<typeof searchConfig>('search')
    if (!runsJobs(this.app) || engine !== 'elasticsearch') return
    if (indexer === 'app') await this.#followChanges()
    else void this.#prepareForSink()
  }

  async shutdown() {
    this.#preparing.abort()
    await this.#feed?.stop()
  }

  /** Uses its own feed, so that an unavailable Elasticsearch does not block cache invalidation. */
  async #followChanges() {
    const { container } = this.app
    const { IndexDocuments } = await import('#search/elasticsearch/indexing/index_documents')
    const logger = await container.make('logger')
    const handler = new IndexDocuments(
      await container.make(SearchIndices),
      await container.make(DocumentWriter),
      await container.make(IndexRebuild),
      logger
    )
    this.#feed = await createChangeFeed(this.app, container.createResolver(), 'search')
    await this.#feed.start(
      new ChangeDispatcher(await container.make(Replication), [handler], logger)
    )
  }

  /** Must run before the sink writes: it would create an index with default mappings. */
  async #prepareForSink() {
    const { signal } = this.#preparing
    const [indices, logger] = await Promise.all([
      this.app.container.make(SearchIndices),
      this.app.container.make('logger'),
    ])
    while (!signal.aborted) {
      try {
        return await indices.prepare()
      } catch (error) {
        logger.warn({ err: error }, 'search indices could not be prepared, retrying')
        await delay(PREPARE_AGAIN_AFTER, null, { signal }).catch(() => {})
      }
    }
  }
}
