import app from '@adonisjs/core/services/app'
import { Database } from '@adonisjs/lucid/database'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ConnectClient, ConnectRefused } from '#connectors/connect_client'
import { ConnectorDefinition } from '#connectors/connector_definition'
import { Connectors } from '#connectors/connectors'
import { deleteTopics, dropSlot } from '#connectors/leftovers'
import config from '#config/connectors'
import Product from '#models/product'
import Shop from '#models/shop'
import { parsePosition } from '#replication/position'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createShop } from '#tests/helpers/factories'
import { TopicReader } from '#tests/helpers/topic_reader'

const NAME = 'kirana-test-source'
const PREFIX = 'kirana_test_connectors'
const SLOT = 'kirana_test_connectors'
const LONG = 20_000
/** More than fits into one request to Kafka. */
const MANY = 500

/** The project's own definition, with names of its own and this test's database. */
async function definition(changes: Record<string, string> = {}) {
  const file = app.makeURL('connectors/kirana-pg-source.json')
  const { config: original } = await ConnectorDefinition.read('source', file)
  const url = new URL(process.env.DATABASE_URL!)
  const values: Record<string, string> = {
    'database.hostname': url.hostname,
    'database.port': url.port,
    'database.dbname': url.pathname.slice(1),
    'database.user': url.username,
    'database.password': decodeURIComponent(url.password),
    'slot.name': SLOT,
    'topic.prefix': PREFIX,
    'predicates.message.pattern': `${PREFIX}\\.message`,
    'transforms.heartbeat.route.topic.replacement': `${PREFIX}.public.\${routedByValue}`,
  }
  return new ConnectorDefinition('source', NAME, { ...original, ...values, ...changes })
}

test.group('Connectors on Kafka Connect', (group) => {
  const connectors = new Connectors(new ConnectClient(config.url, config), {
    ...config,
    settle: 1_500,
  })

  async function takeAway() {
    const source = await definition()
    await connectors.forget(source)
    await dropSlot(await app.container.make(Database), SLOT)
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
      const products = () => reader.changes(`${PREFIX}.public.products`)
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
      const shops = () => reader.changes(`${PREFIX}.public.shops`).slice(-2)
      await eventually(() => assert.equal(shops()[1]?.key.city, 'Pune'), LONG)
      assert.deepEqual(shops()[0].key, { city: 'Delhi', id: shop.id })
      assert.isNull(shops()[0].value)
      assert.deepEqual(JSON.parse(shops()[0].headers['__debezium.newkey']), shops()[1].key)
      assert.equal(shops()[1].value.city, 'Pune')
    } finally {
      await reader.stop()
    }
  })

  test('a heartbeat vouches for every change that stands before it', async ({ assert }) => {
    const shop = await createShop()
    const source = await definition()
    await connectors.register(source)
    const [, topic] = source.topics
    const reader = await TopicReader.start(config.brokers, [topic])
    try {
      const rows = Array.from({ length: MANY }, (_, index) => ({
        ...{ shop_id: shop.id, name: `Besan ${index}`, unit: '1 kg', price_paise: 100 },
        ...{ shop_name: '', shop_city: '' },
      }))
      await db.transaction((transaction) => transaction.table('products').multiInsert(rows))
      const { rows: positions } = await db.rawQuery('SELECT pg_current_wal_insert_lsn() AS now')
      const committed = parsePosition(positions[0].now)
      await eventually(() => assert.isTrue(reader.position(topic) >= committed), LONG)
      const before = reader.changes(topic).filter((change) => change.vouchedFor < committed)
      assert.lengthOf(before, MANY)
    } finally {
      await reader.stop()
    }
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
    await connectors.register(source)
    await connectors.forget(source)
    assert.isTrue(await dropSlot(await app.container.make(Database), SLOT))
    assert.isFalse(await dropSlot(await app.container.make(Database), SLOT))
    assert.sameMembers(await deleteTopics(config.brokers, source.topics), source.topics)
    assert.equal((await connectors.state(source)).state, 'MISSING')
    assert.equal((await connectors.register(source)).state, 'RUNNING')
  })
})
