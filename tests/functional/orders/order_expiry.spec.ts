import { openKhata } from '#tests/helpers/khatas'
import { test } from '@japa/runner'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import emitter from '@adonisjs/core/services/emitter'
import OrderChanged from '#events/order_changed'
import Order from '#models/order'
import OrderEvent from '#models/order_event'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { OrderExpiry } from '#orders/order_expiry'
import { ServerUptimes } from '#orders/server_uptimes'
import { ApplicationProcess } from '#tests/helpers/application_process'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'

const UTR = '405512345678'
const code = (error: unknown) => (error as { code?: string } | undefined)?.code

/** A server was up all this time. */
const upFor = (interval: string, until = '0') =>
  db.rawQuery(
    `INSERT INTO server_uptimes (began_at, seen_at)
     VALUES (now() - cast(? AS interval), now() - cast(? AS interval))`,
    [interval, until]
  )

/** The order has waited so long by the clock on the wall. Two days hold 29 hours that are not night. */
const since = ({ id }: Order, interval: string) =>
  db.rawQuery('UPDATE orders SET waiting_since = now() - cast(? AS interval) WHERE id = ?', [
    interval,
    id,
  ])

test.group('Orders that nobody accepts', (group) => {
  let owner: User
  let customer: User
  let product: Product
  let expiry: OrderExpiry

  group.each.setup(async () => {
    await emptyDatabase()
    await db.rawQuery('TRUNCATE server_uptimes')
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan', stock: 50, pricePaise: 5_200 })
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    expiry = new OrderExpiry(logger, 1_000)
  })

  const waiting = async (values: Parameters<typeof createOrder>[0] = {}) => {
    const order = await createOrder({ customer, product, quantity: 3, ...values })
    await since(order, '2 days')
    return order
  }

  test('end by themselves, and their items are in stock again', async ({ assert }) => {
    const order = await waiting()
    await upFor('2 days')
    await expiry.sweep()
    assert.equal((await order.refresh()).state, 'expired')
    assert.equal((await product.refresh()).stock, 50)
    const line = await OrderEvent.query().where('order_id', order.id).orderBy('id', 'desc').first()
    assert.containSubset(line!.$attributes, {
      actorId: null,
      subject: 'state',
      fromValue: 'placed',
      toValue: 'expired',
    })
  })

  test('wait as long as their shop says', async ({ assert }) => {
    await ShopSettings.query().update({ acceptWithinMinutes: 1_440 })
    const order = await waiting()
    await since(order, '1 day')
    await upFor('1 day')
    await expiry.sweep()
    assert.equal((await order.refresh()).state, 'placed')
    await since(order, '3 days')
    await upFor('3 days')
    await expiry.sweep()
    assert.equal((await order.refresh()).state, 'expired')
  })

  test('wait two hours where the shop has not decided', async ({ assert }) => {
    const order = await createOrder()
    await since(order, '119 minutes')
    await upFor('2 days')
    await expiry.sweep()
    assert.equal((await order.refresh()).state, 'placed')
    await since(order, '1 day')
    await expiry.sweep()
    assert.equal((await order.refresh()).state, 'expired')
  })

  test('do not wait while no server is up', async ({ assert }) => {
    const order = await waiting()
    await upFor('30 minutes', '20 minutes')
    await expiry.sweep()
    assert.equal((await order.refresh()).state, 'placed')
    await upFor('2 days')
    await expiry.sweep()
    assert.equal((await order.refresh()).state, 'expired')
  })

  test('wait by the clock of the primary, not by that of a server', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    await Order.query()
      .where('id', order.id)
      .update({ created_at: new Date('2020-01-01') })
    await upFor('2 days')
    await expiry.sweep()
    assert.equal((await order.refresh()).state, 'placed')
    const { rows } = await db.rawQuery(
      `SELECT waiting_since BETWEEN now() - interval '1 minute' AND now() AS fresh FROM orders`
    )
    assert.isTrue(rows[0].fresh)
  })

  test('are taken off the khata by nobody in particular', async ({ assert }) => {
    const { shopId } = product
    const khata = await openKhata(shopId, customer, 100_000)
    await waiting({ paymentMethod: 'khata' })
    assert.equal(await khata.balancePaise(), 15_600)
    await upFor('2 days')
    await expiry.sweep()
    assert.equal(await khata.balancePaise(), 0)
    const [line] = await khata.related('transactions').query().where('kind', 'return')
    assert.isNull(line.actorId)
  })

  test('make a refund due of what the customer says is paid', async ({ assert }) => {
    const order = await waiting({ paymentMethod: 'upi' })
    await order.claimPayment(customer, UTR)
    await upFor('2 days')
    await expiry.sweep()
    await order.refresh()
    assert.equal(order.paymentState, 'refund_due')
    assert.equal(order.refundDuePaise, 15_600)
    assert.isTrue(order.isUnconfirmedRefund)
  })

  test('leave the others alone', async ({ assert }) => {
    const accepted = await waiting()
    await accepted.move('accept', owner)
    const fresh = await createOrder({ customer, product })
    await upFor('2 days')
    await expiry.sweep()
    assert.equal((await accepted.refresh()).state, 'accepted')
    assert.equal((await fresh.refresh()).state, 'placed')
  })

  test('end or are accepted, never both, however close it is', async ({ assert }) => {
    await upFor('2 days')
    for (let round = 0; round < 20; round++) {
      const order = await waiting()
      const accept = (await Order.findOrFail(order.id))
        .move('accept', owner)
        .then(() => 'accepted', code)
      const [accepted] = await Promise.all([accept, expiry.sweep()])
      await order.refresh()
      const expected = accepted === 'accepted' ? 'accepted' : 'expired'
      assert.equal(order.state, expected)
      assert.equal((await product.refresh()).stock, expected === 'expired' ? 50 : 47)
      const lines = await OrderEvent.query().where({ orderId: order.id, subject: 'state' })
      assert.lengthOf(lines, 2)
      if (expected === 'accepted') await order.move('cancel', owner, 'as asked')
    }
  })

  test('that are accepted after they were found due are not ended', async ({ assert, cleanup }) => {
    const order = await waiting()
    await upFor('2 days')
    const held = await db.transaction()
    cleanup(() => held.rollback())
    await held.rawQuery('SELECT FROM orders WHERE id = ? FOR UPDATE', [order.id])
    const sweep = expiry.sweep()
    await eventually(async () => {
      const { rows } = await db.rawQuery(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%for update%'`
      )
      if (rows.length === 0) throw new Error('Nobody waits')
    })
    await held.rawQuery(`UPDATE orders SET state = 'accepted' WHERE id = ?`, [order.id])
    await held.commit()
    await sweep
    assert.equal((await order.refresh()).state, 'accepted')
    assert.equal((await product.refresh()).stock, 47)
  })

  test('are ended once by several servers, which take turns', async ({ assert, cleanup }) => {
    const order = await waiting()
    await upFor('2 days')
    const other = await db.transaction()
    cleanup(() => other.rollback())
    await other.rawQuery('SELECT pg_advisory_xact_lock(1313)')
    await expiry.sweep()
    assert.equal((await order.refresh()).state, 'placed', 'it is the turn of another')
    await other.rollback()
    const servers = Array.from({ length: 4 }, () => new OrderExpiry(logger, 1_000))
    await Promise.all(servers.map((server) => server.sweep()))
    assert.equal((await order.refresh()).state, 'expired')
    assert.equal((await product.refresh()).stock, 50)
    assert.lengthOf(await OrderEvent.query().where('order_id', order.id), 2)
  })

  test('do not stop each other from ending', async ({ assert }) => {
    const { shopId } = product
    await openKhata(shopId, customer, 100_000)
    const broken = await waiting({ paymentMethod: 'khata' })
    await db.rawQuery(
      'UPDATE orders SET items_paise = items_paise + 1, total_paise = total_paise + 1 WHERE id = ?',
      [broken.id]
    )
    const order = await waiting()
    await upFor('2 days')
    await expiry.sweep()
    assert.equal((await broken.refresh()).state, 'placed')
    assert.equal((await order.refresh()).state, 'expired')
  })

  test('are announced to the pages that follow them', async ({ assert, cleanup }) => {
    const order = await waiting()
    await upFor('2 days')
    const heard: string[] = []
    cleanup(
      emitter.on(OrderChanged, ({ order: { id, state } }) => void heard.push(`${id} ${state}`))
    )
    await expiry.sweep()
    assert.deepEqual(heard, [`${order.id} expired`])
  })

  test('tell customer and owner until when they wait, and then that they have ended', async ({
    assert,
  }) => {
    const order = await createOrder({ customer, product })
    const buyer = await loggedIn(customer)
    const seller = await loggedIn(owner)
    const hindi = await loggedIn(customer, new Visitor({ 'accept-language': 'hi' }))
    const path = `/orders/${order.id}`
    assert.match((await buyer.visit(path)).text, /The shop has until .+ to accept the order/)
    assert.match((await hindi.visit(path)).text, /दुकान .+ तक ऑर्डर मंज़ूर कर सकती है/)
    for (const page of ['/owner/orders', `/owner/orders/${order.id}`]) {
      assert.match((await seller.visit(page)).text, /Accept it by .+, otherwise it ends by itself/)
    }
    await since(order, '2 days')
    await upFor('2 days')
    await expiry.sweep()
    const { text, $ } = await buyer.visit(path)
    assert.include(text, 'Gupta Kirana did not accept the order in time')
    assert.notInclude(text, 'The shop has until')
    assert.include($('.history').text(), 'Not accepted in time')
    assert.include(
      (await buyer.fragment('GET', path)).text,
      `Order ${order.number}: Not accepted in time`
    )
    assert.include((await buyer.visit('/orders')).text, 'Not accepted in time')
    assert.include((await hindi.visit(path)).text, 'समय पर ऑर्डर मंज़ूर नहीं किया')
    assert.include((await hindi.visit('/orders')).text, 'समय पर मंज़ूर नहीं हुआ')
    const board = await seller.visit('/owner/orders')
    assert.lengthOf(board.$('.board .order-card'), 0)
    assert.match(board.$('.day').text().replace(/\s+/g, ' '), /expired or cancelled 1/)
    assert.include((await seller.visit('/owner/orders.csv')).html, 'expired')
  })

  test('keep no record of servers that no order needs', async ({ assert }) => {
    await upFor('3 days', '2 days')
    await upFor('1 day')
    await expiry.sweep()
    const { rows } = await db.rawQuery(
      `SELECT FROM server_uptimes WHERE seen_at < now() - interval '1 hour'`
    )
    assert.lengthOf(rows, 0)
  })

  test('wait on while a process stands still, and from its next word', async ({ assert }) => {
    const uptimes = new ServerUptimes()
    await uptimes.note()
    await uptimes.note()
    const count = async () => Number((await db.from('server_uptimes').count('* AS n'))[0].n)
    assert.equal(await count(), 1)
    await db.rawQuery(`UPDATE server_uptimes SET seen_at = seen_at - interval '2 minutes'`)
    await uptimes.note()
    assert.equal(await count(), 2)
  })

  test('end while a server runs, and do not wait while it is killed', async ({
    assert,
    cleanup,
  }) => {
    const due = await waiting()
    await upFor('2 days')
    const server = await ApplicationProcess.start()
    cleanup(() => server.stop())
    const ended = async (order: Order) => assert.equal((await order.refresh()).state, 'expired')
    await eventually(() => ended(due), 30_000)
    await server.kill()
    await db.rawQuery(
      `UPDATE server_uptimes SET began_at = began_at - interval '2 days', seen_at = seen_at - interval '2 days'`
    )
    const waited = await waiting()
    await server.startAgain()
    await eventually(async () => {
      const { rows } = await db.rawQuery(
        `SELECT FROM server_uptimes WHERE seen_at > began_at + interval '10 seconds' AND seen_at > now() - interval '1 minute'`
      )
      assert.isNotEmpty(rows)
    }, 60_000)
    assert.equal((await waited.refresh()).state, 'placed')
  }).timeout(240_000)
})
