import { setTimeout as delay } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { ChangeFeed } from '#change_feed/change_feed'
import { Replication } from '#replication/replication'
import { SessionClock } from '#replication/session_clock'
import { searchFor } from '#search/search_engine'
import { DocumentWriter } from '#search/elasticsearch/indexing/document_writer'
import { TABLES } from '#search/elasticsearch/documents'
import { SearchIndices } from '#search/elasticsearch/indexing/search_indices'
import { emptyDatabase } from '#tests/helpers/database'
import {
  documentsOf,
  elasticsearchUnderTest,
  ELASTICSEARCH_URL,
  removeIndices,
  rowsOf,
  type ElasticsearchUnderTest,
} from '#tests/helpers/elasticsearch'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createShop } from '#tests/helpers/factories'
import { dropSlot, feedWith } from '#tests/helpers/feed_recorder'
import { TcpProxy } from '#tests/helpers/tcp_proxy'

const SLOT = 'kirana_test_search'
const WITHIN = 30_000

test.group('Search indexing', (group) => {
  let proxy: TcpProxy
  let system: ElasticsearchUnderTest
  let feed: ChangeFeed

  group.each.setup(async () => {
    await emptyDatabase()
    await dropSlot(SLOT)
    proxy = await TcpProxy.to(ELASTICSEARCH_URL)
    await proxy.open()
    system = await elasticsearchUnderTest(proxy.url)
    feed = feedWith(SLOT, { resumes: true })
    return async () => {
      await feed.stop()
      await proxy.close()
      await dropSlot(SLOT)
      await removeIndices(system)
    }
  })
  group.each.timeout(120_000)

  const start = () => feed.start(system.listener)
  const indexOf = (table: 'shops' | 'products') => system.indices.behind(system.names.alias(table))

  /** Waits until a session that has seen everything so far is answered by the index. */
  const caughtUp = async () => {
    const replication = await app.container.make(Replication)
    const position = await replication.currentPosition()
    await eventually(
      () => system.engine.search(searchFor({ q: 'x' }), new SessionClock(position, null)),
      WITHIN
    )
  }

  const assertSame = async (assert: any) => {
    for (const table of TABLES) {
      assert.deepEqual(await documentsOf(system, table), await rowsOf(table))
    }
  }

  test('a feed that starts makes the indices, and what changes then is found', async ({
    assert,
  }) => {
    const shop = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
    const [kept, deleted] = [
      await createProduct({ shopId: shop.id }),
      await createProduct({ shopId: shop.id }),
    ]
    await start()
    await caughtUp()
    await assertSame(assert)
    await kept.merge({ pricePaise: 9900 }).save()
    await deleted.delete()
    await shop.merge({ name: 'Verma Bazaar', city: 'Bhopal' }).save()
    await createProduct({ shopId: shop.id })
    await caughtUp()
    await assertSame(assert)
    const document = (await documentsOf(system, 'products')).get(kept.id)
    assert.equal(document.price_paise, 9900)
    assert.equal(document.shop_city, 'Bhopal')
  })

  test('a truncated table leaves an empty index', async ({ assert }) => {
    await createProduct()
    await start()
    await caughtUp()
    await emptyDatabase()
    await caughtUp()
    assert.lengthOf(await documentsOf(system, 'products'), 0)
    assert.lengthOf(await documentsOf(system, 'shops'), 0)
  })

  test('a feed that goes on builds nothing anew and misses nothing', async ({ assert }) => {
    const product = await createProduct()
    await start()
    await caughtUp()
    const before = await indexOf('products')
    await feed.stop()
    await product.merge({ pricePaise: 100 }).save()
    feed = feedWith(SLOT, { resumes: true })
    await start()
    await caughtUp()
    await assertSame(assert)
    assert.equal(await indexOf('products'), before)
  })

  test('what a lost slot never announced is made up for', async ({ assert }) => {
    const [changed, deleted] = [await createProduct(), await createProduct()]
    await start()
    await caughtUp()
    await feed.stop()
    await dropSlot(SLOT)
    await changed.merge({ pricePaise: 100 }).save()
    await deleted.delete()
    feed = feedWith(SLOT, { resumes: true })
    await start()
    await caughtUp()
    await assertSame(assert)
  })

  test('also when Elasticsearch was away then, and the process ended', async ({ assert }) => {
    const product = await createProduct()
    await start()
    await caughtUp()
    await feed.stop()
    await dropSlot(SLOT)
    await product.merge({ pricePaise: 100 }).save()
    await proxy.close()
    feed = feedWith(SLOT, { resumes: true })
    await start()
    await eventually(async () => {
      const { rows } = await db.rawQuery('SELECT FROM pg_replication_slots WHERE slot_name = ?', [
        SLOT,
      ])
      assert.lengthOf(rows, 1)
    })
    await feed.stop()
    await proxy.open()
    feed = feedWith(SLOT, { resumes: true })
    await start()
    await caughtUp()
    await assertSame(assert)
  })

  test('an Elasticsearch that was away gets everything when it is back', async ({ assert }) => {
    const [changed, deleted] = [await createProduct(), await createProduct()]
    await start()
    await caughtUp()
    await proxy.close()
    await changed.merge({ pricePaise: 100 }).save()
    await deleted.delete()
    await createProduct()
    await delay(300)
    await proxy.open()
    await caughtUp()
    await assertSame(assert)
  })

  test('an index that was deleted comes back by itself, with everything', async ({ assert }) => {
    await createProduct()
    await start()
    await caughtUp()
    await system.client.indices.delete({ index: (await indexOf('products'))! })
    await createProduct()
    await caughtUp()
    await assertSame(assert)
  })

  test('an index with foreign mappings is replaced', async ({ assert }) => {
    const index = system.names.alias('products')
    await system.client.indices.create({
      index,
      mappings: { properties: { price_paise: { type: 'boolean' } } },
    })
    await createProduct()
    await start()
    await caughtUp()
    await assertSame(assert)
    assert.notEqual(await indexOf('products'), index)
  })

  test('a read-only index is written as soon as it may be', async ({ assert }) => {
    const product = await createProduct()
    await start()
    await caughtUp()
    const index = (await indexOf('products'))!
    const block = (isBlocked: boolean) => {
      return system.client.indices.putSettings({
        index,
        settings: { 'index.blocks.write': isBlocked },
      })
    }
    await block(true)
    await product.merge({ pricePaise: 100 }).save()
    await delay(300)
    assert.equal((await documentsOf(system, 'products')).get(product.id).price_paise, 5200)
    await block(false)
    await caughtUp()
    await assertSame(assert)
  })

  /** A writer whose next bulk request waits after the rows were read. */
  const heldWriter = () => {
    const isRead = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const client = Object.create(system.client, {
      bulk: {
        value: async (request: any) => {
          isRead.resolve()
          await release.promise
          return system.client.bulk(request)
        },
      },
    })
    const indices = new SearchIndices(client, system.names)
    const logger = { error() {} } as any
    return { writer: new DocumentWriter(db, indices, logger), isRead: isRead.promise, release }
  }

  test('a reading that arrives late does not replace a newer one', async ({ assert }) => {
    const product = await createProduct()
    for (const table of TABLES) await system.rebuild.run(table, { resume: false })
    const { writer, isRead, release } = heldWriter()
    const late = writer.write('products', [product.id])
    await isRead
    await product.merge({ pricePaise: 100 }).save()
    await system.writer.write('products', [product.id])
    release.resolve()
    await late
    assert.equal((await documentsOf(system, 'products')).get(product.id).price_paise, 100)
  })

  test('nor does it bring back what was deleted', async ({ assert }) => {
    const product = await createProduct()
    for (const table of TABLES) await system.rebuild.run(table, { resume: false })
    const { writer, isRead, release } = heldWriter()
    const late = writer.write('products', [product.id])
    await isRead
    await product.delete()
    await system.writer.write('products', [product.id])
    release.resolve()
    await late
    assert.lengthOf(await documentsOf(system, 'products'), 0)
  })

  test('Elasticsearch remembers a deletion for longer than a reading may be under way', async ({
    assert,
  }) => {
    await system.rebuild.run('products', { resume: false })
    const [{ settings }] = Object.values(
      await system.client.indices.getSettings({ index: system.names.alias('products') })
    )
    assert.equal(settings!.index!.gc_deletes, '1h')
  })
})
