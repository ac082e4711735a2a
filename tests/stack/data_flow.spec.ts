import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import pg from 'pg'
import { Cache } from '#caches/cache'
import { ProductCache } from '#caches/product_cache'
import type Product from '#models/product'
import type Shop from '#models/shop'
import { Replication } from '#replication/replication'
import { searchFor, SearchEngine } from '#search/search_engine'
import { newSession } from '#tests/helpers/caching'
import { runChangeFeed } from '#tests/helpers/change_feed'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { closeShop, createProduct, createShop } from '#tests/helpers/factories'
import { runSourceConnector } from '#tests/helpers/stack_source'
import { stack } from '#tests/helpers/stack'

const PATIENCE = 60_000

/** Prices that a server has of a product, by a connection of its own; none when the product is not there. */
async function pricesAt(port: number, { id }: Product): Promise<number[]> {
  const url = new URL(stack.environment.DATABASE_URL)
  url.port = String(port)
  const client = new pg.Client({ connectionString: url.href })
  try {
    await client.connect()
    const { rows } = await client.query('SELECT price_paise FROM products WHERE id = $1', [id])
    return rows.map((row) => row.price_paise)
  } finally {
    await client.end()
  }
}

test.group('What a write on the primary sets going', (group) => {
  let shop: Shop
  let product: Product

  const reprice = (pricePaise: number) => product.merge({ pricePaise }).save()
  const soon = (check: () => unknown) => eventually(check, PATIENCE)

  group.tap((each) => each.timeout(2 * PATIENCE))
  group.setup(async () => {
    await runSourceConnector()
    return runChangeFeed()
  })
  group.each.setup(async () => {
    await emptyDatabase()
    shop = await createShop({ name: 'Patil Kirana' })
    product = await createProduct({ shopId: shop.id, name: 'Ambemohar Rice', pricePaise: 100 })
  })

  for (const part of ['replica-1', 'replica-2', 'haproxy'] as const) {
    test(`${part} shows it, changes it and forgets it`, async ({ assert }) => {
      const { port } = stack.part(part)
      await soon(async () => assert.deepEqual(await pricesAt(port, product), [100]))
      await reprice(200)
      await soon(async () => assert.deepEqual(await pricesAt(port, product), [200]))
      await product.delete()
      await soon(async () => assert.deepEqual(await pricesAt(port, product), []))
    })
  }

  const deeds = {
    'a new product': () => createProduct({ shopId: shop.id, name: 'Indrayani Rice' }),
    'a new price': () => reprice(200),
    'a deleted product': () => product.delete(),
    'a new name of the shop': () => shop.merge({ name: 'Pawar Kirana' }).save(),
    'a closed shop': () => closeShop(shop),
  }
  for (const [name, happen] of Object.entries(deeds)) {
    test(`${name} travels through Debezium and Kafka and raises the floor in Redis`, async ({
      assert,
    }) => {
      const [cache, replication] = await Promise.all([
        app.container.make(Cache),
        app.container.make(Replication),
      ])
      const [products] = [await app.container.make(ProductCache)]
      const [key] = products.keysOf(shop.id)
      const cached = async () => (await cache.read(key, '')).entry
      await soon(async () => {
        await products.list(shop.id, null, newSession())
        assert.isNotNull(await cached())
      })
      const before = await replication.currentPosition()
      await happen()
      await soon(async () => assert.isTrue((await cache.read(key, '')).floor > before))
      const listed = await products.list(shop.id, null, newSession())
      if (shop.isClosed) return assert.isNull(listed)
      const real = await shop.related('products').query()
      assert.equal(listed!.shop.name, shop.name)
      assert.sameDeepMembers(
        listed!.items.map((item) => [item.id, item.pricePaise]),
        real.map((item) => [item.id, item.pricePaise])
      )
    })
  }

  test('search finds it, with its new price, and then no more', async ({ assert }) => {
    const engine = await app.container.make(SearchEngine)
    const found = async () => {
      const { hits } = await engine.search(
        searchFor({ q: 'Ambemohar', type: 'product' }),
        newSession()
      )
      return hits.map((hit) => (hit.type === 'product' ? hit.pricePaise : null))
    }
    await soon(async () => assert.deepEqual(await found(), [100]))
    await reprice(200)
    await soon(async () => assert.deepEqual(await found(), [200]))
    await product.delete()
    await soon(async () => assert.deepEqual(await found(), []))
  })
})
