import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { createHttpServer } from '../../../bin/http_server.js'
import Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { EventStream } from '#tests/helpers/event_stream'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { leaves, stoppedProcess } from '#tests/helpers/knowledge'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'

const STREAM = '/orders/stream'

test.group('Live orders', (group) => {
  let owner: User
  let customer: User
  let product: Product
  const streams: EventStream[] = []

  const open = async (visitor: Visitor, path: string) => {
    const stream = await EventStream.open(visitor, path)
    streams.push(stream)
    if (stream.response.status === 200) await stream.opened()
    return stream
  }

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id })
    return () => streams.splice(0).forEach((stream) => stream.close())
  })

  test('tell the owner of each new order at once, unbuffered', async ({ assert }) => {
    const stream = await open(await loggedIn(owner), STREAM)
    assert.match(stream.response.headers.get('content-type')!, /^text\/event-stream/)
    assert.isNull(stream.response.headers.get('content-encoding'))
    const order = await createOrder({ customer, product })
    await eventually(() => {
      assert.deepInclude(
        stream.announced.map(({ payload }) => payload),
        { id: order.id, state: 'placed' }
      )
    })
  })

  test('tell the owner of the orders of two shops, which may have one number, of a new one too', async ({
    assert,
  }) => {
    const stream = await open(await loggedIn(owner), STREAM)
    const second = await createShop({ ownerId: owner.id, name: 'Gupta Dairy' })
    const milk = await createProduct({ shopId: second.id })
    const orders = [await createOrder({ product }), await createOrder({ product: milk })]
    assert.deepEqual(
      orders.map(({ number }) => number),
      [1, 1]
    )
    await eventually(() => {
      assert.deepEqual(
        stream.announced.map(({ payload }) => payload),
        orders.map(({ id }) => ({ id, state: 'placed' }))
      )
    })
  })

  test('tell a person who sells and buys of both in one stream', async ({ assert }) => {
    const stream = await open(await loggedIn(owner), STREAM)
    const [sold, bought] = [await createOrder({ product }), await createOrder({ customer: owner })]
    await eventually(() => {
      assert.deepEqual(
        stream.announced.map(({ channel, payload }) => [channel, (payload as Order).id]),
        [
          [`owners/${owner.id}/orders`, sold.id],
          [`customers/${owner.id}/orders`, bought.id],
        ]
      )
    })
  })

  test('tell the customer how their order moves', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    const stream = await open(await loggedIn(customer), STREAM)
    await order.move('accept', owner)
    await eventually(() => {
      assert.deepEqual(stream.announced.at(-1)?.payload, {
        id: order.id,
        state: 'accepted',
      })
    })
  })

  test('tell of a change when every process would show it', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    const stream = await open(await loggedIn(customer), STREAM)
    const id = await stoppedProcess()
    const moving = order.move('accept', owner)
    await eventually(async () => assert.equal((await Order.find(order.id))!.state, 'accepted'))
    await db.rawQuery('SELECT pg_sleep(0.3)')
    assert.isEmpty(stream.announced)
    await leaves(id)
    await moving
    await eventually(() => assert.lengthOf(stream.announced, 1))
  })

  test('tell nothing of what does not commit', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    const stream = await open(await loggedIn(customer), STREAM)
    await order.move('pack', owner).catch(() => {})
    await order.move('accept', owner)
    await eventually(() => assert.isAbove(stream.announced.length, 0))
    assert.lengthOf(stream.announced, 1)
  })

  test('tell strangers nothing', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    const other = await open(await loggedIn(await createUser()), STREAM)
    const guest = await open(new Visitor(), STREAM)
    assert.equal(guest.response.status, 303)
    const rival = await open(await loggedIn(await createOwner()), STREAM)
    const mine = await open(await loggedIn(owner), STREAM)
    await order.move('accept', owner)
    await eventually(() => assert.isAbove(mine.announced.length, 0))
    for (const stranger of [other, rival]) assert.lengthOf(stranger.announced, 0)
  })

  test('nobody can ask for a channel by its name', async ({ assert }) => {
    const visitor = new Visitor()
    for (const path of ['events', 'subscribe']) {
      assert.equal((await visitor.visit(`/__transmit/${path}`)).status, 404)
    }
  })
})

test.group('The HTTP server', () => {
  test('is not held up by an open stream when it is closed', async ({ assert }) => {
    const server = createHttpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(':ok\n\n')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/`)
    const text = response.text()
    const closed = once(server, 'close')
    server.close()
    await closed
    assert.equal(await text, ':ok\n\n')
  }).timeout(2_500)
})
