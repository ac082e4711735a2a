import { setTimeout as delay } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ChangeRelay } from '#change_feed/change_relay'
import type { ChangeListener } from '#change_feed/change_feed'
import { RelayedChangeFeed } from '#change_feed/relayed_change_feed'
import { tellStatus } from '#change_feed/tell_status'
import type Product from '#models/product'
import { Replication } from '#replication/replication'
import { TestHub } from '#tests/helpers/channels'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct } from '#tests/helpers/factories'
import { dropSlot, feedWith, FeedRecorder } from '#tests/helpers/feed_recorder'
import { changeFeedContract } from './change_feed_contract.js'

const SLOT = 'kirana_test_relay'
const PATIENCE = 500

async function cutConnection() {
  await db.rawQuery(
    'SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = ?',
    [SLOT]
  )
}

/** A server: a feed in its primary process, and a way to add workers. */
async function server({ temporary = false } = {}) {
  const hub = new TestHub()
  const source = feedWith(SLOT, { temporary })
  const relay = new ChangeRelay(source, hub, await app.container.make(Replication), PATIENCE)
  return { hub, source, relay }
}

let contracted: TestHub | undefined

changeFeedContract('relayed to a worker', {
  async create() {
    await dropSlot(SLOT)
    const { hub } = await server()
    contracted = hub
    return new RelayedChangeFeed(hub.add().worker)
  },
  interrupt: cutConnection,
  async remove() {
    contracted?.close()
    await dropSlot(SLOT)
  },
  patience: 5_000,
  maximumSilence: 1_000,
})

test.group('Change feed relayed to several workers', (group) => {
  let hub: TestHub
  let relay: ChangeRelay
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ pricePaise: 100 })
    ;({ hub, relay } = await server({ temporary: true }))
    return async () => {
      await relay.stop()
      hub.close()
    }
  })

  const follow = async (next: Partial<ChangeListener> = {}) => {
    const recorder = new FeedRecorder(next)
    const { worker, close } = hub.add()
    const feed = new RelayedChangeFeed(worker)
    await feed.start(recorder)
    await eventually(() => {
      if (recorder.heartbeats.length === 0) throw new Error('No heartbeat yet')
    })
    return { recorder, feed, close }
  }
  const setPrice = (pricePaise: number) => product.merge({ pricePaise }).save()
  const updates = ({ recorder }: { recorder: FeedRecorder }) =>
    recorder.of(product.id).filter(({ operation }) => operation === 'update')
  const slots = async () => {
    const { rows } = await db.rawQuery(
      'SELECT slot_name FROM pg_replication_slots WHERE starts_with(slot_name, ?)',
      [SLOT]
    )
    return rows
  }

  test('each hears of every change, through one slot', async ({ assert }) => {
    const workers = [await follow(), await follow(), await follow()]
    assert.lengthOf(await slots(), 1)
    await setPrice(200)
    for (const worker of workers) await eventually(() => assert.lengthOf(updates(worker), 1))
  })

  test('a worker that comes later begins with a gap, which the others are not told', async ({
    assert,
  }) => {
    const first = await follow()
    await setPrice(200)
    await eventually(() => assert.lengthOf(updates(first), 1))
    const calls: string[] = []
    const late = await follow({
      gap: async () => void calls.push('gap'),
      heartbeat: async () => void calls.push('heartbeat'),
    })
    assert.deepEqual(calls.slice(0, 2), ['gap', 'heartbeat'])
    assert.equal(first.recorder.gaps, 1)
    assert.lengthOf(updates(late), 0)
  })

  test('no heartbeat is vouched for before every worker has handled the changes', async ({
    assert,
  }) => {
    let heartbeatsMeanwhile = Number.NaN
    const quick = await follow()
    await follow({
      async changes() {
        const { length } = quick.recorder.heartbeats
        await delay(300)
        heartbeatsMeanwhile = quick.recorder.heartbeats.length - length
      },
    })
    await setPrice(200)
    await eventually(() => assert.equal(heartbeatsMeanwhile, 0))
    assert.lengthOf(updates(quick), 1)
  })

  test('a worker that hangs is dropped and holds nobody up; back, it is told a gap', async ({
    assert,
  }) => {
    const hanging = Promise.withResolvers<void>()
    const well = await follow()
    const ill = await follow({ changes: () => hanging.promise })
    await setPrice(200)
    await eventually(() => assert.lengthOf(updates(ill), 1))
    const { length } = well.recorder.heartbeats
    await eventually(() => assert.isAbove(well.recorder.heartbeats.length, length + 5))
    const { length: before } = ill.recorder.heartbeats
    await setPrice(300)
    await eventually(() => assert.lengthOf(updates(well), 2))
    assert.lengthOf(updates(ill), 1)
    assert.lengthOf(ill.recorder.heartbeats, before)

    hanging.resolve()
    await eventually(() => assert.equal(ill.recorder.gaps, 2))
    assert.equal(well.recorder.gaps, 1)
    await setPrice(400)
    await eventually(() => assert.lengthOf(updates(ill), 2))
    await eventually(() => assert.isAbove(ill.recorder.heartbeats.length, before))
  })

  test('a worker that dies while it handles a change pins nothing', async ({ assert }) => {
    const well = await follow()
    let die = () => {}
    const handling = Promise.withResolvers<void>()
    const doomed = await follow({
      changes() {
        handling.resolve()
        die()
        return new Promise(() => {})
      },
    })
    die = doomed.close
    await setPrice(200)
    await handling.promise
    await setPrice(300)
    await eventually(() => assert.lengthOf(updates(well), 2))
    assert.equal(well.recorder.gaps, 1)
    assert.lengthOf(await slots(), 1)
  })

  test('what one of them could not handle is a gap for it alone', async ({ assert }) => {
    let failures = 1
    const well = await follow()
    const ill = await follow({
      async changes() {
        if (failures-- > 0) throw new Error('not now')
      },
    })
    await setPrice(200)
    await eventually(() => assert.equal(ill.recorder.gaps, 2))
    await setPrice(300)
    for (const worker of [well, ill]) await eventually(() => assert.lengthOf(updates(worker), 2))
    assert.equal(well.recorder.gaps, 1)
  })

  test('the slot goes with the last worker, and comes back with the next', async ({ assert }) => {
    const [one, other] = [await follow(), await follow()]
    await one.feed.stop()
    assert.lengthOf(await slots(), 1)
    other.close()
    await eventually(async () => assert.lengthOf(await slots(), 0))
    const next = await follow()
    assert.equal(next.recorder.gaps, 1)
    assert.lengthOf(await slots(), 1)
  })

  test('a worker that does not follow knows how the feed is', async ({ assert, cleanup }) => {
    const { source, hub: others } = await server({ temporary: true })
    cleanup(() => others.close())
    cleanup(() => source.stop())
    cleanup(tellStatus(source, others))
    const watching = new RelayedChangeFeed(others.add().worker)
    assert.equal(watching.status().state, 'connecting')
    await source.start(new FeedRecorder())
    await eventually(() => {
      assert.equal(watching.status().state, 'streaming')
      assert.instanceOf(watching.status().heardAt, Date)
    })
  })
})
