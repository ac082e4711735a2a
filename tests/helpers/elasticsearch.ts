import { randomUUID } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { SearchCache } from '#search/search_cache'
import { Replication } from '#replication/replication'
import { ChangeDispatcher } from '#change_feed/change_dispatcher'
import { IndexDocuments } from '#search/elasticsearch/indexing/index_documents'
import { indexingClient, searchClient } from '#search/elasticsearch/clients'
import { DocumentWriter } from '#search/elasticsearch/indexing/document_writer'
import { TABLES, type Table } from '#search/elasticsearch/documents'
import { CachedEngine } from '#search/cached_engine'
import { ElasticsearchIndex } from '#search/elasticsearch/elasticsearch_index'
import { Search } from '#search/search'
import { IndexNames } from '#search/elasticsearch/index_names'
import { IndexRebuild } from '#search/elasticsearch/indexing/index_rebuild'
import { Understanding } from '#search/understanding/understanding'
import { SearchIndices } from '#search/elasticsearch/indexing/search_indices'

export const ELASTICSEARCH_URL = process.env.ELASTICSEARCH_URL || 'http://127.0.0.1:9200'

/** Separate indices on the running Elasticsearch, with everything that works on them. */
export async function elasticsearchUnderTest(url = ELASTICSEARCH_URL) {
  const names = new IndexNames(`test-${randomUUID().slice(0, 8)}`)
  const client = indexingClient(url)
  const indices = new SearchIndices(client, names)
  const logger = await app.container.make('logger')
  const writer = new DocumentWriter(db, indices, logger)
  const rebuild = new IndexRebuild(db, indices, writer)
  const handler = new IndexDocuments(indices, writer, rebuild, logger)
  return {
    names,
    client,
    indices,
    writer,
    rebuild,
    engine: await engineOn(names, url, await app.container.make(SearchCache)),
    listener: new ChangeDispatcher(await app.container.make(Replication), [handler], logger),
  }
}

/** A search engine on these indices. */
export async function engineOn(names: IndexNames, url: string, cache: SearchCache) {
  const understanding = await app.container.make(Understanding)
  const index = new ElasticsearchIndex(searchClient(url, 5_000), names)
  return new CachedEngine(new Search(index, understanding), cache)
}

export type ElasticsearchUnderTest = Awaited<ReturnType<typeof elasticsearchUnderTest>>

export async function removeIndices({ names }: Pick<ElasticsearchUnderTest, 'names'>) {
  const client = indexingClient(ELASTICSEARCH_URL)
  for (const table of TABLES) {
    const found = await client.indices.get({ index: `${names.alias(table)}*` })
    for (const index of Object.keys(found)) await client.indices.delete({ index })
    await client.indices.deleteIndexTemplate({ name: names.alias(table) }, { ignore: [404] })
  }
  await client.close()
}

/** All searchable documents of a table, by id. */
export async function documentsOf({ client, names }: ElasticsearchUnderTest, table: Table) {
  const index = names.alias(table)
  await client.indices.refresh({ index })
  const { hits } = await client.search<any>({
    index,
    size: 10_000,
    query: { exists: { field: 'id' } },
  })
  return new Map(hits.hits.map(({ _id, _source }) => [_id!, _source]))
}

/** The expected documents of a table's rows, by id. */
export async function rowsOf(table: Table) {
  const { rows } = await db.rawQuery(
    `SELECT id, to_jsonb(row) - 'in_stock' AS document FROM ${table} AS row`
  )
  return new Map<string, any>(rows.map(({ id, document }: any) => [id, document]))
}
