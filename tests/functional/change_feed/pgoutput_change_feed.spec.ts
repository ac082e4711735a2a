import { setTimeout as delay } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct } from '#tests/helpers/factories'
import { dropSlot, feedWith, FeedRecorder } from '#tests/helpers/feed_recorder'
import { changeFeedContract } from './change_feed_contract.js'

const SLOT = 'kirana_test_feed'

async function cutConnection() {
  await db.rawQuery(
    'SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = ?',
    [SLOT]
  )
}

changeFeedContract('pgoutput', {
  async create() {
    await dropSlot(SLOT)
    return feedWith(SLOT)
  },
  interrupt: cutConnection,
  remove: () => dropSlot(SLOT),
  patience: 5_000,
  maximumSilence: 1_000,
})

test.group('Change feed from the log', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    await dropSlot(SLOT)
    return () => dropSlot(SLOT)
  })

  test('can be stopped at any moment of its start', async ({ assert }) => {
    const feed = feedWith(SLOT)
    for (let patience = 0; patience < 60; patience += 3) {
      await feed.start(new FeedRecorder())
      await delay(patience)
      await feed.stop()
      assert.equal(feed.status().state, 'stopped')
    }
  })

  test('a slot that is lost while the feed runs is made anew, and said to be a gap', async ({
    assert,
    cleanup,
  }) => {
    const product = await createProduct({ pricePaise: 100 })
    const feed = feedWith(SLOT)
    cleanup(() => feed.stop())
    const recorder = new FeedRecorder()
    await feed.start(recorder)
    await eventually(() => assert.isAbove(recorder.heartbeats.length, 0))
    assert.equal(recorder.gaps, 1)
    await cutConnection()
    await dropSlot(SLOT)
    await eventually(() => assert.equal(recorder.gaps, 2))
    await product.merge({ pricePaise: 300 }).save()
    await eventually(() => assert.lengthOf(recorder.of(product.id), 1))
  })
})
