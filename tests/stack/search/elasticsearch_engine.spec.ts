import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { SearchCache } from '#search/search_cache'
import { Replication } from '#replication/replication'
import { TABLES } from '#search/elasticsearch/documents'
import { SessionClock } from '#replication/session_clock'
import { searchFor, type ProductHit } from '#search/search_engine'
import { SearchBehind } from '#search/search_behind'
import { SearchUnavailable } from '#search/search_unavailable'
import { searchEngineContract } from '#tests/functional/search/search_engine_contract'
import { caching, newSession } from '#tests/helpers/caching'
import { emptyDatabase } from '#tests/helpers/database'
import {
  documentsOf,
  ELASTICSEARCH_URL,
  elasticsearchUnderTest,
  engineOn,
  removeIndices,
  rowsOf,
  type ElasticsearchUnderTest,
} from '#tests/helpers/elasticsearch'
import { createProduct } from '#tests/helpers/factories'

const query = searchFor({ q: 'besan', type: 'product' })

let tested: ElasticsearchUnderTest | undefined

/** What the indexer does when it is told of every row that is there and every one that was. */
async function settle(system: ElasticsearchUnderTest) {
  const replication = await app.container.make(Replication)
  const position = await replication.currentPosition()
  for (const table of TABLES) {
    const [rows, documents] = [await rowsOf(table), await documentsOf(system, table)]
    const ids = new Set([...rows.keys(), ...documents.keys()])
    if (ids.size > 0) await system.writer.write(table, [...ids])
  }
  await system.indices.advance(position)
  return position
}

searchEngineContract('elasticsearch', async () => {
  if (!tested) {
    tested = await elasticsearchUnderTest()
    for (const table of TABLES) await tested.rebuild.run(table, { resume: false })
  }
  return { engine: tested.engine, settle: () => settle(tested!) }
})

test.group('Search in Elasticsearch', (group) => {
  let system: ElasticsearchUnderTest

  group.each.setup(async () => {
    await emptyDatabase()
    system = await elasticsearchUnderTest()
    return () => removeIndices(system)
  })
  group.teardown(async () => tested && removeIndices(tested))

  const build = async () => {
    for (const table of TABLES) await system.rebuild.run(table, { resume: false })
  }

  const search = (position: bigint) => {
    return system.engine.search(query, new SessionClock(position, null))
  }

  test('a missing index has not reached any position', async ({ assert }) => {
    await assert.rejects(() => search(0n), SearchUnavailable as any)
  })

  test('keeps an answer until a change of it is announced', async ({ assert }) => {
    const product = await createProduct({ name: 'Besan', pricePaise: 5_000 })
    await build()
    await settle(system)
    const { cache, readThrough } = await caching()
    const searches = new SearchCache(readThrough)
    const engine = await engineOn(system.names, ELASTICSEARCH_URL, searches)
    const price = async () => {
      const { hits } = await engine.search(query, newSession())
      return hits.map((hit) => (hit as ProductHit).pricePaise)
    }
    assert.deepEqual(await price(), [5_000])
    await product.merge({ pricePaise: 6_000 }).save()
    const position = await settle(system)
    assert.deepEqual(await price(), [5_000])
    await cache.raiseFloor(searches.keysOf(null), position)
    assert.deepEqual(await price(), [6_000])
  })

  test('refuses rather than to be older than asked for', async ({ assert }) => {
    await build()
    await assert.rejects(() => search(0n), SearchBehind as any)
    const position = await settle(system)
    await assert.doesNotReject(() => search(position))
    await assert.rejects(() => search(position + 1n), SearchBehind as any)
  })

  test('an index that was built meanwhile goes on from where the other was', async ({ assert }) => {
    await createProduct({ name: 'Besan' })
    await build()
    const position = await settle(system)
    assert.equal((await search(position)).count, 1)
    await build()
    assert.equal((await search(position)).count, 1)
    await assert.rejects(() => search(position + 1n), SearchBehind as any)
  })

  test('an index that was emptied by hand does not pass for one that has read everything', async ({
    assert,
  }) => {
    await createProduct({ name: 'Besan' })
    await build()
    const position = await settle(system)
    await search(position)
    for (const table of TABLES) {
      const index = await system.indices.behind(system.names.alias(table))
      await system.client.indices.delete({ index: index! })
    }
    await system.indices.prepare()
    await assert.rejects(() => search(position), SearchBehind as any)
  })

  test('is unavailable when nobody answers', async ({ assert }) => {
    const nowhere = await elasticsearchUnderTest('http://127.0.0.1:9')
    await assert.rejects(
      () => nowhere.engine.search(query, new SessionClock(null, null)),
      SearchUnavailable as any
    )
    await assert.rejects(() => nowhere.engine.ping(), SearchUnavailable as any)
  })
})
