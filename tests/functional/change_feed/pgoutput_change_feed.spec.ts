import { setTimeout as delay } from 'node:timers/promises'
import { LoggerManager } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct } from '#tests/helpers/factories'
import { dropSlot, feedWith, FeedRecorder } from '#tests/helpers/feed_recorder'
import { changeFeedContract } from './change_feed_contract.js'

const SLOT = 'kirana_test_feed'

async function cutConnection(slot = SLOT) {
  await db.rawQuery(
    'SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = ?',
    [slot]
  )
}

changeFeedContract('pgoutput', {
  async create() {
    await dropSlot(SLOT)
    return feedWith(SLOT)
  },
  interrupt: () => cutConnection(),
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

  test('a second reader of a slot waits, says so once, and takes over', async ({
    assert,
    cleanup,
  }) => {
    const lines: any[] = []
    const destination = { write: (line: string) => lines.push(JSON.parse(line)) }
    const log = new LoggerManager({
      default: 'main',
      loggers: { main: { enabled: true, level: 'info', destination } },
    }).use()
    const product = await createProduct({ pricePaise: 100 })
    const first = feedWith(SLOT)
    const second = feedWith(SLOT, { longestPause: 100 }, log)
    cleanup(async () => void (await Promise.all([first.stop(), second.stop()])))
    const recorder = new FeedRecorder()
    await first.start(new FeedRecorder())
    await eventually(() => assert.equal(first.status().state, 'streaming'))
    await second.start(recorder)
    await eventually(() => assert.lengthOf(lines, 1))
    await delay(500)
    assert.lengthOf(lines, 1)
    assert.equal(lines[0].msg, 'slot in use by another server, waiting')
    assert.equal(second.status().state, 'connecting')
    await first.stop()
    await product.merge({ pricePaise: 300 }).save()
    await eventually(() => assert.lengthOf(recorder.of(product.id), 1))
  })
})

test.group('Change feed from the log with a slot for each connection', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    await dropSlot(SLOT)
    return () => dropSlot(SLOT)
  })

  const slots = async () => {
    const { rows } = await db.rawQuery(
      'SELECT slot_name, temporary, active FROM pg_replication_slots WHERE starts_with(slot_name, ?)',
      [SLOT]
    )
    return rows as { slot_name: string; temporary: boolean; active: boolean }[]
  }
  const listening = async (feed: ReturnType<typeof feedWith>) => {
    const recorder = new FeedRecorder()
    await feed.start(recorder)
    await eventually(() => {
      if (recorder.heartbeats.length === 0) throw new Error('No heartbeat yet')
    })
    return recorder
  }

  test('every server hears of every change, and leaves no slot behind', async ({
    assert,
    cleanup,
  }) => {
    const product = await createProduct({ pricePaise: 100 })
    const feeds = [1, 2].map(() => feedWith(SLOT, { temporary: true }))
    cleanup(async () => void (await Promise.all(feeds.map((feed) => feed.stop()))))
    const recorders = await Promise.all(feeds.map(listening))
    assert.lengthOf(await slots(), 2)
    assert.isTrue((await slots()).every(({ temporary }) => temporary))
    await product.merge({ pricePaise: 300 }).save()
    for (const recorder of recorders) {
      await eventually(() => assert.lengthOf(recorder.of(product.id), 1))
      assert.equal(recorder.gaps, 1)
    }
    await Promise.all(feeds.map((feed) => feed.stop()))
    await eventually(async () => assert.isEmpty(await slots()))
  })

  test('a connection that was cut is a gap, and the next one has another slot', async ({
    assert,
    cleanup,
  }) => {
    const product = await createProduct({ pricePaise: 100 })
    const feed = feedWith(SLOT, { temporary: true })
    cleanup(() => feed.stop())
    const recorder = await listening(feed)
    const [{ slot_name: slot }] = await slots()
    await cutConnection(slot)
    await eventually(() => assert.equal(recorder.gaps, 2))
    assert.notEqual((await slots())[0].slot_name, slot)
    await product.merge({ pricePaise: 300 }).save()
    await eventually(() => assert.lengthOf(recorder.of(product.id), 1))
  })

  test('what commits while the gap is told comes through the feed', async ({ assert, cleanup }) => {
    const product = await createProduct({ pricePaise: 100 })
    const feed = feedWith(SLOT, { temporary: true })
    cleanup(() => feed.stop())
    const recorder = new FeedRecorder({
      gap: async () => void (await product.merge({ pricePaise: 300 }).save()),
    })
    await feed.start(recorder)
    await eventually(() => assert.lengthOf(recorder.of(product.id), 1))
  })

  test('a gap that was not taken in is told again', async ({ assert, cleanup }) => {
    let failures = 2
    const recorder = new FeedRecorder({
      async gap() {
        if (failures-- > 0) throw new Error('not now')
      },
    })
    const feed = feedWith(SLOT, { temporary: true })
    cleanup(() => feed.stop())
    await feed.start(recorder)
    await eventually(() => assert.isAbove(recorder.heartbeats.length, 0))
    assert.equal(recorder.gaps, 1)
    assert.equal(failures, -1)
  })

  test('a lasting slot of its name is dropped, unless another server reads it', async ({
    assert,
    cleanup,
  }) => {
    const names = async () => (await slots()).map(({ slot_name: name }) => name)
    const shared = feedWith(SLOT)
    const own = feedWith(SLOT, { temporary: true })
    cleanup(async () => void (await Promise.all([shared.stop(), own.stop()])))
    await listening(shared)
    await listening(own)
    assert.include(await names(), SLOT)
    await own.stop()
    await shared.stop()
    await eventually(async () => assert.isFalse((await slots()).some(({ active }) => active)))
    await listening(own)
    assert.notInclude(await names(), SLOT)
  })

  test('can be stopped at any moment of its start', async ({ assert }) => {
    const feed = feedWith(SLOT, { temporary: true })
    for (let patience = 0; patience < 60; patience += 3) {
      await feed.start(new FeedRecorder())
      await delay(patience)
      await feed.stop()
      assert.equal(feed.status().state, 'stopped')
    }
    await eventually(async () => assert.isEmpty(await slots()))
  })
})
