import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Assert } from '@japa/assert'
import config from '#config/connectors'
import { ConnectorDefinition } from '#connectors/connector_definition'
import { deleteTopics } from '#connectors/leftovers'
import Product from '#models/product'
import type { Position } from '#replication/position'
import { SessionClock } from '#replication/session_clock'
import { searchFor, type ProductHit } from '#search/search_engine'
import { SearchBehind } from '#search/search_behind'
import { SearchUnavailable } from '#search/search_unavailable'
import { indexingClient } from '#search/elasticsearch/clients'
import { TABLES } from '#search/elasticsearch/documents'
import { IndexNames } from '#search/elasticsearch/index_names'
import { SearchIndices } from '#search/elasticsearch/indexing/search_indices'
import { searchEngineContract } from '#tests/functional/search/search_engine_contract'
import { ApplicationProcess } from '#tests/helpers/application_process'
import { emptyDatabase } from '#tests/helpers/database'
import { documentsOf, ELASTICSEARCH_URL, removeIndices, rowsOf } from '#tests/helpers/elasticsearch'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { createTopics } from '#tests/helpers/kafka'
import { sinkUnderTest, type Sink, type SinkUnderTest } from '#tests/helpers/sink_index'
import { loggedIn } from '#tests/helpers/log_in'
import { usesRealSink } from '#tests/helpers/sink_connector'
import { SinkStandIn } from '#tests/helpers/sink_stand_in'
import { runSourceConnector } from '#tests/helpers/stack_source'
import { TcpProxy } from '#tests/helpers/tcp_proxy'
import { Visitor } from '#tests/helpers/visitor'

const WITHIN = 60_000

const query = searchFor({ q: 'besan', type: 'product' })

/** Resolves when the indices have reached what has been written so far. */
async function caughtUp(system: SinkUnderTest): Promise<Position> {
  const reached = await eventually(() => system.beat(), WITHIN)
  await eventually(async () => {
    const recorded = await system.position.read()
    if (recorded && recorded.position >= reached) return
    await system.beat()
    throw new Error('The indices are behind')
  }, WITHIN)
  return reached
}

let tested: { system: SinkUnderTest; sink: Sink } | undefined

async function removeAll(system: SinkUnderTest, sink: Sink) {
  await sink.stop()
  await removeIndices(system)
  await system.remove()
}

searchEngineContract('elasticsearch, filled by the sink', async () => {
  if (!tested) {
    const system = await sinkUnderTest()
    tested = { system, sink: await system.startSink() }
  }
  const { system } = tested
  let reached: Position | null = null
  return {
    engine: system.engine,
    async settle() {
      const hasChanged = await system.source.publish()
      return hasChanged || reached === null ? (reached = await caughtUp(system)) : reached
    },
  }
})

test.group('Search in indices that the sink fills', (group) => {
  let system: SinkUnderTest
  let sink: Sink
  let proxy: TcpProxy

  group.each.timeout(2 * WITHIN)
  group.setup(async () => {
    await emptyDatabase()
    proxy = await TcpProxy.to(ELASTICSEARCH_URL)
    await proxy.open()
    system = await sinkUnderTest(proxy.url)
    sink = await system.startSink()
    return async () => {
      await removeAll(system, sink)
      await proxy.close()
      if (tested) await removeAll(tested.system, tested.sink)
    }
  })
  group.each.setup(async () => {
    await emptyDatabase()
    if (sink.isStopped) sink = await system.startSink()
    await caughtUp(system)
  })

  const search = (position: Position) => {
    return system.engine.search(query, new SessionClock(position, null))
  }
  const prices = async (position: Position) => {
    const { hits } = await search(position)
    return hits.map((hit) => (hit as ProductHit).pricePaise)
  }
  const besan = () => createProduct({ name: 'Besan', pricePaise: 5_000 })
  const assertSame = async (assert: Assert) => {
    for (const table of TABLES) {
      assert.deepEqual(await documentsOf(system as any, table), await rowsOf(table))
    }
  }

  test('answers a session once the sink has come as far as it needs', async ({ assert }) => {
    const product = await besan()
    const before = await caughtUp(system)
    assert.deepEqual(await prices(before), [5_000])
    await sink.stop()
    await product.merge({ pricePaise: 6_000 }).save()
    const after = await system.beat()
    await system.beat()
    assert.deepEqual(await prices(before), [5_000])
    await assert.rejects(() => search(after), SearchBehind as any)
    sink = await system.startSink()
    assert.deepEqual(await prices(await caughtUp(system)), [6_000])
  })

  test('what is written and not committed proves nothing, and is written again', async ({
    assert,
  }) => {
    const [changed, deleted] = [await besan(), await createProduct()]
    await caughtUp(system)
    sink.commits = false
    await changed.merge({ pricePaise: 6_000 }).save()
    await deleted.delete()
    const after = await system.beat()
    await eventually(() => assertSame(assert), WITHIN)
    await system.beat()
    await assert.rejects(() => search(after), SearchBehind as any)
    await sink.stop()
    sink = await system.startSink()
    await caughtUp(system)
    assert.deepEqual(await prices(after), [6_000])
    await assertSame(assert)
  }).skip(usesRealSink, 'it cannot be kept from committing')

  test('an Elasticsearch that was away gets everything when it is back', async ({ assert }) => {
    const [changed, deleted] = [await besan(), await createProduct()]
    await caughtUp(system)
    await proxy.close()
    await changed.merge({ pricePaise: 6_000 }).save()
    await deleted.delete()
    await assert.rejects(() => system.beat(), SearchUnavailable as any)
    await proxy.open()
    assert.deepEqual(await prices(await caughtUp(system)), [6_000])
    await assertSame(assert)
  })

  test('an index that was deleted answers again only when it is complete', async ({ assert }) => {
    const [product, other] = [await besan(), await createProduct({ name: 'Sooji', nameHi: null })]
    const before = await caughtUp(system)
    const index = await system.indices.behind(system.names.alias('products'))
    await system.client.indices.delete({ index: index! })
    await other.merge({ pricePaise: 6_000 }).save()
    await system.source.publish()
    await eventually(
      async () => assert.lengthOf(await documentsOf(system as any, 'products'), 1),
      WITHIN
    )
    await assert.rejects(() => search(before), SearchBehind as any)
    await caughtUp(system)
    await assertSame(assert)
    assert.deepEqual(await prices(before), [product.pricePaise])
  })

  test('a sink that starts over has to come as far again', async ({ assert }) => {
    await besan()
    const before = await caughtUp(system)
    await sink.stop()
    await eventually(() => system.forgetOffsets(), WITHIN)
    await assert.rejects(() => system.beat(), /has not written yet/)
    await assert.rejects(() => search(before), SearchBehind as any)
    sink = await system.startSink()
    await caughtUp(system)
    assert.deepEqual(await prices(before), [5_000])
    await assertSame(assert)
  })

  test('topics that were recreated count from the beginning, and the index with them', async ({
    assert,
  }) => {
    const product = await besan()
    for (const pricePaise of [5_100, 5_200]) {
      await product.merge({ pricePaise }).save()
      await caughtUp(system)
    }
    await sink.stop()
    await deleteTopics(config.brokers, system.topics)
    await eventually(() => createTopics(system.topics), WITHIN)
    sink = await system.startSink()
    await product.merge({ pricePaise: 6_000 }).save()
    system.source.startOver()
    assert.deepEqual(await prices(await caughtUp(system)), [6_000])
    await assertSame(assert)
  })

  test('what no topic says is made up for after a gap', async ({ assert }) => {
    const [changed, deleted] = [await besan(), await createProduct()]
    const before = await caughtUp(system)
    await changed.merge({ pricePaise: 6_000 }).save()
    await deleted.delete()
    await system.source.skip()
    await system.follower.gap()
    await assert.rejects(() => search(before), SearchBehind as any)
    assert.deepEqual(await prices(await caughtUp(system)), [6_000])
    await assertSame(assert)
  })

  test('no server gives a position to an index that another is building', async ({ assert }) => {
    await besan()
    const after = await caughtUp(system)
    const recorded = (await system.position.read())!
    await system.follower.gap()
    await system.position.advance(recorded, after + 1n, await system.progress.ends())
    assert.isNull(await system.position.read())
    await assert.rejects(() => search(0n), SearchBehind as any)
  })

  test('of two servers the one that knows less changes nothing', async ({ assert }) => {
    await besan()
    await caughtUp(system)
    const [recorded, ends] = [(await system.position.read())!, await system.progress.ends()]
    await system.position.advance(recorded, recorded.position + 2n, ends)
    await system.position.advance(recorded, recorded.position + 1n, ends)
    assert.equal((await system.position.read())!.position, recorded.position + 2n)
  })

  test('indices of the other indexer are replaced', async ({ assert }) => {
    await besan()
    await sink.stop()
    const indices = new SearchIndices(system.client, system.names, 'app')
    const own = await system.indices.behind(system.names.alias('products'))
    await system.client.indices.delete({ index: own! })
    const built = await indices.create('products')
    await indices.publish('products', built)
    assert.equal(await system.indices.state('products'), 'outdated')
    sink = await system.startSink()
    assert.deepEqual(await prices(await caughtUp(system)), [5_000])
    assert.notEqual(await system.indices.behind(system.names.alias('products')), built)
  })

  test('no change is missed while an index is built and writers go on', async ({ assert }) => {
    const shop = await createShop()
    const row = { shopId: shop.id, unit: '1 kg', pricePaise: 5_000, stock: 5 }
    await Product.createMany(Array.from({ length: 60 }, (_, at) => ({ ...row, name: `P ${at}` })))
    await caughtUp(system)
    const ids = [...(await rowsOf('products')).keys()]
    const ending = new AbortController()
    const writing = (async () => {
      for (let at = 0; !ending.signal.aborted; at++) {
        const id = ids[(at * 7) % ids.length]
        await db.from('products').where('id', id).update({ stock: at })
        const passing = await Product.create({ ...row, name: `Passing ${at}` })
        if (at % 3 === 0)
          await db
            .from('products')
            .where('id', ids[at % 20])
            .delete()
        await system.source.publish()
        await passing.delete()
        await system.source.publish()
      }
    })()
    for (let round = 0; round < 2; round++) {
      await eventually(
        () => system.rebuild.run('products', { resume: false, rowsAtOnce: 5 }),
        WITHIN
      )
    }
    await delay(200)
    ending.abort()
    await writing
    await caughtUp(system)
    await assertSame(assert)
  })
})

test.group('A server whose indices the sink fills', (group) => {
  const prefix = `test-${randomUUID().slice(0, 8)}`
  const client = indexingClient(ELASTICSEARCH_URL)
  let server: ApplicationProcess
  let sink: SinkStandIn

  group.each.timeout(4 * WITHIN)
  group.setup(async () => {
    await emptyDatabase()
    await runSourceConnector()
    const { group: members, reads } = await ConnectorDefinition.read('sink', app.appRoot)
    await createTopics(reads)
    server = await ApplicationProcess.start({
      SEARCH_INDEXER: 'connect',
      ELASTICSEARCH_PREFIX: prefix,
    })
    sink = await SinkStandIn.start({
      group: members!,
      topics: reads,
      client,
      indexOf: (topic) => topic.replace(/.*\./, `${prefix}-`),
    })
    return async () => {
      await server.stop()
      await sink.stop()
      await removeIndices({ names: new IndexNames(prefix) })
      await client.close()
    }
  })

  const answeredByIndex = async () => {
    const response = await fetch(`${server.origin}/metrics`)
    const count = /kirana_searches_total\{outcome="engine"\} (\d+)/.exec(await response.text())
    return Number(count?.[1] ?? 0)
  }

  test('an owner is never shown less than the last price, and soon by the index', async ({
    assert,
  }) => {
    const user = await createOwner()
    const shop = await createShop({ ownerId: user.id })
    const product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_000 })
    const owner = await loggedIn(user, new Visitor({ 'accept-language': 'en' }, server.origin))
    for (const price of [61, 62, 63]) {
      await owner.visit(`/owner/shops/${shop.id}/products/${product.id}/edit`)
      await owner.submit('#product-form', { price: String(price) })
      const before = await answeredByIndex()
      const shown = new Set<boolean>()
      await eventually(async () => {
        const { text } = await owner.visit('/search?q=besan')
        shown.add(text.includes(`₹${price}`))
        assert.isAbove(await answeredByIndex(), before)
      }, WITHIN)
      assert.deepEqual([...shown], [true])
    }
  })
})
