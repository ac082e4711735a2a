import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Order from '#models/order'
import OrderEvent from '#models/order_event'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import {
  FULFILMENTS,
  ORDER_STATES,
  TRANSITIONS,
  type OrderState,
  type Verb,
} from '#orders/order_state'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'

/** Every transition that there is, by what it applies to: from, to. All others are refused. */
const ALLOWED = new Set([
  'delivery placed accepted',
  'delivery placed declined',
  'delivery placed cancelled',
  'delivery placed expired',
  'delivery accepted packed',
  'delivery accepted cancelled',
  'delivery packed out_for_delivery',
  'delivery packed cancelled',
  'delivery out_for_delivery delivered',
  'delivery out_for_delivery cancelled',
  'pickup placed accepted',
  'pickup placed declined',
  'pickup placed cancelled',
  'pickup placed expired',
  'pickup accepted packed',
  'pickup accepted cancelled',
  'pickup packed delivered',
  'pickup packed cancelled',
])
const VERBS = Object.keys(TRANSITIONS) as Verb[]
const code = (error: unknown) => (error as { code?: string } | undefined)?.code

const reachable = (fulfilment: string, state: OrderState) =>
  fulfilment === 'delivery' || state !== 'out_for_delivery'

test.group('Life of an order', (group) => {
  let owner: User
  let customer: User
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, stock: 1_000 })
  })

  for (const fulfilment of FULFILMENTS) {
    for (const from of ORDER_STATES.filter((state) => reachable(fulfilment, state))) {
      for (const verb of VERBS) {
        const { to } = TRANSITIONS[verb]
        const byCustomer = verb === 'withdraw' && !['placed', 'accepted'].includes(from)
        const allowed = ALLOWED.has(`${fulfilment} ${from} ${to}`) && !byCustomer
        test(`${fulfilment}: ${verb} ${allowed ? 'moves' : 'is refused for'} what is ${from}`, async ({
          assert,
        }) => {
          const order = await moveTo(
            await createOrder({ customer, product, fulfilment }),
            from,
            owner
          )
          const events = await OrderEvent.query().where('order_id', order.id)
          const error = await order.move(verb, owner, 'because').catch((failure) => failure)
          assert.equal(code(error), allowed ? undefined : 'E_TRANSITION_REFUSED')
          await order.refresh()
          assert.equal(order.state, allowed ? to : from)
          const after = await OrderEvent.query().where('order_id', order.id)
          assert.lengthOf(after, events.length + (allowed ? 1 : 0))
        })
      }

      test(`${fulfilment}: the database itself lets ${from} become only what follows it`, async ({
        assert,
      }) => {
        for (const to of ORDER_STATES.filter((state) => state !== from)) {
          const order = await moveTo(
            await createOrder({ customer, product, fulfilment }),
            from,
            owner
          )
          const error = await db
            .rawQuery('UPDATE orders SET state = ? WHERE id = ?', [to, order.id])
            .catch((failure) => failure)
          const expected = ALLOWED.has(`${fulfilment} ${from} ${to}`) ? undefined : '23514'
          assert.equal(code(error), expected, `${from} to ${to}`)
        }
      })
    }
  }

  test('an order cannot begin in the middle of its life', async ({ assert }) => {
    const { id } = await createOrder({ customer, product })
    const columns = `shop_id, shop_name, customer_id, customer_name, payment_method, payment_state,
      fulfilment, address, mobile, missing_items, items_paise, delivery_fee_paise, total_paise`
    const insert = db.rawQuery(
      `INSERT INTO orders (state, ${columns})
       SELECT 'delivered', ${columns} FROM orders WHERE id = ?`,
      [id]
    )
    assert.equal(code(await insert.catch((error) => error)), '23514')
  })

  test('of ten who move it at once one wins, and stock comes back once', async ({ assert }) => {
    const order = await createOrder({ customer, product, quantity: 7 })
    assert.equal((await product.refresh()).stock, 993)
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const mine = await Order.findOrFail(order.id)
        const attempt = index % 2 ? mine.withdraw(customer) : mine.move('cancel', owner, 'closed')
        return attempt.then(
          () => 'won',
          (error) => code(error)
        )
      })
    )
    assert.lengthOf(
      outcomes.filter((outcome) => outcome === 'won'),
      1
    )
    assert.equal((await product.refresh()).stock, 1_000)
  })

  test('what was deleted meanwhile is not there to take its stock back', async ({ assert }) => {
    const other = await createProduct({ shopId: product.shopId, stock: 5 })
    const request = requestFor([{ product }, { product: other }])
    const order = await place(customer, product.shopId, request)
    await other.delete()
    await (await Order.findOrFail(order.id)).withdraw(customer)
    assert.equal((await product.refresh()).stock, 1_000)
  })

  test('history says who, when, from what to what and why', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    await order.move('accept', owner)
    await order.move('cancel', owner, 'Shop is closed today')
    const events = await OrderEvent.query().where('order_id', order.id).orderBy('id')
    assert.deepEqual(
      events.map(({ actorId, fromValue, toValue, reason }) => [
        actorId,
        fromValue,
        toValue,
        reason,
      ]),
      [
        [customer.id, null, 'placed', null],
        [owner.id, 'placed', 'accepted', null],
        [owner.id, 'accepted', 'cancelled', 'Shop is closed today'],
      ]
    )
  })

  test('a payment is claimed by the customer, confirmed by the owner, and then settled', async ({
    assert,
  }) => {
    await ShopSettings.create({ shopId: product.shopId, upiId: 'gupta@okaxis' })
    const order = await createOrder({ customer, product, paymentMethod: 'upi' })
    await order.claimPayment(customer, '405512345678')
    assert.equal(order.paymentState, 'claimed')
    assert.equal(order.paymentReference, '405512345678')
    await order.disputePayment(owner)
    assert.equal(order.paymentState, 'due')
    await order.confirmPayment(owner)
    assert.equal(order.state, 'placed')
    for (const again of [
      () => order.claimPayment(customer, '1'),
      () => order.confirmPayment(owner),
      () => order.disputePayment(owner),
    ]) {
      assert.equal(code(await again().catch((error) => error)), 'E_TRANSITION_REFUSED')
    }
  })

  test('an item that is not there costs nothing and does not come back to the stock', async ({
    assert,
  }) => {
    const other = await createProduct({ shopId: product.shopId, pricePaise: 700, stock: 10 })
    const lines = [{ product }, { product: other, quantity: 3 }]
    const placed = await place(customer, product.shopId, requestFor(lines))
    const order = await Order.findOrFail(placed.id)
    const items = await order.related('items').query().orderBy('price_paise')
    await order.leaveOut(items[0].id, owner)
    assert.equal(order.totalPaise, product.pricePaise)
    assert.equal((await other.refresh()).stock, 7)
    const again = await order.leaveOut(items[0].id, owner).catch((error) => error)
    assert.equal(code(again), 'E_TRANSITION_REFUSED')
    const last = await order.leaveOut(items[1].id, owner).catch((error) => error)
    assert.equal(code(last), 'E_TRANSITION_REFUSED')
    await order.withdraw(customer)
    assert.equal((await other.refresh()).stock, 7)
    assert.equal((await product.refresh()).stock, 1_000)
  })

  test('nothing can be left out of what is packed', async ({ assert }) => {
    const other = await createProduct({ shopId: product.shopId })
    const placed = await place(
      customer,
      product.shopId,
      requestFor([{ product }, { product: other }])
    )
    const order = await moveTo(await Order.findOrFail(placed.id), 'packed', owner)
    const item = await order.related('items').query().firstOrFail()
    const error = await order.leaveOut(item.id, owner).catch((failure) => failure)
    assert.equal(code(error), 'E_TRANSITION_REFUSED')
  })

  test('an order keeps its shop, also when it has ended', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    const shop = await order.related('shop').query().firstOrFail()
    assert.equal(code(await shop.delete().catch((error) => error)), '23503')
    await order.withdraw(customer)
    assert.equal(code(await shop.delete().catch((error) => error)), '23503')
  })
})
