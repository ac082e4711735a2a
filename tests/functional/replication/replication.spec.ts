import { setTimeout as delay } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import { test } from '@japa/runner'
import { embeddedCluster } from '#infra/database'
import Product from '#models/product'
import { Replication, type Read, type ReplicationOptions } from '#replication/replication'
import { SessionClock } from '#replication/session_clock'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct } from '#tests/helpers/factories'
import {
  freezeStandby,
  ownCluster,
  pauseReplay,
  resumeReplay,
  standbyCaughtUp,
} from '#tests/helpers/standby'

const OPTIONS = {
  replicaTimeout: 1_000,
  retryAfter: 200,
  maximumLag: 60_000,
  primaryReads: 2,
  visibleWithin: 500,
}
const OLD = 100
const NEW = 200

const replicationWith = (options: Partial<ReplicationOptions> = {}) => {
  return new Replication(db, logger, { ...OPTIONS, ...options })
}

test.group('Reading at a position', (group) => {
  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))
  group.each.timeout(60_000)
  let product: Product
  let price: Read<number>

  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ pricePaise: OLD })
    price = async (client) => (await Product.findOrFail(product.id, { client })).pricePaise
    await standbyCaughtUp()
  })

  const write = () => product.merge({ pricePaise: NEW }).save()

  test('the primary serves what the replica has not replayed, the replica the rest', async ({
    assert,
    cleanup,
  }) => {
    cleanup(resumeReplay)
    const replication = replicationWith()
    await pauseReplay()
    await write()
    const written = await replication.currentPosition()

    const own = await replication.readAt(written, price)
    assert.deepInclude(own, { source: 'primary', value: NEW })
    assert.isTrue(own.position >= written - 1n)
    const other = await replication.readAt(null, price)
    assert.deepInclude(other, { source: 'replica', value: OLD })
    assert.isTrue(other.position < written)

    await resumeReplay()
    await eventually(async () => {
      const later = await replication.readAt(written, price)
      assert.deepInclude(later, { source: 'replica', value: NEW })
      assert.isTrue(later.position >= written)
    })
  })

  test('a replica that is down makes no error, and is found again', async ({ assert, cleanup }) => {
    const cluster = embeddedCluster()!
    cleanup(() => cluster.startStandby())
    const replication = replicationWith()
    assert.equal((await replication.readAt(null, price)).source, 'replica')
    await cluster.stopStandby()
    for (let read = 0; read < 5; read++) {
      assert.deepInclude(await replication.readAt(null, price), { source: 'primary', value: OLD })
    }
    await cluster.startStandby()
    await eventually(async () => {
      assert.equal((await replication.readAt(null, price)).source, 'replica')
    })
  })

  test('a replica that hangs costs one timeout, then nothing', async ({ assert, cleanup }) => {
    const replication = replicationWith({ retryAfter: 5_000 })
    await replication.readAt(null, price)
    cleanup(freezeStandby())
    const first = await timed(() => replication.readAt(null, price))
    assert.deepInclude(first.result, { source: 'primary', value: OLD })
    assert.isBelow(first.took, OPTIONS.replicaTimeout * 2)
    const next = await timed(() => replication.readAt(null, price))
    assert.equal(next.result.source, 'primary')
    assert.isBelow(next.took, OPTIONS.replicaTimeout / 2)
  })

  test('a replica that is too far behind is not read from', async ({ assert, cleanup }) => {
    cleanup(resumeReplay)
    const replication = replicationWith({ maximumLag: 500 })
    await pauseReplay()
    await write()
    await replication.notePosition()
    assert.deepInclude(await replication.readAt(null, price), { source: 'replica', value: OLD })
    await delay(520)
    assert.deepInclude(await replication.readAt(null, price), { source: 'primary', value: NEW })
    await resumeReplay()
    await eventually(async () => {
      assert.deepInclude(await replication.readAt(null, price), { source: 'replica', value: NEW })
    })
  })

  test('a crowd that no replica can serve does not run over the primary', async ({
    assert,
    cleanup,
  }) => {
    cleanup(resumeReplay)
    const replication = replicationWith()
    await pauseReplay()
    await write()
    const written = await replication.currentPosition()
    let running = 0
    let most = 0
    const slowPrice: Read<number> = async (client) => {
      most = Math.max(most, ++running)
      await delay(20)
      const value = await price(client)
      running--
      return value
    }
    const readings = await Promise.all(
      Array.from({ length: 20 }, () => replication.readAt(written, slowPrice))
    )
    assert.equal(most, OPTIONS.primaryReads)
    assert.isTrue(readings.every(({ value }) => value === NEW))
  })

  test('what is shown beyond the position that is vouched for is told', async ({ assert }) => {
    const replication = replicationWith()
    let written = 0n
    const reading = await replication.readAt(null, async (client) => {
      await write()
      written = await replication.currentPosition()
      await standbyCaughtUp()
      return price(client)
    })
    assert.deepInclude(reading, { source: 'replica', value: NEW })
    assert.isTrue(reading.position < written)
    assert.isTrue(reading.latest >= written)
  })

  test('what a session was shown is the least that it is shown next', async ({
    assert,
    cleanup,
  }) => {
    cleanup(resumeReplay)
    const replication = replicationWith({ maximumLag: 500 })
    await pauseReplay()
    await write()
    await replication.notePosition()
    await delay(520)
    const session = new SessionClock(null, null)
    assert.equal(await replication.readFor(session, price), NEW, 'the replica lags too far')

    const patient = replicationWith()
    assert.equal(await patient.readFor(new SessionClock(null, null), price), OLD)
    assert.equal(await patient.readFor(session, price), NEW)
  })

  test('a mistake in the read itself is said, not tried again elsewhere', async ({ assert }) => {
    const replication = replicationWith()
    let calls = 0
    const missing: Read<Product> = (client) => {
      calls++
      return Product.findOrFail('00000000-0000-7000-8000-000000000000', { client })
    }
    await assert.rejects(() => replication.readAt(null, missing), /not found/i)
    assert.equal(calls, 1)
  })
})

async function timed<T>(work: () => Promise<T>) {
  const start = performance.now()
  return { result: await work(), took: performance.now() - start }
}
