import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { test } from '@japa/runner'
import type { ChangeFeed } from '#change_feed/change_feed'
import { KafkaChangeFeed } from '#change_feed/kafka_change_feed'
import { Replication } from '#replication/replication'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct } from '#tests/helpers/factories'
import { dropSlot, FeedRecorder } from '#tests/helpers/feed_recorder'
import config from '#config/connectors'
import { deleteTopics } from '#connectors/leftovers'
import { produce, Wire } from '#tests/helpers/kafka'
import { SourceConnector } from '#tests/helpers/source_connector'
import { changeFeedContract } from '../../functional/change_feed/change_feed_contract.js'

const NAME = 'kirana_test_source'
const PATIENCE = 45_000

let source: SourceConnector | undefined
let wire = new Wire()

async function feedOf(group: string, topics?: string[], slot?: string, resumes = false) {
  source ??= await SourceConnector.register(NAME)
  wire = new Wire()
  return new KafkaChangeFeed(db, logger, {
    client: { brokers: config.brokers, socketFactory: wire.factory },
    group,
    topics: topics ?? source.topics,
    sourceSlot: slot ?? source.slot,
    heartbeatEvery: 500,
    longestPause: 1_000,
    resumes,
  })
}

changeFeedContract('kafka', {
  create: () => feedOf(randomUUID()),
  async interrupt() {
    const cut = wire
    cut.cut()
    delay(3_000).then(() => cut.restore())
  },
  async remove() {},
  patience: PATIENCE,
  maximumSilence: 5_000,
})

test.group('Change feed from Kafka', (group) => {
  group.each.timeout(2 * PATIENCE)
  group.each.setup(() => emptyDatabase())
  group.teardown(() => source?.remove())

  const soon = (check: () => unknown) => eventually(check, PATIENCE)
  const positionNow = async () => (await app.container.make(Replication)).currentPosition()

  async function listenTo(feed: ChangeFeed, recorder = new FeedRecorder()) {
    await feed.start(recorder)
    await soon(() => {
      if (recorder.heartbeats.length === 0) throw new Error('No heartbeat yet')
    })
    return recorder
  }

  test('vouches for nothing that the source connector has not brought', async ({
    assert,
    cleanup,
  }) => {
    const feed = await feedOf(randomUUID())
    cleanup(() => feed.stop())
    const recorder = await listenTo(feed)
    cleanup(() => source!.resume())
    await source!.stop()
    const product = await createProduct()
    const written = await positionNow()
    await delay(2_500)
    assert.lengthOf(recorder.of(product.id), 0)
    assert.isTrue(recorder.heartbeats.at(-1)! < written)
    await source!.resume()
    await soon(() => assert.isTrue(recorder.heartbeats.at(-1)! >= written))
    assert.lengthOf(recorder.of(product.id), 1)
  })

  test('vouches for nothing that another member of the group has still in hand', async ({
    assert,
    cleanup,
  }) => {
    const members = randomUUID()
    const inHand = Promise.withResolvers<void>()
    const mayGoOn = Promise.withResolvers<void>()
    const recorders = [1, 2].map(
      () =>
        new FeedRecorder({
          async changes(changes) {
            if (!changes.some(({ table }) => table === 'products')) return
            inHand.resolve()
            await mayGoOn.promise
          },
        })
    )
    for (const recorder of recorders) {
      const feed = await feedOf(members)
      cleanup(() => feed.stop())
      await feed.start(recorder)
    }
    cleanup(() => mayGoOn.resolve())
    const product = await createProduct()
    const written = await positionNow()
    await inHand.promise
    await delay(2_000)
    const heard = () => recorders.flatMap(({ heartbeats }) => heartbeats)
    assert.isTrue(heard().every((watermark) => watermark < written))
    mayGoOn.resolve()
    await soon(() => assert.isTrue(heard().some((watermark) => watermark >= written)))
    assert.isAbove(recorders.flatMap((recorder) => recorder.of(product.id)).length, 0)
  })

  test('says that there is a gap when records are gone before it has handled them', async ({
    assert,
    cleanup,
  }) => {
    const members = randomUUID()
    const feed = await feedOf(members)
    cleanup(() => feed.stop())
    await createProduct()
    await listenTo(feed)
    await feed.stop()
    const product = await createProduct()
    const written = await positionNow()
    const other = await feedOf(randomUUID())
    await soon(async () => {
      const recorder = await listenTo(other)
      await other.stop()
      assert.isTrue(recorder.heartbeats.at(-1)! >= written)
    })
    await source!.deleteRecords()

    const recorder = await listenTo(feed)
    assert.equal(recorder.gaps, 2)
    assert.lengthOf(recorder.of(product.id), 0)
    await soon(() => assert.isTrue(recorder.heartbeats.at(-1)! >= written))
    assert.equal(recorder.gaps, 2)
  })

  test('a group that cannot resume begins with a gap, one that can does not', async ({
    assert,
    cleanup,
  }) => {
    const topic = `test-${randomUUID().slice(0, 8)}.public.products`
    cleanup(async () => void (await deleteTopics(config.brokers, [topic])))
    const change = {
      key: JSON.stringify({ shop_id: randomUUID(), id: randomUUID() }),
      headers: { __op: 'u', __source_txId: '700', __source_ts_ms: '1' },
    }
    await produce(topic, [{ ...change, value: '{}' }])
    const members = randomUUID()
    for (const gaps of [1, 0]) {
      const feed = await feedOf(members, [topic], undefined, true)
      cleanup(() => feed.stop())
      const recorder = await listenTo(feed)
      await feed.stop()
      assert.equal(recorder.gaps, gaps)
    }
    await deleteTopics(config.brokers, [topic])
    await soon(() => produce(topic, [{ ...change, value: '{}' }]))
    const feed = await feedOf(members, [topic], undefined, true)
    cleanup(() => feed.stop())
    assert.equal((await listenTo(feed)).gaps, 1)
  })

  test('sets a record aside that is none of the source, takes it for a gap and goes on', async ({
    assert,
    cleanup,
  }) => {
    const topic = `kirana_test_${randomUUID()}.public.products`
    await produce(topic, [{ key: 'nonsense', value: '{"name":' }])
    const feed = await feedOf(randomUUID(), [topic])
    cleanup(() => feed.stop())
    const recorder = new FeedRecorder()
    await feed.start(recorder)
    await soon(() => assert.equal(recorder.gaps, 2))
    const id = randomUUID()
    await produce(topic, [
      {
        key: JSON.stringify({ shop_id: randomUUID(), id }),
        value: null,
        headers: { __op: 'd', __source_txId: '3', __source_ts_ms: '1700000000000' },
      },
    ])
    await soon(() => assert.lengthOf(recorder.of(id), 1))
  })

  test('takes a new slot for a gap, before it vouches for anything', async ({
    assert,
    cleanup,
  }) => {
    const slot = 'kirana_test_replaced'
    const feed = await feedOf(randomUUID(), undefined, slot)
    cleanup(() => dropSlot(slot))
    cleanup(() => feed.stop())
    let gapsBefore = -1
    const recorder: FeedRecorder = new FeedRecorder({
      async heartbeat() {
        if (gapsBefore === -1) gapsBefore = recorder.gaps
      },
    })
    await feed.start(recorder)
    await soon(() => assert.equal(feed.status().state, 'streaming'))
    await delay(2_000)
    const { gaps } = recorder
    assert.lengthOf(recorder.heartbeats, 0)
    await db.rawQuery(`SELECT pg_create_logical_replication_slot(?, 'pgoutput')`, [slot])
    await soon(async () => {
      await db.rawQuery('SELECT pg_replication_slot_advance(?, pg_current_wal_lsn())', [slot])
      assert.isNotEmpty(recorder.heartbeats)
    })
    assert.equal(gapsBefore, gaps + 1)
  })

  test('takes a snapshot for a gap, once', async ({ assert, cleanup }) => {
    const topic = `kirana_test_${randomUUID()}.public.shops`
    const row = () => ({
      key: JSON.stringify({ city: 'Pune', id: randomUUID() }),
      value: '{}',
      headers: { __op: 'r', __source_txId: '3', __source_ts_ms: '1700000000000' },
    })
    await produce(topic, [row(), row()])
    const feed = await feedOf(randomUUID(), [topic])
    cleanup(() => feed.stop())
    const recorder = new FeedRecorder()
    await feed.start(recorder)
    await soon(() => assert.equal(recorder.gaps, 2))
    await produce(topic, [row()])
    await soon(() => assert.isAbove(recorder.heartbeats.length, 1))
    assert.equal(recorder.gaps, 2)
    assert.lengthOf(recorder.changed, 0)
  })
})
