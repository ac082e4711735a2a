import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Khata from '#models/khata'
import Order from '#models/order'
import OrderEvent from '#models/order_event'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { PAYMENT_STATES, type PaymentState } from '#models/order_state'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { place, requestFor } from '#tests/helpers/orders'

const UTR = '405512345678'
const code = (error: unknown) => (error as { code?: string } | undefined)?.code

let owner: User
let customer: User
let besan: Product
let poha: Product

async function openShop() {
  await emptyDatabase()
  owner = await createOwner()
  customer = await createUser()
  const shop = await createShop({ ownerId: owner.id })
  await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
  const shared = { shopId: shop.id, stock: 1_000 }
  besan = await createProduct({ ...shared, name: 'Besan', pricePaise: 10_000 })
  poha = await createProduct({ ...shared, name: 'Poha', pricePaise: 3_000 })
}

/** Besan for ₹100 and poha for ₹30. */
async function ordered(paymentMethod: 'cash' | 'upi' | 'khata' = 'upi') {
  const request = requestFor([{ product: besan }, { product: poha }], { paymentMethod })
  return (await place(customer, besan.shopId, request)).refresh()
}

async function leaveOut(order: Order, { id }: Product) {
  const item = await order.related('items').query().where('product_id', id).firstOrFail()
  await order.leaveOut(item.id, owner)
}

/** Takes a new order the regular way to where its payment stands so. */
async function takeTo(state: PaymentState) {
  const order = await ordered(state === 'on_khata' ? 'khata' : 'upi')
  if (state === 'claimed') await order.claimPayment(customer, UTR)
  if (['confirmed', 'refund_due', 'refunded'].includes(state)) await order.confirmPayment(owner)
  if (['refund_due', 'refunded'].includes(state)) await leaveOut(order, poha)
  if (state === 'refunded') await order.refund(owner, 3_000, UTR)
  return order
}

async function historyOf({ id }: Order) {
  const events = await OrderEvent.query().where({ orderId: id, subject: 'payment' }).orderBy('id')
  return events.map(({ actorId, fromValue, toValue, amountPaise, reason }) => {
    return [actorId, fromValue, toValue, amountPaise, reason]
  })
}

const outcomeOf = (attempt: Promise<unknown>) => attempt.then(() => 'done', code)

test.group('Refunds', (group) => {
  group.each.setup(openShop)

  for (const paid of ['claimed', 'confirmed'] as const) {
    for (const ending of ['decline', 'cancel', 'withdraw'] as const) {
      test(`what is ${paid} is due back whole after ${ending}`, async ({ assert }) => {
        const order = await takeTo(paid)
        await order.move(ending, ending === 'withdraw' ? customer : owner, 'Closed')
        assert.equal(order.paymentState, 'refund_due')
        assert.equal(order.refundDuePaise, 13_000)
      })
    }

    test(`what is ${paid} is due back in part when an item is not there`, async ({ assert }) => {
      const order = await takeTo(paid)
      await leaveOut(order, poha)
      assert.equal(order.paymentState, 'refund_due')
      assert.equal(order.refundDuePaise, 3_000)
      assert.equal(order.state, 'placed')
    })
  }

  for (const [who, pay] of [
    ['customer', (order: Order) => order.claimPayment(customer, UTR, 13_000)],
    ['owner', (order: Order) => order.confirmPayment(owner, 13_000)],
  ] as const) {
    test(`are due when the ${who} says that the old total was paid`, async ({ assert }) => {
      const order = await ordered()
      await leaveOut(order, poha)
      await pay(order)
      assert.equal(order.paymentState, 'refund_due')
      assert.equal(order.refundDuePaise, 3_000)
    })
  }

  for (const paise of [0, 9_999, 13_001]) {
    test(`are not made of ${paise} paise, which nobody was asked for`, async ({ assert }) => {
      const order = await ordered()
      await leaveOut(order, poha)
      const outcome = await outcomeOf(order.claimPayment(customer, UTR, paise))
      assert.equal(outcome, 'E_TRANSITION_REFUSED')
      assert.equal(await outcomeOf(order.confirmPayment(owner, paise)), 'E_TRANSITION_REFUSED')
      assert.equal((await order.refresh()).paidPaise, 0)
    })
  }

  test('are noted by the owner, with amount, reference, who and when', async ({ assert }) => {
    const order = await takeTo('confirmed')
    await leaveOut(order, poha)
    await order.refund(owner, 3_000, UTR)
    assert.equal(order.paymentState, 'refunded')
    assert.equal(order.refundedPaise, 3_000)
    assert.equal(order.refundDuePaise, 0)
    assert.deepEqual((await historyOf(order)).slice(-2), [
      [owner.id, 'confirmed', 'refund_due', 3_000, null],
      [owner.id, 'refund_due', 'refunded', 3_000, UTR],
    ])
    const { createdAt } = await OrderEvent.query().orderBy('id', 'desc').firstOrFail()
    assert.isBelow(Math.abs(createdAt.diffNow('seconds').seconds), 60)
  })

  test('in part are followed by the rest when the order is cancelled after all', async ({
    assert,
  }) => {
    const order = await takeTo('refunded')
    await order.move('cancel', owner, 'No besan either')
    assert.equal(order.paymentState, 'refund_due')
    assert.equal(order.refundDuePaise, 10_000)
    await order.refund(owner, 10_000, 'in cash')
    assert.equal(order.refundedPaise, 13_000)
    assert.equal(order.refundDuePaise, 0)
  })

  test('grow while nobody has given them back, and are then given back as they are', async ({
    assert,
  }) => {
    const order = await takeTo('refund_due')
    const seen = await Order.findOrFail(order.id)
    await order.withdraw(customer)
    assert.equal(order.refundDuePaise, 13_000)
    assert.equal(await outcomeOf(seen.refund(owner, 3_000, UTR)), 'E_TRANSITION_REFUSED')
    assert.equal((await order.refresh()).refundedPaise, 0)
    assert.equal(await outcomeOf(order.refund(owner, 13_000, UTR)), 'done')
  })

  for (const state of PAYMENT_STATES.filter((one) => one !== 'refund_due')) {
    test(`are refused for what is ${state}`, async ({ assert }) => {
      if (state === 'on_khata') await openKhata(besan.shopId, customer, 100_000)
      const order = await takeTo(state)
      for (const paise of [0, 1, 3_000, order.totalPaise]) {
        assert.equal(await outcomeOf(order.refund(owner, paise, UTR)), 'E_TRANSITION_REFUSED')
      }
      assert.equal((await order.refresh()).paymentState, state)
    })
  }

  test('of ten who note it at once one does', async ({ assert }) => {
    const { id } = await takeTo('refund_due')
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async () => {
        return outcomeOf((await Order.findOrFail(id)).refund(owner, 3_000, UTR))
      })
    )
    assert.lengthOf(
      outcomes.filter((outcome) => outcome === 'done'),
      1
    )
    const order = await Order.findOrFail(id)
    assert.equal(order.refundedPaise, 3_000)
    assert.lengthOf(
      (await historyOf(order)).filter(([, , to]) => to === 'refunded'),
      1
    )
  })

  test('are due whether the payment or the cancellation is noted first', async ({ assert }) => {
    for (let round = 0; round < 5; round++) {
      const order = await ordered()
      const outcomes = await Promise.all([
        outcomeOf((await Order.findOrFail(order.id)).claimPayment(customer, UTR)),
        outcomeOf((await Order.findOrFail(order.id)).move('cancel', owner, 'Closed')),
      ])
      assert.deepEqual(outcomes, ['done', 'done'])
      assert.equal((await order.refresh()).paymentState, 'refund_due')
      assert.equal(order.refundDuePaise, 13_000)
    }
  })

  test('are not due for a payment that never came, unless the owner had said that it did', async ({
    assert,
  }) => {
    const claimed = await takeTo('claimed')
    await claimed.withdraw(customer)
    await claimed.disputePayment(owner)
    assert.equal(claimed.paymentState, 'due')
    assert.equal(claimed.refundDuePaise, 0)
    const received = await takeTo('refund_due')
    assert.equal(await outcomeOf(received.disputePayment(owner)), 'E_TRANSITION_REFUSED')
  })

  test('keep a program from closing the shop until they are given back', async ({ assert }) => {
    const order = await takeTo('confirmed')
    await order.move('decline', owner, 'Closed')
    const shop = await order.related('shop').query().firstOrFail()
    assert.equal(await outcomeOf(shop.close({ whenEven: true })), 'E_CLOSING_REFUSED')
    await order.refund(owner, 13_000, UTR)
    assert.equal(await outcomeOf(shop.close({ whenEven: true })), 'done')
  })
})

/** Every transition of a payment. All others are refused. */
const ALLOWED = new Set([
  // While the order is placed, its customer may change how it is paid.
  'due on_khata',
  'on_khata due',
  'due claimed',
  'due confirmed',
  'due refund_due',
  'claimed due',
  'claimed confirmed',
  'claimed refund_due',
  'confirmed refund_due',
  'refund_due due',
  'refund_due refunded',
  'refund_due claimed',
  'refund_due confirmed',
  'refunded refund_due',
])

test.group('The database', (group) => {
  group.each.setup(openShop)

  const put = (order: Order, changes: string) =>
    outcomeOf(db.rawQuery(`UPDATE orders SET ${changes} WHERE id = ?`, [order.id]))

  for (const from of PAYMENT_STATES) {
    test(`lets a payment that is ${from} become only what follows it`, async ({ assert }) => {
      await openKhata(besan.shopId, customer, 100_000)
      for (const to of PAYMENT_STATES.filter((state) => state !== from)) {
        const order = await takeTo(from)
        const error = await db
          .rawQuery('UPDATE orders SET payment_state = ? WHERE id = ?', [to, order.id])
          .catch((failure) => failure)
        assert.equal(error.code, '23514', `${from} to ${to}`)
        const guarded = error.constraint === 'orders_payment_transition'
        assert.equal(guarded, !ALLOWED.has(`${from} ${to}`), `${from} to ${to}`)
      }
    })
  }

  test('ends no paid order, and lowers no paid total, without the money being due back', async ({
    assert,
  }) => {
    const order = await takeTo('confirmed')
    assert.equal(await put(order, `state = 'cancelled'`), '23514')
    assert.equal(
      await put(order, 'items_paise = items_paise - 1, total_paise = total_paise - 1'),
      '23514'
    )
    const withRefund = `state = 'cancelled', payment_state = 'refund_due'`
    assert.equal(await put(order, withRefund), 'done')
  })

  test('counts nothing as given back that is not due, and takes nothing back', async ({
    assert,
  }) => {
    const due = await takeTo('refund_due')
    for (const changes of [
      `payment_state = 'refunded'`,
      `payment_state = 'refunded', refunded_paise = 2999`,
      `payment_state = 'refunded', refunded_paise = 13001`,
      'refunded_paise = 3000',
      `payment_state = 'due', paid_paise = 0`,
    ]) {
      assert.equal(await put(due, changes), '23514', changes)
    }
    assert.equal(await put(due, `payment_state = 'refunded', refunded_paise = 3000`), 'done')
    assert.equal(await put(due, 'refunded_paise = 0'), '23514')
  })

  test('refuses an order that begins as paid or given back', async ({ assert }) => {
    const { id } = await ordered()
    const columns = `shop_id, shop_name, customer_id, customer_name, payment_method, payment_state,
      fulfilment, address, mobile, missing_items, items_paise, delivery_fee_paise, total_paise`
    for (const money of ['paid_paise', 'refunded_paise']) {
      const insert = db.rawQuery(
        `INSERT INTO orders (${columns}, ${money})
         SELECT ${columns}, 1 FROM orders WHERE id = ?`,
        [id]
      )
      assert.equal(await outcomeOf(insert), '23514', money)
    }
  })
})

test.group('An order on khata', (group) => {
  let khata: Khata

  group.each.setup(async () => {
    await openShop()
    khata = await openKhata(besan.shopId, customer, 100_000)
  })

  test('is taken off it once, whoever of ten cancels it', async ({ assert }) => {
    const { id } = await ordered('khata')
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const order = await Order.findOrFail(id)
        return outcomeOf(
          index % 2 ? order.withdraw(customer) : order.move('cancel', owner, 'Closed')
        )
      })
    )
    assert.lengthOf(
      outcomes.filter((outcome) => outcome === 'done'),
      1
    )
    assert.equal(await khata.balancePaise(), 0)
    const kinds = (await khata.statement()).map(({ kind, amountPaise }) => [kind, amountPaise])
    assert.deepEqual(kinds, [
      ['return', -13_000],
      ['order', 13_000],
    ])
  })

  test('leaves the customer in credit when they had paid it back already', async ({ assert }) => {
    const order = await ordered('khata')
    await khata.settle(13_000, 'upi', owner, UTR)
    await order.move('cancel', owner, 'Closed')
    assert.equal(await khata.balancePaise(), -13_000)
    assert.equal(order.refundDuePaise, 0)
  })

  test('is never taken off twice, nor written down twice, whoever writes', async ({ assert }) => {
    const order = await ordered('khata')
    await order.move('cancel', owner, 'Closed')
    const again = db.transaction((client) => Khata.giveBack(order, 1, owner, client))
    assert.equal(await outcomeOf(again), '23514')
    const twice = db.transaction((client) => Khata.charge(order, 1, client))
    assert.equal(await outcomeOf(twice), '23505')
    assert.equal(await khata.balancePaise(), 0)
  })
})
