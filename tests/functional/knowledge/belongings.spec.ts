import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { Belongings } from '#knowledge/belongings'
import { Lease, thisMoment } from '#knowledge/lease'
import type Order from '#models/order'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { formatPosition } from '#replication/position'
import { Replication, type Read } from '#replication/replication'
import { SessionClock } from '#replication/session_clock'
import { announced, hearAnnouncements } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { createOrder } from '#tests/helpers/orders'
import { everythingPassed } from '#tests/helpers/passed'
import {
  ownCluster,
  pauseReplay,
  resumeReplay,
  standbyCaughtUp,
  standbyIsAsked,
} from '#tests/helpers/standby'
import { Announcements } from '#replication/announcements'

const newClock = () => new SessionClock(null, null)

test.group('What belongs to a person', (group) => {
  let belongings: Belongings
  let owner: User
  let shop: Shop
  let product: Product

  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))
  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id, name: 'Gupta Kirana' })
    product = await createProduct({ shopId: shop.id })
    belongings = await app.container.make(Belongings)
    await announced()
    await standbyCaughtUp()
    await standbyIsAsked()
  })

  const shownBy: Read<{ name: string; source: string }> = async (client) => {
    const { rows } = await client.rawQuery(
      `SELECT name, CASE WHEN pg_is_in_recovery() THEN 'replica' ELSE 'primary' END AS source
       FROM shops WHERE owner_id = ?`,
      [owner.id]
    )
    return rows[0]
  }
  const read = () => belongings.read(owner.id, newClock(), shownBy)
  const keep = (clock = newClock()) => belongings.keep(owner.id, clock, 'name', shownBy)
  const rename = (name: string) => db.from('shops').where('id', shop.id).update({ name })

  test('is read on a replica that shows the last change announced', async ({ assert }) => {
    await rename('Sharma Stores')
    await announced()
    await standbyCaughtUp()
    assert.deepEqual(await read(), { name: 'Sharma Stores', source: 'replica' })
  })

  test('is read on the primary while the replica does not show it yet', async ({ assert }) => {
    await pauseReplay()
    try {
      await rename('Sharma Stores')
      await announced()
      assert.deepEqual(await read(), { name: 'Sharma Stores', source: 'primary' })
      assert.deepEqual(await keep(), { name: 'Sharma Stores', source: 'primary' })
    } finally {
      await resumeReplay()
    }
  })

  test('goes on coming from a replica that only lacks changes of other people', async ({
    assert,
  }) => {
    await pauseReplay()
    try {
      await createShop()
      await announced()
      assert.equal((await read()).source, 'replica')
    } finally {
      await resumeReplay()
    }
  })

  test('is kept until a change is announced, and is the same object for all', async ({
    assert,
  }) => {
    const first = await keep()
    assert.strictEqual(await keep(), first)
    await rename('Sharma Stores')
    await announced()
    assert.equal((await keep()).name, 'Sharma Stores')
  })

  test('is not kept from a reading that began before the change', async ({ assert }) => {
    const slow = belongings.keep(owner.id, newClock(), 'name', async (client) => {
      const shown = await shownBy(client)
      await rename('Sharma Stores')
      await announced()
      return shown
    })
    assert.equal((await slow).name, 'Gupta Kirana')
    assert.equal((await keep()).name, 'Sharma Stores')
  })

  test('is read again for a browser that has seen something later', async ({ assert }) => {
    await everythingPassed()
    const first = await keep()
    const clock = newClock()
    await createShop()
    const replication = await app.container.make(Replication)
    clock.saw(await replication.currentPosition())
    assert.notStrictEqual(await keep(clock), first)
  })

  test('is asked of the primary by a process that may have missed something', async ({
    assert,
  }) => {
    const announcements = await app.container.make(Announcements)
    await keep()
    await announcements.stop()
    try {
      await rename('Sharma Stores')
      await pauseReplay()
      assert.deepEqual(await keep(), { name: 'Sharma Stores', source: 'primary' })
    } finally {
      await resumeReplay()
      await hearAnnouncements()
    }
  })

  test('is where all are, for a person of whom there is no room to know more', async ({
    assert,
  }) => {
    const lease = new Lease()
    lease.extend(thisMoment())
    const replication = await app.container.make(Replication)
    const little = new Belongings(replication, lease, 10_000, 1)
    let at = 0n
    const query = async () => ({ rows: [{ position: formatPosition((at += 100n)) }] })
    await little.startListening({ query } as never)
    await little.heard(owner.id)
    at = await replication.currentPosition()
    await pauseReplay()
    try {
      await rename('Sharma Stores')
      at = await replication.currentPosition()
      await little.heard(owner.id)
      await little.heard((await createUser()).id)
      assert.equal((await little.read(owner.id, newClock(), shownBy)).source, 'primary')
    } finally {
      await resumeReplay()
    }
  })

  const changes: Record<string, (made: { order: Order; khataId: string }) => Promise<unknown>> = {
    'a shop': () => rename('Sharma Stores'),
    'terms of a shop': () =>
      db.table('shop_settings').insert({ shop_id: shop.id, upi_id: 'gupta@okaxis' }),
    'a product': () => db.from('products').where('id', product.id).update({ stock: 3 }),
    'a new product': () => createProduct({ shopId: shop.id }),
    'a deleted product': () => db.from('products').where('id', product.id).delete(),
    'a new order': () => createOrder({ product }),
    'an order': ({ order }) => order.move('accept', owner),
    'an item of an order': ({ order }) =>
      db.from('order_items').where('order_id', order.id).update({ available: false }),
    'the history of an order': ({ order }) =>
      db.from('order_events').where('order_id', order.id).update({ reason: 'as asked' }),
    'a khata': ({ khataId }) =>
      db.from('khatas').where('id', khataId).update({ limit_paise: 100_00 }),
    'a line of a khata': ({ khataId }) =>
      db.table('khata_transactions').insert({ khata_id: khataId, kind: 'settlement' }),
    'the name of a customer': ({ order }) =>
      db.from('users').where('id', order.customerId).update({ full_name: 'Asha Joshi' }),
    'emptied tables': () => emptyDatabase(),
  }

  for (const [what, change] of Object.entries(changes)) {
    test(`is read again after a change of ${what}`, async ({ assert }) => {
      const customer = await createUser()
      const order = await createOrder({ customer, product })
      const khata = await openKhata(shop.id, customer, 500_00)
      await announced()
      const look = (person: User) =>
        belongings.keep(person.id, newClock(), 'a look', async () => ({ at: Symbol(what) }))
      const before = [await look(owner), await look(customer)]
      assert.deepEqual([await look(owner), await look(customer)], before)
      await change({ order, khataId: khata.id })
      await announced()
      assert.notStrictEqual(await look(owner), before[0])
      const isCustomers = /shop|order|khata|name|emptied/.test(what) && what !== 'a new order'
      if (isCustomers) assert.notStrictEqual(await look(customer), before[1])
    })
  }
})
