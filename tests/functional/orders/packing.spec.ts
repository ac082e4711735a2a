import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type Khata from '#models/khata'
import Order from '#models/order'
import OrderEvent from '#models/order_event'
import type OrderItem from '#models/order_item'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import type { CheckoutRequest } from '#orders/checkout'
import { OrderPayments } from '#models/order_payments'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'

const UTR = '405512345678'
const LOOSE = { soldAs: 'loose', measure: 'weight', unit: 'kg', stock: 5_000 } as const

let owner: User
let customer: User
let besan: Product
let dal: Product
let salt: Product

async function openShop() {
  await emptyDatabase()
  owner = await createOwner()
  customer = await createUser()
  const shop = await createShop({ ownerId: owner.id })
  await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
  besan = await createProduct({ ...LOOSE, shopId: shop.id, name: 'Besan', pricePaise: 10_000 })
  dal = await createProduct({ ...LOOSE, shopId: shop.id, name: 'Dal', pricePaise: 12_550 })
  salt = await createProduct({ shopId: shop.id, name: 'Salt', unit: '1 kg', pricePaise: 2_500 })
}

/** 1 kg of besan for ₹100, 250 g of dal for ₹31.38 and 2 packs of salt for ₹50. */
async function ordered(values: Partial<CheckoutRequest> = {}) {
  const lines = [
    { product: besan, quantity: 1_000 },
    { product: dal, quantity: 250 },
    { product: salt, quantity: 2 },
  ]
  const placed = await place(customer, besan.shopId, requestFor(lines, values))
  return Order.findOrFail(placed.id)
}

const accepted = async (values: Partial<CheckoutRequest> = {}) =>
  moveTo(await ordered(values), 'accepted', owner)

const itemOf = ({ id }: Order, { id: productId }: Product): Promise<OrderItem> =>
  Order.findOrFail(id).then((order) =>
    order.related('items').query().where('product_id', productId).firstOrFail()
  )

const weigh = async (order: Order, product: Product, grams: number, seen?: number) =>
  order.weigh((await itemOf(order, product)).id, grams, owner, seen)

const agree = async (order: Order, product: Product, grams: number) =>
  order.answer((await itemOf(order, product)).id, 'agree', grams, customer)

const keep = async (order: Order, product: Product, grams: number) =>
  order.answer((await itemOf(order, product)).id, 'keep', grams, customer)

const stockOf = async (product: Product) => (await product.refresh()).stock

const outcomeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    (value) => (typeof value === 'string' ? value : 'done'),
    (error) => (error.rule ? `${error.code} ${error.rule}` : error.code)
  )

const historyOf = async ({ id }: Order, subject: OrderEvent['subject']) => {
  const events = await OrderEvent.query().where({ orderId: id, subject }).orderBy('id')
  return events.map(({ fromValue, toValue, reason }) => [fromValue, toValue, reason])
}

test.group('What the scale says', (group) => {
  group.each.setup(openShop)

  test('within the tolerance is charged at once, rounded once', async ({ assert }) => {
    const order = await accepted()
    assert.equal(order.totalPaise, 18_138)
    assert.equal(await weigh(order, besan, 1_050), 'corrected')
    assert.equal(await weigh(order, dal, 243), 'corrected')
    const item = await itemOf(order, besan)
    assert.equal(item.quantity, 1_000)
    assert.equal(item.packedQuantity, 1_050)
    assert.equal(item.amountPaise, 10_500)
    assert.equal((await itemOf(order, dal)).amountPaise, 3_050)
    assert.equal(order.itemsPaise, 10_500 + 3_050 + 5_000)
    assert.equal(order.totalPaise, 18_550)
    assert.deepEqual(await historyOf(order, 'weight'), [
      ['1000 g', '1050 g', 'Besan'],
      ['250 g', '243 g', 'Dal'],
    ])
  })

  for (const [grams, outcome] of [
    [1_100, 'corrected'],
    [1_101, 'asked'],
    [900, 'corrected'],
    [899, 'asked'],
  ] as const) {
    test(`of ${grams} g for 1 kg at 10 % is ${outcome}`, async ({ assert }) => {
      assert.equal(await weigh(await accepted(), besan, grams), outcome)
    })
  }

  test('is measured by the tolerance that the customer agreed to', async ({ assert }) => {
    const order = await accepted()
    await ShopSettings.query()
      .where('shop_id', besan.shopId)
      .update({ packing_tolerance_percent: 50 })
    assert.equal(await weigh(order, besan, 1_200), 'asked')
    const later = await accepted()
    assert.equal(await weigh(later, besan, 1_200), 'corrected')
  })

  test('moves the stock to the gram', async ({ assert }) => {
    const order = await accepted()
    assert.equal(await stockOf(besan), 4_000)
    await weigh(order, besan, 1_050)
    assert.equal(await stockOf(besan), 3_950)
    await weigh(order, besan, 930)
    assert.equal(await stockOf(besan), 4_070)
    await weigh(order, besan, 1_000)
    assert.equal(await stockOf(besan), 4_000)
    assert.equal(order.totalPaise, 18_138)
  })

  test('is refused when the stock does not have it, and says how much there is', async ({
    assert,
  }) => {
    const order = await accepted()
    await besan.merge({ stock: 30 }).save()
    const refusal = await weigh(order, besan, 1_050).catch((error) => error)
    assert.equal(refusal.code, 'E_WEIGHT_REFUSED')
    assert.equal(refusal.rule, 'short')
    assert.equal(refusal.amount, 30)
    assert.equal(await outcomeOf(weigh(order, besan, 1_300)), 'E_WEIGHT_REFUSED short')
    assert.equal((await order.refresh()).totalPaise, 18_138)
    assert.equal(await stockOf(besan), 30)
    assert.equal(await weigh(order, besan, 1_030), 'corrected')
    assert.equal(await stockOf(besan), 0)
  })

  test('needs no stock of a product that was deleted, or is counted otherwise now', async ({
    assert,
  }) => {
    const order = await accepted()
    await dal
      .merge({ soldAs: 'packed', unit: '1 kg', measure: 'weight', netQuantity: 1_000 })
      .save()
    const stock = await stockOf(dal)
    assert.equal(await weigh(order, dal, 260), 'corrected')
    assert.equal(await stockOf(dal), stock)
    const { id } = await itemOf(order, besan)
    await besan.delete()
    assert.equal(await order.weigh(id, 1_050, owner), 'corrected')
  })

  for (const [name, end] of [
    ['cancel', (order: Order) => order.move('cancel', owner, 'Closed')],
    ['withdraw', (order: Order) => order.withdraw(customer)],
    [
      'decline, after Accept was undone',
      async (order: Order) => {
        await order.stepBack(owner, 'accepted')
        await order.move('decline', owner, 'Closed')
      },
    ],
  ] as const) {
    test(`comes back to the stock as it was taken: ${name}`, async ({ assert }) => {
      for (const grams of [1_070, 940]) {
        const order = await accepted()
        await weigh(order, besan, grams)
        await weigh(order, dal, 500)
        await end(order)
        assert.equal(await stockOf(besan), 5_000)
        assert.equal(await stockOf(dal), 5_000)
        assert.equal(await stockOf(salt), 20)
      }
    })
  }

  test('of an item that is left out is not charged and not on the shelf', async ({ assert }) => {
    const order = await accepted()
    await weigh(order, besan, 1_050)
    await order.leaveOut((await itemOf(order, besan)).id, owner)
    assert.equal(order.totalPaise, 8_138)
    assert.equal(await stockOf(besan), 3_950)
  })

  test('stays when steps are undone and taken again', async ({ assert }) => {
    const order = await accepted()
    await weigh(order, besan, 1_050)
    await order.move('pack', owner)
    await order.stepBack(owner, 'packed')
    await weigh(order, besan, 1_060)
    await order.stepBack(owner, 'accepted').catch(() => {})
    await order.move('pack', owner)
    assert.equal((await order.refresh()).totalPaise, 18_738)
    assert.equal(await stockOf(besan), 3_940)
  })

  test('is refused before the order is accepted and once it is packed', async ({ assert }) => {
    const order = await ordered()
    assert.equal(await outcomeOf(weigh(order, besan, 1_050)), 'E_TRANSITION_REFUSED')
    await moveTo(order, 'packed', owner)
    assert.equal(await outcomeOf(weigh(order, besan, 1_050)), 'E_TRANSITION_REFUSED')
  })

  test('is refused for packs, for items left out and for items of other orders', async ({
    assert,
  }) => {
    const order = await accepted()
    assert.equal(await outcomeOf(weigh(order, salt, 3)), 'E_TRANSITION_REFUSED')
    const { id } = await itemOf(order, dal)
    await order.leaveOut(id, owner)
    assert.equal(await outcomeOf(order.weigh(id, 260, owner)), 'E_TRANSITION_REFUSED')
    const other = await accepted()
    const { id: theirs } = await itemOf(other, besan)
    assert.equal(await outcomeOf(order.weigh(theirs, 1_050, owner)), 'E_TRANSITION_REFUSED')
  })

  test('counts once when it is sent twice', async ({ assert }) => {
    const order = await accepted()
    assert.equal(await weigh(order, besan, 1_050, 1_000), 'corrected')
    assert.equal(await weigh(order, besan, 1_050, 1_000), 'unchanged')
    assert.equal(await stockOf(besan), 3_950)
    assert.lengthOf(await historyOf(order, 'weight'), 1)
  })

  test('from two tabs at once: one is saved, the other is told', async ({ assert }) => {
    for (let round = 0; round < 3; round++) {
      const order = await accepted()
      const other = await Order.findOrFail(order.id)
      const stock = await stockOf(besan)
      const outcomes = await Promise.all([
        outcomeOf(weigh(order, besan, 1_050, 1_000)),
        outcomeOf(weigh(other, besan, 960, 1_000)),
      ])
      assert.sameMembers(outcomes, ['corrected', 'E_WEIGHT_REFUSED changed'])
      const { packedQuantity } = await itemOf(order, besan)
      assert.equal(packedQuantity, outcomes[0] === 'corrected' ? 1_050 : 960)
      assert.equal(await stockOf(besan), stock + 1_000 - packedQuantity!)
    }
  })

  test('and a cancellation at the same moment leave the stock whole', async ({ assert }) => {
    for (let round = 0; round < 3; round++) {
      const order = await accepted()
      const theirs = await Order.findOrFail(order.id)
      await Promise.all([outcomeOf(weigh(order, besan, 1_050)), theirs.withdraw(customer)])
      assert.equal(await stockOf(besan), 5_000)
    }
  })

  test('is guarded by the database', async ({ assert }) => {
    const order = await accepted()
    const { id } = await itemOf(order, besan)
    const write = (values: object) =>
      outcomeOf(Promise.resolve(db.from('order_items').where({ id }).update(values)))
    assert.equal(await write({ packed_quantity: 1_101 }), '23514')
    assert.equal(await write({ amount_paise: 10_001 }), '23514')
    assert.equal(await write({ packed_quantity: 1_050 }), 'done')
    await order.move('pack', owner)
    assert.equal(await write({ packed_quantity: 1_000 }), '23514')
    assert.equal(await write({ asked_quantity: 2_000 }), '23514')
    assert.equal(await write({ amount_paise: 9_000 }), '23514')
  })
})

test.group('A weight that is far from what was ordered', (group) => {
  group.each.setup(openShop)

  test('changes nothing until the customer has agreed', async ({ assert }) => {
    const order = await accepted()
    await weigh(order, besan, 1_300)
    assert.equal(order.totalPaise, 18_138)
    assert.equal(await stockOf(besan), 4_000)
    await agree(order, besan, 1_300)
    assert.equal(order.totalPaise, 21_138)
    assert.equal(await stockOf(besan), 3_700)
    const item = await itemOf(order, besan)
    assert.equal(item.packedQuantity, 1_300)
    assert.isNull(item.askedQuantity)
    assert.deepEqual(await historyOf(order, 'question'), [
      ['1300 g', 'asked', 'Besan'],
      ['1300 g', 'agreed', 'Besan'],
    ])
    await order.withdraw(customer)
    assert.equal(await stockOf(besan), 5_000)
  })

  test('is dropped when the customer keeps to what was ordered', async ({ assert }) => {
    const order = await accepted()
    await weigh(order, besan, 1_300)
    await keep(order, besan, 1_300)
    const item = await itemOf(order, besan)
    assert.isNull(item.askedQuantity)
    assert.isNull(item.packedQuantity)
    assert.equal(order.totalPaise, 18_138)
    assert.equal(await weigh(order, besan, 1_080), 'corrected')
  })

  test('keeps the order from being packed until it is answered', async ({ assert }) => {
    for (const answer of [agree, keep]) {
      const order = await accepted()
      await weigh(order, besan, 700)
      assert.equal(await outcomeOf(order.move('pack', owner)), 'E_QUESTION_WAITS')
      const past = db.from('orders').where({ id: order.id }).update({ state: 'packed' })
      assert.equal(await outcomeOf(Promise.resolve(past)), '23514')
      await answer(order, besan, 700)
      await order.move('pack', owner)
      assert.equal(order.state, 'packed')
    }
  })

  test('is withdrawn by another weight, or by leaving the item out', async ({ assert }) => {
    const order = await accepted()
    await weigh(order, besan, 1_300)
    assert.equal(await weigh(order, besan, 1_060, 1_300), 'corrected')
    assert.equal(await outcomeOf(agree(order, besan, 1_300)), 'E_TRANSITION_REFUSED')
    assert.equal(order.totalPaise, 18_738)
    await weigh(order, dal, 500)
    await order.leaveOut((await itemOf(order, dal)).id, owner)
    await order.move('pack', owner)
    assert.equal(order.totalPaise, 15_600)
  })

  test('is agreed to only as the page showed it', async ({ assert }) => {
    const order = await accepted()
    await weigh(order, besan, 1_300)
    await weigh(order, besan, 1_900, 1_300)
    assert.equal(await outcomeOf(agree(order, besan, 1_300)), 'E_TRANSITION_REFUSED')
    assert.equal(await outcomeOf(keep(order, besan, 1_300)), 'E_TRANSITION_REFUSED')
    assert.equal((await order.refresh()).totalPaise, 18_138)
  })

  test('is answered once, however often the answer is sent', async ({ assert }) => {
    const order = await accepted()
    await weigh(order, besan, 1_300)
    const { id } = await itemOf(order, besan)
    await Promise.all(
      Array.from({ length: 5 }, async () =>
        (await Order.findOrFail(order.id)).answer(id, 'agree', 1_300, customer)
      )
    )
    assert.equal((await order.refresh()).totalPaise, 21_138)
    assert.equal(await stockOf(besan), 3_700)
    assert.lengthOf(await historyOf(order, 'question'), 2)
  })

  test('and another weight at the same moment: never a weight that nobody agreed to', async ({
    assert,
  }) => {
    for (let round = 0; round < 3; round++) {
      const order = await accepted()
      await weigh(order, besan, 1_300)
      const theirs = await Order.findOrFail(order.id)
      await Promise.all([
        outcomeOf(agree(theirs, besan, 1_300)),
        outcomeOf(weigh(order, besan, 1_500, 1_300)),
      ])
      const { packedQuantity, askedQuantity } = await itemOf(order, besan)
      if (askedQuantity !== null) assert.equal(askedQuantity, 1_500)
      assert.isTrue(packedQuantity === null || packedQuantity === 1_300)
      await order.refresh()
      assert.equal(order.totalPaise, packedQuantity === null ? 18_138 : 21_138)
    }
  })

  test('is refused when the stock was sold meanwhile, and can be answered later', async ({
    assert,
  }) => {
    const order = await accepted()
    await weigh(order, besan, 1_300)
    await besan.merge({ stock: 299 }).save()
    assert.equal(await outcomeOf(agree(order, besan, 1_300)), 'E_WEIGHT_REFUSED short')
    await besan.merge({ stock: 300 }).save()
    await agree(order, besan, 1_300)
    assert.equal(await stockOf(besan), 0)
  })

  test('of an order that ended is not answered any more', async ({ assert }) => {
    const order = await accepted()
    await weigh(order, besan, 1_300)
    await order.withdraw(customer)
    assert.equal(await outcomeOf(agree(order, besan, 1_300)), 'E_TRANSITION_REFUSED')
    assert.equal(await stockOf(besan), 5_000)
  })

  test('that is worth less than a paisa is refused', async ({ assert }) => {
    const cheap = await createProduct({
      ...LOOSE,
      shopId: besan.shopId,
      name: 'Chalk',
      pricePaise: 20,
    })
    const order = await createOrder({ customer, product: cheap, quantity: 1_000 })
    await order.move('accept', owner)
    assert.equal(await outcomeOf(weigh(order, cheap, 24)), 'E_WEIGHT_REFUSED worthless')
    assert.equal(await outcomeOf(weigh(order, cheap, 25)), 'asked')
  })
})

test.group('Money follows the weight', (group) => {
  group.each.setup(openShop)

  test('of an order that is paid in cash', async ({ assert }) => {
    const order = await accepted()
    await weigh(order, besan, 1_050)
    await moveTo2(order)
    await order.confirmPayment(owner)
    assert.equal(order.paidPaise, 18_638)
    assert.equal(order.refundDuePaise, 0)
  })

  test('of a UPI payment that was not made yet', async ({ assert }) => {
    const order = await accepted({ paymentMethod: 'upi' })
    await weigh(order, besan, 1_050)
    await order.claimPayment(customer, UTR)
    assert.equal(order.paidPaise, 18_638)
    assert.equal(order.paymentState, 'claimed')
  })

  for (const paid of ['claimed', 'confirmed'] as const) {
    const pay = async (order: Order) =>
      paid === 'claimed' ? order.claimPayment(customer, UTR) : order.confirmPayment(owner)

    test(`but what is ${paid} is never charged above what was paid`, async ({ assert }) => {
      const order = await accepted({ paymentMethod: 'upi' })
      await pay(order)
      assert.equal(await weigh(order, besan, 1_050), 'corrected')
      assert.equal(order.totalPaise, 18_138)
      assert.equal(order.paymentState, paid)
      const item = await itemOf(order, besan)
      assert.equal(item.packedQuantity, 1_050)
      assert.equal(item.amountPaise, 10_000)
      assert.equal(await stockOf(besan), 3_950)
      await weigh(order, besan, 1_400)
      await agree(order, besan, 1_400)
      assert.equal(order.totalPaise, 18_138)
    })

    test(`and of what is ${paid}, a lower weight is due back`, async ({ assert }) => {
      const order = await accepted({ paymentMethod: 'upi' })
      await pay(order)
      await weigh(order, besan, 940)
      assert.equal(order.totalPaise, 17_538)
      assert.equal(order.paymentState, 'refund_due')
      assert.equal(order.refundDuePaise, 600)
      await weigh(order, besan, 960)
      assert.equal(order.refundDuePaise, 400)
      await weigh(order, besan, 1_000)
      assert.equal(order.refundDuePaise, 0)
      assert.equal(order.paymentState, paid)
      assert.equal(order.totalPaise, 18_138)
    })

    test(`and what is ${paid} does not depend on what was weighed first`, async ({ assert }) => {
      for (const steps of [
        [
          [besan, 920],
          [dal, 270],
        ],
        [
          [dal, 270],
          [besan, 920],
        ],
      ] as const) {
        const order = await accepted({ paymentMethod: 'upi' })
        await pay(order)
        for (const [product, grams] of steps) await weigh(order, product, grams)
        assert.equal(order.totalPaise, 18_138 - 800)
        assert.equal(order.refundDuePaise, 800)
      }
    })
  }

  test('and what was refunded is not charged again', async ({ assert }) => {
    const order = await accepted({ paymentMethod: 'upi' })
    await order.confirmPayment(owner)
    await weigh(order, besan, 940)
    await order.refund(owner, 600, UTR)
    await weigh(order, besan, 1_000)
    assert.equal(order.totalPaise, 17_538)
    assert.equal(order.paymentState, 'refunded')
    await weigh(order, besan, 920)
    assert.equal(order.refundDuePaise, 200)
    await order.move('cancel', owner, 'Closed')
    assert.equal(order.refundDuePaise, 17_538)
  })

  test('and a payment of the amount before the weight is enough', async ({ assert }) => {
    const order = await accepted({ paymentMethod: 'upi' })
    await weigh(order, besan, 1_050)
    await weigh(order, dal, 260)
    await order.claimPayment(customer, UTR, 18_138)
    assert.equal(order.totalPaise, 18_138)
    assert.equal(order.refundDuePaise, 0)
  })

  test('and so is a payment of the amount before a lower weight', async ({ assert }) => {
    const order = await accepted({ paymentMethod: 'upi' })
    await weigh(order, besan, 1_100)
    await weigh(order, dal, 240)
    await weigh(order, besan, 1_050)
    await order.claimPayment(customer, UTR, 19_138)
    assert.equal(order.totalPaise, 10_500 + 3_012 + 5_000)
    assert.equal(order.refundDuePaise, 626)
  })

  test('but not a payment of more than was ever asked for', async ({ assert }) => {
    const order = await accepted({ paymentMethod: 'upi' })
    await weigh(order, besan, 1_050)
    const claim = order.claimPayment(customer, UTR, 19_139)
    assert.equal(await outcomeOf(claim), 'E_TRANSITION_REFUSED')
  })

  test('but not what is less than the customer agreed to when asked', async ({ assert }) => {
    const order = await accepted({ paymentMethod: 'upi' })
    await weigh(order, besan, 1_300)
    await agree(order, besan, 1_300)
    const claim = order.claimPayment(customer, UTR, 18_138)
    assert.equal(await outcomeOf(claim), 'E_TRANSITION_REFUSED')
    await order.claimPayment(customer, UTR, 21_138)
    assert.equal(order.paymentState, 'claimed')
  })

  test('and a payment that did not arrive is due in full', async ({ assert }) => {
    const order = await accepted({ paymentMethod: 'upi' })
    await order.claimPayment(customer, UTR)
    await weigh(order, besan, 1_050)
    await order.disputePayment(owner)
    assert.equal(order.totalPaise, 18_638)
    assert.equal(order.paymentState, 'due')
  })

  test('and no writer charges more than was paid', async ({ assert }) => {
    const order = await accepted({ paymentMethod: 'upi' })
    await order.confirmPayment(owner)
    const write = db
      .from('orders')
      .where({ id: order.id })
      .update({ items_paise: 18_139, total_paise: 18_139 })
    assert.equal(await outcomeOf(Promise.resolve(write)), '23514')
  })

  test('but fee and minimum stay as they were', async ({ assert }) => {
    await ShopSettings.query()
      .where('shop_id', besan.shopId)
      .update({ minimum_order_paise: 18_138, delivery_fee_paise: 2_000 })
    const request = requestFor([
      { product: besan, quantity: 1_000 },
      { product: dal, quantity: 250 },
      { product: salt, quantity: 2 },
    ])
    request.offer.deliveryFeePaise = 2_000
    const order = await Order.findOrFail((await place(customer, besan.shopId, request)).id)
    await order.move('accept', owner)
    await weigh(order, besan, 900)
    assert.equal(order.totalPaise, 19_138)
    assert.equal(order.deliveryFeePaise, 2_000)
  })
})

/** To what can be paid for in cash. */
const moveTo2 = async (order: Order) => {
  for (const verb of ['pack', 'send', 'deliver'] as const) await order.move(verb, owner)
}

test.group('A khata follows the weight', (group) => {
  let khata: Khata

  group.each.setup(async () => {
    await openShop()
    khata = await openKhata(besan.shopId, customer, 20_000)
  })

  const onKhata = () => accepted({ paymentMethod: 'khata' })

  test('up and down, and is whole again after a cancellation', async ({ assert }) => {
    const order = await onKhata()
    assert.equal(await khata.balancePaise(), 18_138)
    await weigh(order, besan, 1_050)
    assert.equal(await khata.balancePaise(), 18_638)
    await weigh(order, besan, 910)
    assert.equal(await khata.balancePaise(), 17_238)
    const kinds = (await khata.statement()).map(({ kind, amountPaise }) => [kind, amountPaise])
    assert.deepEqual(kinds, [
      ['weight', -1_400],
      ['weight', 500],
      ['order', 18_138],
    ])
    await order.leaveOut((await itemOf(order, besan)).id, owner)
    assert.equal(await khata.balancePaise(), 8_138)
    await order.move('cancel', owner, 'Closed')
    assert.equal(await khata.balancePaise(), 0)
  })

  test('within its limit, which is checked against the most at checkout', async ({ assert }) => {
    await khata.changeLimit((held) => held.merge({ limitPaise: 19_450 }))
    const refusal = await ordered({ paymentMethod: 'khata' }).catch((error) => error)
    assert.equal(refusal.rule, 'over_limit')
    await khata.changeLimit((held) => held.merge({ limitPaise: 19_451 }))
    assert.equal((await onKhata()).totalPaise, 18_138)
    assert.equal(await khata.balancePaise(), 18_138)
  })

  test('and a weight above the limit is refused from every writer', async ({ assert }) => {
    const order = await onKhata()
    await khata.changeLimit((held) => held.merge({ limitPaise: 18_537 }))
    const refusal = await weigh(order, besan, 1_040).catch((error) => error)
    assert.equal(refusal.rule, 'over_limit')
    assert.equal(refusal.amount, 399)
    assert.equal(await stockOf(besan), 4_000)
    await weigh(order, besan, 1_300)
    assert.equal(await outcomeOf(agree(order, besan, 1_300)), 'E_WEIGHT_REFUSED over_limit')
    assert.equal(await khata.balancePaise(), 18_138)
    assert.equal(await weigh(order, besan, 1_039), 'corrected')
  })

  test('and the entry is corrected with its order, not alone', async ({ assert }) => {
    const order = await onKhata()
    await weigh(order, besan, 1_050)
    await moveTo2(order)
    const [weight, charge] = await khata.statement()
    assert.equal(weight.reversiblePaise, 0)
    assert.equal(
      await outcomeOf(khata.reverse(weight.id, owner, 'No')),
      'E_KHATA_REFUSED not_reversible'
    )
    await khata.reverse(charge.id, owner, 'Spoiled')
    assert.equal(await khata.balancePaise(), 0)
  })
})

test.group('A checkout of loose goods', (group) => {
  group.each.setup(openShop)

  test('is shown again when the tolerance was raised meanwhile', async ({ assert }) => {
    const request = requestFor([{ product: besan, quantity: 1_000 }])
    request.offer.tolerancePercent = 5
    const refusal = await place(customer, besan.shopId, request).catch((error) => error)
    assert.equal(refusal.code, 'E_CHECKOUT_CHANGED')
    assert.deepEqual(refusal.changes, [{ kind: 'tolerance_up', before: 5, now: 10 }])
    request.offer.tolerancePercent = 20
    const order = await place(customer, besan.shopId, request)
    assert.equal((await order.refresh()).packingTolerancePercent, 10)
  })

  test('asks nothing about a tolerance when nothing is weighed', async ({ assert }) => {
    const request = requestFor([{ product: salt }])
    request.offer.tolerancePercent = 0
    await place(customer, salt.shopId, request)
    assert.lengthOf(await Order.all(), 1)
  })

  test('says what it can cost until it is weighed', async ({ assert }) => {
    const order = await accepted()
    const upTo = async () => {
      await order.refresh()
      await order.load('items')
      return order.upToPaise
    }
    assert.equal(await upTo(), 11_000 + 3_451 + 5_000)
    await weigh(order, besan, 1_020)
    assert.equal(await upTo(), 10_200 + 3_451 + 5_000)
    await weigh(order, dal, 250)
    assert.equal(await upTo(), order.totalPaise)
    assert.instanceOf(order, OrderPayments)
  })
})
