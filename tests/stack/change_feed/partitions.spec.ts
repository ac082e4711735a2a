import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { test } from '@japa/runner'
import { Kafka, logLevel } from 'kafkajs'
import config from '#config/connectors'
import { deleteTopics } from '#connectors/leftovers'
import { mustHavePartitions } from '#connectors/partitions'
import { GroupProgress } from '#change_feed/group_progress'
import { KafkaChangeFeed } from '#change_feed/kafka_change_feed'
import type Product from '#models/product'
import { Replication } from '#replication/replication'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createShop } from '#tests/helpers/factories'
import { FeedRecorder } from '#tests/helpers/feed_recorder'
import { createTopics, withAdmin } from '#tests/helpers/kafka'
import { SourceConnector, sourceDefinition } from '#tests/helpers/source_connector'

const NAME = 'kirana_test_partitions'
const PARTITIONS = 3
const SHOPS = 12
const PATIENCE = 45_000

test.group('Topics with three partitions', (group) => {
  let source: SourceConnector
  let products: Product[]

  group.each.timeout(2 * PATIENCE)
  group.setup(async () => {
    await emptyDatabase()
    source = await SourceConnector.register(NAME, PARTITIONS)
    return () => source.remove()
  })
  group.each.setup(async () => {
    await emptyDatabase()
    products = []
    for (let number = 0; number < SHOPS; number++) {
      const shop = await createShop({ city: 'Pune' })
      products.push(await createProduct({ shopId: shop.id, pricePaise: 100 }))
    }
  })

  const soon = <T>(check: () => T | Promise<T>) => eventually(check, PATIENCE)
  const positionNow = async () => (await app.container.make(Replication)).currentPosition()
  const reprice = (pricePaise: number) =>
    Promise.all(products.map((product) => product.merge({ pricePaise }).save()))

  async function member(members: string, recorder = new FeedRecorder()) {
    const feed = new KafkaChangeFeed(db, logger, {
      client: { brokers: config.brokers },
      group: members,
      topics: source.topics,
      sourceSlot: source.slot,
      heartbeatEvery: 500,
      longestPause: 1_000,
      partitions: PARTITIONS,
    })
    await feed.start(recorder)
    return { feed, recorder }
  }

  /** The records of each partition, from the beginning. */
  async function recordsOf(topic: string) {
    const offsets = await withAdmin((admin) => admin.fetchTopicOffsets(topic))
    const total = offsets.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0)
    const records: { partition: number; key: any; op: string }[] = []
    const consumer = new Kafka({
      brokers: config.brokers,
      logLevel: logLevel.NOTHING,
    }).consumer({ groupId: randomUUID(), maxWaitTimeInMs: 50 })
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await consumer.run({
      async eachMessage({ partition, message }) {
        const key = JSON.parse(String(message.key))
        records.push({ partition, key, op: String(message.headers?.__op) })
      },
    })
    await soon(() => {
      if (records.length < total) throw new Error(`${records.length} of ${total}`)
    })
    await consumer.disconnect()
    return records
  }

  test('keep a shop and its products in one partition, deletes and a move to another city too', async ({
    assert,
    cleanup,
  }) => {
    const { feed, recorder } = await member(randomUUID())
    cleanup(() => feed.stop())
    const [moved] = products
    await moved.load('shop')
    await moved.shop.merge({ city: 'Delhi' }).save()
    await products[1].delete()
    const written = await positionNow()
    await soon(() => assert.isTrue(recorder.heartbeats.some((watermark) => watermark >= written)))

    const [shops, goods] = [await recordsOf(source.topics[0]), await recordsOf(source.topics[1])]
    const at = new Map<string, Set<number>>()
    const note = (shop: string, partition: number) =>
      at.set(shop, (at.get(shop) ?? new Set()).add(partition))
    for (const { key, partition } of shops) note(key.id, partition)
    for (const { key, partition } of goods) note(key.shop_id, partition)
    for (const [shop, partitions] of at) assert.equal(partitions.size, 1, shop)
    assert.equal(new Set([...at.values()].flatMap((one) => [...one])).size, PARTITIONS)
    const moves = shops.filter(({ key }) => key.id === moved.shopId).map(({ op }) => op)
    assert.includeMembers(moves, ['d', 'c'])
    assert.isTrue(goods.some(({ key, op }) => key.id === products[1].id && op === 'd'))
  })

  test('are shared by two members, who vouch only for what both have handled', async ({
    assert,
    cleanup,
  }) => {
    const members = randomUUID()
    const mayGoOn = Promise.withResolvers<void>()
    cleanup(() => mayGoOn.resolve())
    let holds = false
    const held = new FeedRecorder({
      async changes() {
        if (holds) await mayGoOn.promise
      },
    })
    const two = [await member(members, held), await member(members)]
    for (const { feed } of two) cleanup(() => feed.stop())
    const shared = (table: string) =>
      two.map(({ recorder }) => recorder.changed.filter((change) => change.table === table).length)
    let price = 200
    await soon(async () => {
      await reprice(price++)
      await delay(500)
      assert.notInclude(shared('products'), 0)
    })

    const settled = await positionNow()
    const heard = () => two.flatMap(({ recorder }) => recorder.heartbeats)
    await soon(() => assert.isTrue(heard().some((watermark) => watermark >= settled)))
    holds = true
    await reprice(1_000)
    const written = await positionNow()
    const ids = new Set(products.map(({ id }) => id))
    await soon(() => assert.isTrue(held.changed.some(({ key }) => ids.has(key.id))))
    await delay(2_500)
    assert.isFalse(heard().some((watermark) => watermark >= written))
    mayGoOn.resolve()
    await soon(() => assert.isTrue(heard().some((watermark) => watermark >= written)))
  })

  test('lose nothing, and keep the order of each shop, while a member leaves and another joins', async ({
    assert,
    cleanup,
  }) => {
    const members = randomUUID()
    const first = await member(members)
    const second = await member(members)
    cleanup(() => first.feed.stop())
    cleanup(() => second.feed.stop())
    const recorders = [first.recorder, second.recorder]
    let isChanging = true
    const transactions = new Map<string, number[]>(products.map(({ id }) => [id, []]))
    const changing = (async () => {
      for (let price = 300; isChanging; price++) {
        for (const product of products) {
          await db.transaction(async (client) => {
            await product.merge({ pricePaise: price }).useTransaction(client).save()
            const { rows } = await client.rawQuery('SELECT pg_current_xact_id()::xid::text AS id')
            transactions.get(product.id)!.push(Number(rows[0].id))
          })
        }
        await delay(20)
      }
    })()
    await delay(2_000)
    await second.feed.stop()
    await delay(2_000)
    const third = await member(members)
    cleanup(() => third.feed.stop())
    recorders.push(third.recorder)
    await delay(4_000)
    isChanging = false
    await changing
    const written = await positionNow()
    await soon(() => {
      const heard = recorders.flatMap(({ heartbeats }) => heartbeats)
      assert.isTrue(heard.some((watermark) => watermark >= written))
    })
    for (const [id, sent] of transactions) {
      const delivered = recorders.map((recorder) =>
        recorder.of(id).flatMap(({ transactionId }) => transactionId ?? [])
      )
      assert.includeMembers(delivered.flat(), sent)
      for (const ids of delivered) {
        const firstTime = [...new Set(ids)]
        assert.deepEqual(
          firstTime,
          firstTime.toSorted((one, other) => one - other)
        )
      }
    }
  })

  test('are not taken for complete while a partition is new', async ({ assert }) => {
    const topic = `kirana_test_${randomUUID()}.public.products`
    await createTopics([topic])
    await withAdmin(async (admin) => {
      const progress = new GroupProgress(admin, randomUUID(), [topic])
      assert.equal((await progress.ends()).size, 1)
      await withAdmin((other) => other.createPartitions({ topicPartitions: [{ topic, count: 2 }] }))
      await soon(async () => assert.equal((await progress.ends()).size, 2))
    })
    await deleteTopics(config.brokers, [topic])
  })

  test('have their records read when a partition is added', async ({ assert, cleanup }) => {
    const { feed, recorder } = await member(randomUUID())
    cleanup(() => feed.stop())
    await soon(() => assert.isNotEmpty(recorder.heartbeats))
    await withAdmin((admin) =>
      admin.createPartitions({
        topicPartitions: [{ topic: source.topics[1], count: PARTITIONS + 1 }],
      })
    )
    const id = randomUUID()
    const producer = new Kafka({ brokers: config.brokers, logLevel: logLevel.NOTHING }).producer()
    await producer.connect()
    await producer.send({
      topic: source.topics[1],
      messages: [
        {
          partition: PARTITIONS,
          key: JSON.stringify({ shop_id: randomUUID(), id }),
          value: '{}',
          headers: { __op: 'u', __source_txId: '700', __source_ts_ms: '1' },
        },
      ],
    })
    await producer.disconnect()
    await soon(() => assert.lengthOf(recorder.of(id), 1))
    const before = recorder.heartbeats.length
    await soon(() => assert.isAbove(recorder.heartbeats.length, before + 1))
  })

  test('are not registered with another number', async ({ assert }) => {
    const definition = (await sourceDefinition(NAME)).inPartitions(2)
    await assert.rejects(
      () => mustHavePartitions(config.brokers, [definition], 2),
      /has [34] partitions, and KAFKA_PARTITIONS is 2/
    )
  })
})
