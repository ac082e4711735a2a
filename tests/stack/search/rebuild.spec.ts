import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { ChangeFeed } from '#change_feed/change_feed'
import Product from '#models/product'
import type Shop from '#models/shop'
import { Replication } from '#replication/replication'
import { SessionClock } from '#replication/session_clock'
import { searchFor } from '#search/search_engine'
import { TABLES } from '#search/elasticsearch/documents'
import { emptyDatabase } from '#tests/helpers/database'
import {
  documentsOf,
  elasticsearchUnderTest,
  removeIndices,
  rowsOf,
  type ElasticsearchUnderTest,
} from '#tests/helpers/elasticsearch'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createShop } from '#tests/helpers/factories'
import { dropSlot, feedWith } from '#tests/helpers/feed_recorder'

const SLOT = 'kirana_test_rebuild'
const ROWS = 200
const rowsAtOnce = 10

test.group('Search rebuild', (group) => {
  let system: ElasticsearchUnderTest
  let feed: ChangeFeed
  let shop: Shop

  group.each.setup(async () => {
    await emptyDatabase()
    await dropSlot(SLOT)
    system = await elasticsearchUnderTest()
    shop = await createShop({ name: 'Gupta Kirana' })
    await Product.createMany(Array.from({ length: ROWS }, (_, at) => newProduct(`Product ${at}`)))
    feed = feedWith(SLOT, { resumes: true })
    await feed.start(system.listener)
    await caughtUp()
    return async () => {
      await feed.stop()
      await dropSlot(SLOT)
      await removeIndices(system)
    }
  })
  group.each.timeout(180_000)

  const newProduct = (name: string) => {
    return { shopId: shop.id, name, unit: '1 kg', pricePaise: 5000, stock: 5 }
  }
  const versions = async () => {
    const found = await system.client.indices.get({ index: system.names.versions('products') })
    return Object.keys(found)
  }
  const caughtUp = async () => {
    const replication = await app.container.make(Replication)
    const position = await replication.currentPosition()
    const query = searchFor({ q: 'x' })
    await eventually(() => system.engine.search(query, new SessionClock(position, null)), 60_000)
  }
  const assertSame = async (assert: any) => {
    await caughtUp()
    for (const table of TABLES) {
      assert.deepEqual(await documentsOf(system, table), await rowsOf(table))
    }
  }

  /** Changes, adds and deletes rows until told to stop; returns how often. */
  async function hammer(signal: AbortSignal, seed: number) {
    const random = randomFrom(seed)
    let writes = 0
    for (; !signal.aborted; writes++) {
      const kind = random()
      const { rows } = await db.rawQuery(
        'SELECT id FROM products WHERE id >= ?::uuid ORDER BY id LIMIT 1',
        [somewhere(random)]
      )
      const id = rows[0]?.id
      if (kind < 0.15) await Product.create(newProduct(`New ${seed} ${writes}`))
      else if (kind < 0.3 && id) await db.from('products').where('id', id).delete()
      else if (id) {
        await db
          .from('products')
          .where('id', id)
          .update({ stock: Math.floor(random() * 100) })
      }
    }
    return writes
  }

  let ids: string[] = []
  const somewhere = (random: () => number) => ids[Math.floor(random() * ids.length)]

  test('no change is missed while writers go on', async ({ assert }) => {
    ids = [...(await rowsOf('products')).keys()]
    const before = await versions()
    const stopping = new AbortController()
    const writers = [1, 2, 3].map((seed) => hammer(stopping.signal, seed))
    await system.rebuild.run('products', { resume: false, rowsAtOnce })
    stopping.abort()
    const writes = await Promise.all(writers)
    assert.isAbove(Math.min(...writes), 0)
    await assertSame(assert)
    const after = await versions()
    assert.lengthOf(after, 1)
    assert.notDeepEqual(after, before)
  })

  test('there is no moment without results', async ({ assert }) => {
    await createProduct({ shopId: shop.id, name: 'Sabudana' })
    await caughtUp()
    const query = searchFor({ q: 'sabudana', type: 'product', size: 1 })
    let searches = 0
    const rebuilding = system.rebuild.run('products', { resume: false, rowsAtOnce })
    let isDone = false
    void rebuilding.finally(() => (isDone = true))
    for (; !isDone; searches++) {
      assert.equal((await system.engine.search(query, new SessionClock(null, null))).count, 1)
    }
    await rebuilding
    assert.isAbove(searches, 5)
  })

  /** Ends a rebuild as a crash would, after some rows. */
  const interrupt = async () => {
    const interrupted = system.rebuild.run('products', {
      resume: false,
      rowsAtOnce,
      onProgress({ copied }) {
        if (copied >= ROWS / 2) throw new Error('interrupted')
      },
    })
    await interrupted.catch(() => {})
  }

  test('one that was interrupted goes on, with what was changed in between', async ({ assert }) => {
    const product = await createProduct({ shopId: shop.id, name: 'Sabudana' })
    const first = await Product.query().orderBy('id').firstOrFail()
    await interrupt()
    await first.delete()
    await product.merge({ pricePaise: 100 }).save()
    await caughtUp()
    const progress: number[] = []
    await system.rebuild.run('products', {
      resume: true,
      rowsAtOnce,
      onProgress: ({ copied }) => progress.push(copied),
    })
    assert.isAtLeast(progress[0], ROWS / 2)
    await assertSame(assert)
    assert.lengthOf(await versions(), 1)
  })

  test('or begins again, and leaves nothing behind', async ({ assert }) => {
    await interrupt()
    assert.lengthOf(await versions(), 2)
    await system.rebuild.run('products', { resume: false, rowsAtOnce })
    await assertSame(assert)
    assert.lengthOf(await versions(), 1)
  })

  test('two at once take turns', async ({ assert }) => {
    await Promise.all([
      system.rebuild.run('products', { resume: true, rowsAtOnce: 100 }),
      system.rebuild.run('products', { resume: true, rowsAtOnce: 100 }),
    ])
    await assertSame(assert)
    assert.lengthOf(await versions(), 1)
  })

  test('also replaces an index that somebody made under the name of the alias', async ({
    assert,
  }) => {
    await feed.stop()
    const alias = system.names.alias('products')
    for (const index of await versions()) await system.client.indices.delete({ index })
    await system.client.index({ index: alias, id: 'foreign', document: { name: 'foreign' } })
    await system.rebuild.run('products', { resume: false })
    assert.deepEqual(await documentsOf(system, 'products'), await rowsOf('products'))
  })
})

/** The same numbers between 0 and 1 at each run. */
function randomFrom(seed: number) {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
