import { setTimeout as delay } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeFeed, ChangeListener } from '#change_feed/change_feed'
import type Product from '#models/product'
import Shop from '#models/shop'
import { Replication } from '#replication/replication'
import { caching, newSession } from '#tests/helpers/caching'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { closeShop, createProduct } from '#tests/helpers/factories'
import { FeedRecorder } from '#tests/helpers/feed_recorder'

/** How the contract gets at an adapter. Times in milliseconds. */
export interface FeedUnderTest {
  /** Makes a feed that nobody has read from; called before each test. */
  create(): Promise<ChangeFeed>
  /** Breaks the connection so that what is being handled can not be confirmed. */
  interrupt(): Promise<void>
  /** Removes what `create` left at the servers. */
  remove(): Promise<void>
  /** How long a feed may take to connect, or to connect again. */
  patience: number
  /** How old a heartbeat may be that came without a hitch, and some. */
  maximumSilence: number
}

/** What every adapter of `ChangeFeed` promises. */
export function changeFeedContract(name: string, under: FeedUnderTest) {
  test.group(`Change feed contract | ${name}`, (group) => {
    let feed: ChangeFeed
    let product: Product

    group.each.timeout(under.patience * 4)
    group.each.setup(async () => {
      await emptyDatabase()
      product = await createProduct({ pricePaise: 100 })
      feed = await under.create()
      return async () => {
        await feed.stop()
        await under.remove()
      }
    })

    const soon = (check: () => void | Promise<void>) => eventually(check, under.patience)
    const listen = async (next: Partial<ChangeListener> = {}) => {
      const recorder = new FeedRecorder(next)
      await feed.start(recorder)
      await soon(() => {
        if (recorder.heartbeats.length === 0) throw new Error('No heartbeat yet')
      })
      return recorder
    }
    const setPrice = (pricePaise: number) => product.merge({ pricePaise }).save()
    const isUpdate = ({ key, operation }: ChangeEvent) =>
      key.id === product.id && operation === 'update'
    const updatesIn = (recorder: FeedRecorder) => recorder.changed.filter(isUpdate)

    test('a change names its row, its transaction and its time', async ({ assert }) => {
      const recorder = await listen()
      const before = Date.now()
      await setPrice(200)
      await soon(() => assert.lengthOf(updatesIn(recorder), 1))
      const [{ table, key, transactionId, committedAt }] = updatesIn(recorder)
      assert.equal(table, 'products')
      assert.deepEqual(key, { id: product.id, shop_id: product.shopId })
      assert.isAbove(transactionId!, 0)
      assert.closeTo(committedAt.getTime(), before, 5_000)
    })

    test('changes of one row come in the order of their commits', async ({ assert }) => {
      const recorder = await listen()
      for (const price of [200, 300, 400]) await setPrice(price)
      await soon(() => assert.lengthOf(updatesIn(recorder), 3))
      const transactions = updatesIn(recorder).map(({ transactionId }) => transactionId!)
      assert.deepEqual(
        transactions,
        transactions.toSorted((one, other) => one - other)
      )
    })

    test('a delete names the shop', async ({ assert }) => {
      const recorder = await listen()
      await product.delete()
      await soon(() => {
        const { operation, key } = recorder.of(product.id).at(-1)!
        assert.equal(operation, 'delete')
        assert.deepEqual(key, { id: product.id, shop_id: product.shopId })
      })
    })

    test('a shop that moves names both cities', async ({ assert }) => {
      const recorder = await listen()
      const shop = await Shop.findOrFail(product.shopId)
      const from = shop.city
      await shop.merge({ city: 'Kolhapur' }).save()
      await soon(() => {
        const cities = recorder
          .of(shop.id)
          .flatMap(({ key, keyBefore }) => [key.city, keyBefore?.city])
        assert.includeMembers(cities, [from, 'Kolhapur'])
      })
    })

    test('closing a shop names the shop and each of its products', async ({ assert }) => {
      const other = await createProduct({ shopId: product.shopId })
      const shop = await Shop.findOrFail(product.shopId)
      const recorder = await listen()
      await closeShop(shop)
      await soon(() => {
        for (const { id } of [shop, product, other]) {
          assert.equal(recorder.of(id).at(-1)?.operation, 'update')
        }
      })
    })

    test('a change that was not handled comes again', async ({ assert }) => {
      let failures = 1
      const recorder = await listen({
        async changes(changes) {
          if (changes.some(isUpdate) && failures-- > 0) {
            throw new Error('not now')
          }
        },
      })
      await setPrice(200)
      await soon(() => assert.lengthOf(updatesIn(recorder), 2))
      const [first, again] = updatesIn(recorder)
      assert.deepEqual(again, first)
    })

    test('a change that was handled and not confirmed comes again', async ({ assert }) => {
      let cuts = 1
      const recorder = await listen({
        async changes(changes) {
          if (changes.some(isUpdate) && cuts-- > 0) {
            await under.interrupt()
          }
        },
      })
      await setPrice(200)
      await soon(() => assert.lengthOf(updatesIn(recorder), 2))
    })

    test('stopping lets the change in hand be finished, which then does not come again', async ({
      assert,
    }) => {
      const handling = Promise.withResolvers<void>()
      let finished = false
      const recorder = await listen({
        async changes(changes) {
          if (!changes.some(isUpdate)) return
          handling.resolve()
          await delay(100)
          finished = true
        },
      })
      await setPrice(200)
      await handling.promise
      await feed.stop()
      assert.isTrue(finished)
      assert.lengthOf(updatesIn(recorder), 1)
      assert.lengthOf(updatesIn(await listen()), 0)
    })

    test('what changed while the feed was away comes when it is back', async ({ assert }) => {
      await listen()
      await feed.stop()
      await setPrice(200)
      assert.lengthOf(updatesIn(await listen()), 1)
    })

    test('a feed that starts says that it was away, whatever is kept for it', async ({
      assert,
    }) => {
      await listen()
      await feed.stop()
      assert.equal((await listen()).gaps, 1)
    })

    test('heartbeats come, and pass no change that has not been handed over', async ({
      assert,
    }) => {
      const replication = await app.container.make(Replication)
      const recorder = await listen()
      for (let price = 200; price < 205; price++) {
        await setPrice(price)
        const written = await replication.currentPosition()
        await soon(() => assert.isTrue(recorder.heartbeats.at(-1)! >= written))
        assert.lengthOf(updatesIn(recorder), price - 199)
      }
    })

    test('a feed that is silent for too long lets what is cached expire', async ({ assert }) => {
      const { maximumSilence } = under
      const { cache, dispatcher, products } = await caching({ maximumSilence })
      const [key] = products.keysOf(product.shopId)
      const held = async () => (await cache.read(key, '')).entry !== null
      await listen(dispatcher)
      await products.list(product.shopId, null, newSession())
      await delay(maximumSilence * 1.5)
      assert.isTrue(await held())
      await feed.stop()
      await eventually(async () => assert.isFalse(await held()), maximumSilence * 1.5)
    })
  })
}
