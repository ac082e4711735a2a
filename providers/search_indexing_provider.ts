import type connectorsConfig from '#config/connectors'
import type replicationConfig from '#config/replication'
import type searchConfig from '#config/search'
import type { ApplicationService } from '@adonisjs/core/types'
import { runsJobs } from '#infra/cluster/role'
import { setTimeout as delay } from 'node:timers/promises'
import { ChangeDispatcher } from '#change_feed/change_dispatcher'
import type { ChangeFeed } from '#change_feed/change_feed'
import type { ChangeHandler } from '#change_feed/change_handler'
import { ConnectorDefinition } from '#connectors/connector_definition'
import { SinkProgress } from '#connectors/sink_progress'
import { createChangeFeed } from '#providers/change_feed_adapters'
import { tracedHandler } from '#providers/traced_handler'
import { Replication } from '#replication/replication'
import { DocumentWriter } from '#search/elasticsearch/indexing/document_writer'
import { IndexNames } from '#search/elasticsearch/index_names'
import { IndexRebuild } from '#search/elasticsearch/indexing/index_rebuild'
import { SearchIndices } from '#search/elasticsearch/indexing/search_indices'
import { SinkRebuild } from '#search/elasticsearch/indexing/sink_rebuild'
import { SinkPosition } from '#search/elasticsearch/indexing/sink_position'

const PREPARE_AGAIN_AFTER = 2_000

/** Binds the search indexer, and runs it in servers where `config/search.ts` says so. */
export default class SearchIndexingProvider {
  #feed: ChangeFeed | null = null
  #sink: SinkProgress | null = null
  #preparing = new AbortController()

  constructor(protected app: ApplicationService) {}

  register() {
    const { container, config } = this.app
    container.singleton(SearchIndices, async () => {
      const { indexingClient } = await import('#search/elasticsearch/clients')
      const { elasticsearch, indexer } = config.get<typeof searchConfig>('search')
      const { url, prefix } = elasticsearch
      return new SearchIndices(indexingClient(url), new IndexNames(prefix), indexer)
    })
    container.singleton(DocumentWriter, async (resolver) => {
      const [db, logger] = await Promise.all([resolver.make('lucid.db'), resolver.make('logger')])
      return new DocumentWriter(db, await resolver.make(SearchIndices), logger)
    })
    container.singleton(SinkProgress, async () => {
      const sink = await ConnectorDefinition.read('sink', this.app.appRoot)
      const brokers = config.get<typeof connectorsConfig.brokers>('connectors.brokers')
      return (this.#sink = new SinkProgress(brokers, sink.group!, sink.reads))
    })
    container.singleton(SinkPosition, async (resolver) => {
      const { client, names } = await resolver.make(SearchIndices)
      return new SinkPosition(client, names)
    })
    container.singleton(IndexRebuild, async (resolver) => {
      const parts = [
        await resolver.make('lucid.db'),
        await resolver.make(SearchIndices),
        await resolver.make(DocumentWriter),
      ] as const
      const { indexer } = config.get<typeof searchConfig>('search')
      if (indexer === 'app') return new IndexRebuild(...parts)
      return new SinkRebuild(
        ...parts,
        await resolver.make(SinkProgress),
        await resolver.make(SinkPosition),
        config.get<typeof replicationConfig.visibleWithin>('replication.visibleWithin')
      )
    })
  }

  async ready() {
    const { engine, indexer } = this.app.config.get<typeof searchConfig>('search')
    if (!runsJobs(this.app) || engine !== 'elasticsearch') return
    if (indexer === 'app') return this.#follow(await this.#indexDocuments())
    void this.#prepareForSink()
    await this.#follow(await this.#followSink(), 'kafka')
  }

  async shutdown() {
    this.#preparing.abort()
    await this.#feed?.stop()
    await this.#sink?.close()
  }

  /** Uses its own feed, so that an unavailable Elasticsearch does not block cache invalidation. */
  async #follow(handler: ChangeHandler, adapter?: 'kafka') {
    const { container } = this.app
    const logger = await container.make('logger')
    this.#feed = await createChangeFeed(this.app, container.createResolver(), 'search', adapter)
    await this.#feed.start(
      new ChangeDispatcher(await container.make(Replication), [handler], logger)
    )
  }

  async #indexDocuments() {
    const { container } = this.app
    const { IndexDocuments } = await import('#search/elasticsearch/indexing/index_documents')
    const handler = new IndexDocuments(
      await container.make(SearchIndices),
      await container.make(DocumentWriter),
      await container.make(IndexRebuild),
      await container.make('logger')
    )
    return tracedHandler(this.app, handler, 'index documents', 'search')
  }

  async #followSink() {
    const { container } = this.app
    const { FollowSink } = await import('#search/elasticsearch/indexing/follow_sink')
    return new FollowSink(
      await container.make(SinkProgress),
      await container.make(SinkPosition),
      await container.make(IndexRebuild),
      await container.make('logger')
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
