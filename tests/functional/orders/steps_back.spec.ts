import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Order from '#models/order'
import OrderEvent from '#models/order_event'
import type Product from '#models/product'
import type User from '#models/user'
import { FULFILMENTS, ORDER_STATES, stateBefore, type OrderState } from '#models/order_state'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { createOrder, moveTo } from '#tests/helpers/orders'

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code
  )

/** As if the step had been taken earlier. */
const letPass = (order: Order, seconds: number) =>
  db.rawQuery('UPDATE orders SET stepped_at = stepped_at - make_interval(secs => ?) WHERE id = ?', [
    seconds,
    order.id,
  ])

test.group('A step of an order', (group) => {
  let owner: User
  let customer: User
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, stock: 100, pricePaise: 5_000 })
  })

  const orderThatIs = async (state: OrderState, values: Parameters<typeof createOrder>[0] = {}) =>
    moveTo(await createOrder({ customer, product, ...values }), state, owner)

  for (const fulfilment of FULFILMENTS) {
    for (const state of ORDER_STATES) {
      if (fulfilment === 'pickup' && state === 'out_for_delivery') continue
      const before = stateBefore({ state, fulfilment })
      test(`${fulfilment}: what is ${state} ${before ? `can be ${before} again` : 'has no step to undo'}`, async ({
        assert,
      }) => {
        const order = await orderThatIs(state, { fulfilment })
        const stock = (await product.refresh()).stock
        const outcome = await codeOf(order.stepBack(owner, state))
        assert.equal(outcome, before ? 'done' : 'E_TRANSITION_REFUSED')
        assert.equal((await order.refresh()).state, before ?? state)
        assert.equal((await product.refresh()).stock, stock)
        const last = await OrderEvent.query().where('order_id', order.id).orderBy('id', 'desc')
        if (before) {
          const { subject, fromValue, toValue, actorId } = last[0]
          assert.deepEqual(
            { subject, fromValue, toValue, actorId },
            { subject: 'undone', fromValue: state, toValue: before, actorId: owner.id }
          )
        }
        assert.notEqual(await codeOf(order.stepBack(owner, order.state)), 'done')
      })
    }
  }

  test('stands after ten seconds by the clock of the database', async ({ assert }) => {
    const order = await orderThatIs('accepted')
    await letPass(order, 11)
    assert.isFalse(await (await Order.findOrFail(order.id)).canStepBack())
    assert.equal(await codeOf(order.stepBack(owner, 'accepted')), 'E_STEP_STANDS')
    assert.equal((await order.refresh()).state, 'accepted')
    assert.lengthOf(await OrderEvent.query().where({ orderId: order.id, subject: 'undone' }), 0)
  })

  test('is undone by no writer who does not ask for that', async ({ assert }) => {
    const order = await orderThatIs('packed')
    const write = (values: object) =>
      codeOf(Promise.resolve(db.from('orders').where('id', order.id).update(values)))
    assert.equal(await write({ state: 'accepted' }), '23514')
    assert.equal(await write({ state: 'placed', stepped_at: null }), '23514')
    await letPass(order, 11)
    assert.equal(await write({ state: 'accepted', stepped_at: null }), '23514')
    assert.equal((await order.refresh()).state, 'packed')
  })

  test('and the next step at the same moment: one of them wins', async ({ assert }) => {
    for (let n = 0; n < 5; n++) {
      const order = await orderThatIs('accepted')
      const other = await Order.findOrFail(order.id)
      const outcomes = await Promise.all([
        codeOf(order.stepBack(owner, 'accepted')),
        codeOf(other.move('pack', owner, null, { seen: 'accepted' })),
      ])
      assert.sameMembers(outcomes, ['done', 'E_TRANSITION_REFUSED'])
      const { state } = await order.refresh()
      assert.equal(state, outcomes[0] === 'done' ? 'placed' : 'packed')
    }
  })

  test('and a cancellation at the same moment: it is cancelled, and stock comes back once', async ({
    assert,
  }) => {
    for (let n = 0; n < 5; n++) {
      const order = await orderThatIs('accepted', { quantity: 7 })
      const theirs = await Order.findOrFail(order.id)
      const [undone, cancelled] = await Promise.all([
        codeOf(order.stepBack(owner, 'accepted')),
        codeOf(theirs.withdraw(customer)),
      ])
      assert.include(['done', 'E_TRANSITION_REFUSED'], undone)
      assert.equal(cancelled, 'done')
      assert.equal((await order.refresh()).state, 'cancelled')
      assert.equal((await product.refresh()).stock, 100)
    }
  })

  test('is undone once, however many ask at once', async ({ assert }) => {
    const order = await orderThatIs('delivered')
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, async () =>
        codeOf((await Order.findOrFail(order.id)).stepBack(owner, 'delivered'))
      )
    )
    assert.lengthOf(
      outcomes.filter((outcome) => outcome === 'done'),
      1
    )
    assert.equal((await order.refresh()).state, 'out_for_delivery')
  })

  test('that was undone and taken again charges a khata once, and gives it back once', async ({
    assert,
  }) => {
    const khata = await openKhata(product.shopId, customer, 100_000)
    const order = await orderThatIs('packed', { paymentMethod: 'khata', fulfilment: 'pickup' })
    await order.move('deliver', owner)
    await order.stepBack(owner, 'delivered')
    await order.move('deliver', owner)
    assert.equal(await khata.balancePaise(), 5_000)
    await order.stepBack(owner, 'delivered')
    await order.move('cancel', owner, 'sold out')
    assert.equal(await khata.balancePaise(), 0)
    assert.equal((await product.refresh()).stock, 100)
  })

  test('stands when its shop or its khata was closed meanwhile', async ({ assert }) => {
    const khata = await openKhata(product.shopId, customer, 100_000)
    const onKhata = { paymentMethod: 'khata', fulfilment: 'pickup' } as const
    const order = await orderThatIs('delivered', onKhata)
    await khata.settle(5_000, 'cash', owner, null)
    await khata.close(owner)
    assert.equal(await codeOf(order.stepBack(owner, 'delivered')), 'E_TRANSITION_REFUSED')

    const paid = await orderThatIs('delivered')
    const shop = await paid.related('shop').query().firstOrFail()
    await shop.close()
    assert.equal(await codeOf(paid.stepBack(owner, 'delivered')), 'E_TRANSITION_REFUSED')
  })

  test('is refused to a request that saw another state', async ({ assert }) => {
    const order = await orderThatIs('accepted')
    await order.stepBack(owner, 'accepted')
    await order.move('accept', owner, null, { seen: 'placed' })
    const late = order.move('cancel', owner, 'closed', { seen: 'placed' })
    assert.equal(await codeOf(late), 'E_TRANSITION_REFUSED')
    assert.equal((await order.refresh()).state, 'accepted')
  })
})
