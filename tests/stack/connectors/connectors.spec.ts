import app from '@adonisjs/core/services/app'
import { Database } from '@adonisjs/lucid/database'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ConnectClient, ConnectRefused } from '#connectors/connect_client'
import { sendHeartbeat } from '#change_feed/heartbeat'
import { Connectors } from '#connectors/connectors'
import { deleteTopics, dropSlot } from '#connectors/leftovers'
import config from '#config/connectors'
import Product from '#models/product'
import Shop from '#models/shop'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { closeShop, createProduct, createShop } from '#tests/helpers/factories'
import { createTopics, withAdmin } from '#tests/helpers/kafka'
import { sourceDefinition } from '#tests/helpers/source_connector'
import { TopicReader } from '#tests/helpers/topic_reader'

const NAME = 'kirana_test_connectors'
const LONG = 20_000

const definition = (changes?: Record<string, string>) => sourceDefinition(NAME, changes)

test.group('Connectors on Kafka Connect', (group) => {
  const connectors = new Connectors(new ConnectClient(config.url, config), {
    ...config,
    settle: 1_500,
  })

  async function takeAway() {
    const source = await definition()
    await connectors.forget(source)
    await dropSlot(await app.container.make(Database), NAME)
    await deleteTopics(config.brokers, source.topics)
  }

  group.tap((each) => each.timeout(90_000))
  group.each.setup(async () => {
    await takeAway()
    await emptyDatabase()
    return takeAway
  })

  test('the source tells of every change with the key that finds its page', async ({ assert }) => {
    const shop = await createShop({ city: 'Delhi' })
    const source = await definition()
    assert.equal((await connectors.register(source)).state, 'RUNNING')
    const reader = await TopicReader.start(config.brokers, source.topics.slice(0, 2))
    try {
      const product = await createProduct({ shopId: shop.id, pricePaise: 5_000 })
      const key = { shop_id: shop.id, id: product.id }
      const products = () => reader.changes(`${NAME}.public.products`)
      await eventually(() => assert.lengthOf(products(), 1), LONG)
      assert.deepEqual(products()[0].key, key)
      assert.equal(products()[0].value.price_paise, 5_000)
      assert.notProperty(products()[0].value, 'in_stock')
      assert.equal(products()[0].headers.__op, 'c')

      await Product.query().where('id', product.id).delete()
      await eventually(() => assert.lengthOf(products(), 2), LONG)
      assert.deepEqual(products()[1].key, key)
      assert.isNull(products()[1].value)
      assert.equal(products()[1].headers.__op, 'd')

      await Shop.query().where('id', shop.id).update({ city: 'Pune' })
      const shops = () => reader.changes(`${NAME}.public.shops`).slice(-2)
      await eventually(() => assert.equal(shops()[1]?.key.city, 'Pune'), LONG)
      assert.deepEqual(shops()[0].key, { city: 'Delhi', id: shop.id })
      assert.isNull(shops()[0].value)
      assert.deepEqual(JSON.parse(shops()[0].headers['__debezium.newkey']), shops()[1].key)
      assert.equal(shops()[1].value.city, 'Pune')
    } finally {
      await reader.stop()
    }
  })

  test('a closed shop says since when in its record and in those of its products', async ({
    assert,
  }) => {
    const source = await definition()
    await connectors.register(source)
    const reader = await TopicReader.start(config.brokers, source.topics.slice(0, 2))
    const latest = (table: string) => reader.changes(`${NAME}.public.${table}`).at(-1)?.value
    try {
      const product = await createProduct()
      const shop = await Shop.findOrFail(product.shopId)
      await eventually(() => assert.isNull(latest('products')?.shop_closed_at), LONG)
      await closeShop(shop)
      await eventually(() => {
        assert.match(latest('shops')?.closed_at, /^\d{4}-\d\d-\d\dT/)
        assert.match(latest('products')?.shop_closed_at, /^\d{4}-\d\d-\d\dT/)
      }, LONG)
      await shop.reopen()
      await eventually(() => {
        assert.isNull(latest('shops')?.closed_at)
        assert.isNull(latest('products')?.shop_closed_at)
      }, LONG)
    } finally {
      await reader.stop()
    }
  })

  test('the slot is confirmed on, though nothing changes and no record is written', async ({
    assert,
  }) => {
    const source = await definition()
    await connectors.register(source)
    await sendHeartbeat(db)
    const { rows } = await db.rawQuery('SELECT pg_current_wal_insert_lsn() AS now')
    await eventually(async () => {
      await sendHeartbeat(db)
      const { rows: slots } = await db.rawQuery(
        'SELECT confirmed_flush_lsn >= ? AS passed FROM pg_replication_slots WHERE slot_name = ?',
        [rows[0].now, NAME]
      )
      assert.isTrue(slots[0].passed)
    }, LONG)
    const topics = await withAdmin((admin) => admin.listTopics())
    assert.notInclude(topics, `${NAME}.message`)
  })

  test('a publication that is missing is told in the words of the task', async ({ assert }) => {
    const state = await connectors.register(await definition({ 'publication.name': 'nowhere' }))
    assert.equal(state.state, 'FAILED')
    assert.match(state.problem!, /Publication autocreation is disabled/)
  })

  test('a wrong password is refused with the words of the database', async ({ assert }) => {
    const wrong = await definition({ 'database.password': 'wrong' })
    const error = await connectors.register(wrong).catch((caught) => caught)
    assert.instanceOf(error, ConnectRefused)
    assert.match(error.message, /password authentication failed/)
  })

  test('after a reset the source begins anew, also when its slot was lost', async ({ assert }) => {
    const source = await definition()
    await createTopics(source.topics)
    await connectors.register(source)
    await connectors.forget(source)
    assert.isTrue(await dropSlot(await app.container.make(Database), NAME))
    assert.isFalse(await dropSlot(await app.container.make(Database), NAME))
    assert.sameMembers(await deleteTopics(config.brokers, source.topics), source.topics)
    assert.equal((await connectors.state(source)).state, 'MISSING')
    assert.equal((await connectors.register(source)).state, 'RUNNING')
  })
})
