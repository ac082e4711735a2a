import { DateTime } from 'luxon'
import fc from 'fast-check'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { slotOf } from '#hours/slots'
import type Khata from '#models/khata'
import Order from '#models/order'
import type Product from '#models/product'
import { saveHours } from '#models/shop_hours'
import type { PaymentMethod } from '#models/order_state'
import { slotsToOffer } from '#models/shop_slots'
import ShopSettings from '#models/shop_settings'
import type Shop from '#models/shop'
import type User from '#models/user'
import { amendOrder, type Amendment } from '#orders/amendment'
import type { CheckoutRequest } from '#orders/checkout'
import type { OfferItem } from '#orders/offer'
import { UpiPayment } from '#orders/upi_payment'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { moveTo, place, requestFor } from '#tests/helpers/orders'

const onKhata = { paymentMethod: 'khata' as const }
const UTR = '405512345678'

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.refused?.[0].rule ?? error.rule ?? error.code ?? error.message
  )

test.group('A change of an order', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let khata: Khata
  let dal: Product
  let rice: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    shop = await createShop({ ownerId: owner.id })
    dal = await createProduct({ shopId: shop.id, name: 'Dal', pricePaise: 10_000, stock: 20 })
    rice = await createProduct({ shopId: shop.id, name: 'Rice', pricePaise: 5_000, stock: 20 })
    khata = await openKhata(shop.id, customer, 100_000)
  })

  const ordered = async (values: Partial<CheckoutRequest> = {}, who = customer) => {
    const lines = [
      { product: dal, quantity: 2 },
      { product: rice, quantity: 1 },
    ]
    return (await place(who, shop.id, requestFor(lines, values))).refresh()
  }
  const feeOf = (deliveryFeePaise: number) => {
    return { ...requestFor([{ product: dal, quantity: 3 }]).offer, deliveryFeePaise }
  }
  const offerSlots = async (capacity: number) => {
    const slots = [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
      return { weekday, from: 17 * 60, to: 19 * 60, capacity, cutoffMinutes: 60 }
    })
    await saveHours(shop.id, { spans: [], holidays: [], lastOrderMinutes: 0, slots })
    return (await slotsToOffer(shop.id)).slice(1, 3).map(({ key }) => slotOf(key)!)
  }
  const quantitiesOf = async (order: Order, wanted: [Product, number][]) => {
    const items = await order.related('items').query()
    const idOf = ({ id }: Product) => items.find(({ productId }) => productId === id)!.id
    return new Map(wanted.map(([product, quantity]) => [idOf(product), quantity]))
  }
  const amend = async (
    order: Order,
    wanted: [Product, number][],
    values: Partial<Amendment> = {}
  ) => {
    const quantities = await quantitiesOf(order, wanted)
    return amendOrder(order, customer, { revision: order.revision, quantities, ...values })
  }
  const stocks = async () => [(await dal.refresh()).stock, (await rice.refresh()).stock]

  test('moves stock, amounts and khata by the difference', async ({ assert }) => {
    const order = await ordered(onKhata)
    assert.deepEqual(await stocks(), [18, 19])
    await amend(order, [
      [dal, 3],
      [rice, 0],
    ])
    assert.deepEqual(await stocks(), [17, 20])
    assert.equal(order.totalPaise, 30_000)
    assert.equal(order.revision, 1)
    assert.isNotNull(order.amendedAt)
    assert.equal(await khata.balancePaise(), 30_000)
    assert.deepEqual(
      (await khata.statement()).map(({ kind, amountPaise }) => [kind, amountPaise]),
      [
        ['amendment', 5_000],
        ['order', 25_000],
      ]
    )
    const [line] = await order.related('events').query().where('subject', 'amended')
    assert.equal(line.amountPaise, 30_000)
    await moveTo(order, 'declined', owner)
    assert.deepEqual(await stocks(), [20, 20])
    assert.equal(await khata.balancePaise(), 0)
  })

  test('that changes nothing is none', async ({ assert }) => {
    const order = await ordered()
    await amend(order, [[dal, 2]], { note: null, mobile: order.mobile })
    assert.equal(order.revision, 0)
    assert.isEmpty(await order.related('events').query().where('subject', 'amended'))
  })

  test('keeps the agreed price, and takes a lower one for more', async ({ assert }) => {
    const order = await ordered()
    await dal.merge({ pricePaise: 12_000 }).save()
    await rice.merge({ pricePaise: 4_000 }).save()
    assert.equal(await outcomeOf(amend(order, [[dal, 3]])), 'price_up')
    await amend(order, [
      [dal, 1],
      [rice, 3],
    ])
    assert.equal(order.totalPaise, 10_000 + 12_000)
  })

  test('gets no more of what is gone, sold out or sold otherwise, but less', async ({ assert }) => {
    const order = await ordered()
    await dal.merge({ stock: 1 }).save()
    assert.equal(await outcomeOf(amend(order, [[dal, 4]])), 'short')
    await dal.merge({ netQuantity: 250, unit: '250 g' }).save()
    assert.equal(await outcomeOf(amend(order, [[dal, 3]])), 'recounted')
    await rice.merge({ withdrawnAt: DateTime.now() }).save()
    assert.equal(await outcomeOf(amend(order, [[rice, 4]])), 'withdrawn')
    await rice.delete()
    const [gone] = await order.related('items').query().whereNull('product_id')
    const more = { revision: 0, quantities: new Map([[gone.id, 2]]) }
    assert.equal(await outcomeOf(amendOrder(order, customer, more)), 'withdrawn')
    await amend(order, [[dal, 1]])
    assert.equal(order.totalPaise, 15_000)
    assert.equal((await dal.refresh()).stock, 2)
  })

  test('that takes out everything is left to cancelling', async ({ assert }) => {
    const order = await ordered()
    const nothing: [Product, number][] = [
      [dal, 0],
      [rice, 0],
    ]
    assert.equal(await outcomeOf(amend(order, nothing)), 'nothing_left')
    assert.deepEqual(await stocks(), [18, 19])
  })

  test('is charged by the terms of the shop for what is left', async ({ assert }) => {
    const terms = { deliveryFeePaise: 3_000, freeDeliveryFromPaise: 25_000 }
    await ShopSettings.create({ shopId: shop.id, ...terms, minimumOrderPaise: 12_000 })
    const order = await ordered()
    assert.equal(order.deliveryFeePaise, 0)
    assert.equal(await outcomeOf(amend(order, [[rice, 0]], { agreedPaise: 22_000 })), 'costs_more')
    await amend(order, [[rice, 0]], { agreedPaise: 23_000 })
    assert.equal(order.totalPaise, 23_000)
    assert.equal(await outcomeOf(amend(order, [[dal, 1]])), 'below_minimum')
  })

  const leftOut = async (order: Order, { id }: Product) => {
    const item = await order.related('items').query().where('product_id', id).firstOrFail()
    return order.leaveOut(item.id, owner)
  }

  test('is charged as if the shop had what it left out', async ({ assert }) => {
    const terms = { deliveryFeePaise: 3_000, freeDeliveryFromPaise: 25_000 }
    await ShopSettings.create({ shopId: shop.id, ...terms, minimumOrderPaise: 25_000 })
    const order = await ordered()
    await leftOut(order, dal)
    await amend(order, [[rice, 2]])
    assert.equal(order.totalPaise, 10_000)
    await amend(order, [[rice, 1]])
    assert.equal(order.totalPaise, 5_000)
  })

  test('pays no more for the delivery than was agreed, even if it costs more now', async ({
    assert,
  }) => {
    const settings = await ShopSettings.create({ shopId: shop.id, deliveryFeePaise: 2_000 })
    const request = requestFor([
      { product: dal, quantity: 2 },
      { product: rice, quantity: 1 },
    ])
    request.offer.deliveryFeePaise = 2_000
    const order = await (await place(customer, shop.id, request)).refresh()
    await settings.merge({ deliveryFeePaise: 9_000, minimumOrderPaise: 30_000 }).save()
    await amend(order, [[rice, 0]])
    assert.equal(order.totalPaise, 22_000)
    await settings.merge({ freeDeliveryFromPaise: 20_000 }).save()
    await amend(order, [[dal, 1]])
    assert.equal(order.totalPaise, 12_000)
    await amend(order, [[dal, 2]])
    assert.equal(order.deliveryFeePaise, 0)
  })

  test('of what was delivered free of charge gets no fee of later terms', async ({ assert }) => {
    const order = await ordered()
    await ShopSettings.create({ shopId: shop.id, deliveryFeePaise: 9_000 })
    await amend(order, [[rice, 0]])
    assert.equal(order.totalPaise, 20_000)
  })

  test('of lines that the shop left out meanwhile is refused', async ({ assert }) => {
    const order = await ordered()
    const same: [Product, number][] = [
      [dal, 2],
      [rice, 2],
    ]
    const quantities = await quantitiesOf(order, same)
    await leftOut(order, dal)
    const stale = amendOrder(order, customer, { revision: order.revision, quantities })
    assert.equal(await outcomeOf(stale), 'left_out')
    assert.deepEqual(await stocks(), [18, 19])
  })

  const added = (product: Product, quantity = 1, values: Partial<OfferItem> = {}): OfferItem => {
    return { productId: product.id, quantity, pricePaise: product.pricePaise, ...values }
  }

  test('adds other products of the shop, with stock, terms and khata', async ({ assert }) => {
    await ShopSettings.create({ shopId: shop.id, deliveryFeePaise: 0 })
    const tea = await createProduct({ shopId: shop.id, name: 'Tea', pricePaise: 7_000, stock: 5 })
    const order = await ordered(onKhata)
    await amend(order, [[rice, 2]], { added: [added(tea, 2)] })
    assert.equal((await tea.refresh()).stock, 3)
    assert.equal(order.totalPaise, 44_000)
    assert.equal(await khata.balancePaise(), 44_000)
    const items = await order.related('items').query().orderBy('name')
    assert.deepEqual(
      items.map(({ name, quantity, amountPaise }) => [name, quantity, amountPaise]),
      [
        ['Dal', 2, 20_000],
        ['Rice', 2, 10_000],
        ['Tea', 2, 14_000],
      ]
    )
    await moveTo(order, 'declined', owner)
    assert.equal((await tea.refresh()).stock, 5)
    assert.equal(await khata.balancePaise(), 0)
  })

  test('adds only what a checkout would take', async ({ assert }) => {
    const ghee = await createProduct({ shopId: shop.id, name: 'Ghee', pricePaise: 9_000, stock: 2 })
    const loose = { soldAs: 'loose', measure: 'weight', stock: 5_000 } as const
    const chana = await createProduct({ shopId: shop.id, name: 'Chana', ...loose })
    const elsewhere = await createProduct()
    const withdrawn = await createProduct({ shopId: shop.id, withdrawnAt: DateTime.now() })
    const order = await ordered()
    for (const [wanted, kind] of [
      [added(ghee, 3), 'short'],
      [added(ghee, 1, { pricePaise: 8_000 }), 'price_up'],
      [added(ghee, 1, { baseUnit: 'g' }), 'recounted'],
      [added(ghee, 1, { netQuantity: ghee.netQuantity + 1 }), 'repacked'],
      [added(chana, 10), 'too_little'],
      [added(elsewhere), 'gone'],
      [added(withdrawn), 'gone'],
    ] as const) {
      const error = await amend(order, [], { added: [wanted] }).catch((one) => one)
      assert.deepEqual([error.code, error.changes?.[0].kind], ['E_CHECKOUT_CHANGED', kind])
    }
    assert.equal(await outcomeOf(amend(order, [], { added: [added(dal)] })), 'in_order')
    await leftOut(order, rice)
    assert.equal(await outcomeOf(amend(order, [], { added: [added(rice)] })), 'left_out')
    assert.equal((await ghee.refresh()).stock, 2)
    assert.equal(order.revision, 0)
  })

  test('takes a line out and adds its product again at the price of today', async ({ assert }) => {
    const order = await ordered()
    await dal.merge({ pricePaise: 12_000 }).save()
    await amend(order, [[dal, 0]], { added: [added(dal, 1)] })
    assert.equal(order.totalPaise, 17_000)
    assert.deepEqual(await stocks(), [19, 19])
  })

  test('takes the last pack for one of two orders', async ({ assert }) => {
    const last = await createProduct({ shopId: shop.id, name: 'Last', pricePaise: 900, stock: 1 })
    const orders = await Promise.all([ordered(), ordered(), ordered(), ordered()])
    const outcomes = await Promise.all(
      orders.map((order) => outcomeOf(amend(order, [], { added: [added(last)] })))
    )
    assert.sameMembers(outcomes, ['done', ...Array(3).fill('E_CHECKOUT_CHANGED')])
    assert.equal((await last.refresh()).stock, 0)
  })

  test('of two at once that add the same, one is made', async ({ assert }) => {
    const tea = await createProduct({ shopId: shop.id, name: 'Tea', pricePaise: 7_000, stock: 50 })
    const order = await ordered()
    const again = () => Order.findOrFail(order.id)
    const both = await Promise.all([again(), again()])
    const outcomes = await Promise.all(
      both.map((shown) => outcomeOf(amend(shown, [], { added: [added(tea, 2)] })))
    )
    assert.sameMembers(outcomes, ['done', 'E_ORDER_AMENDED'])
    assert.equal((await tea.refresh()).stock, 48)
    assert.equal((await again()).totalPaise, 39_000)
  })

  test('adds nothing to an order that was accepted meanwhile', async ({ assert }) => {
    const tea = await createProduct({ shopId: shop.id, name: 'Tea', pricePaise: 7_000, stock: 5 })
    const order = await ordered()
    const seen = await Order.findOrFail(order.id)
    const transaction = await db.transaction()
    await transaction.from('orders').where('id', order.id).update({ state: 'accepted' })
    const adding = outcomeOf(amend(seen, [], { added: [added(tea)] }))
    await db.rawQuery('SELECT pg_sleep(0.2)')
    await transaction.commit()
    assert.equal(await adding, 'E_TRANSITION_REFUSED')
    assert.equal((await tea.refresh()).stock, 5)
  })

  test('stays within the limit of the khata', async ({ assert }) => {
    await khata.merge({ limitPaise: 30_000 }).save()
    const order = await ordered(onKhata)
    assert.equal(await outcomeOf(amend(order, [[dal, 3]])), 'over_limit')
    await amend(order, [[rice, 2]])
    assert.equal(await khata.balancePaise(), 30_000)
  })

  test('of a paid order costs no more than was paid, and the rest is given back', async ({
    assert,
  }) => {
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    const order = await ordered({ paymentMethod: 'upi' })
    await order.claimPayment(customer, UTR)
    assert.equal(await outcomeOf(amend(order, [[dal, 3]])), 'paid')
    await amend(order, [[dal, 1]])
    assert.equal(order.paymentState, 'refund_due')
    assert.equal(order.refundDuePaise, 10_000)
    await amend(order, [[dal, 2]])
    assert.equal(order.paymentState, 'claimed')
  })

  test('lets a payment be claimed that was made before it', async ({ assert }) => {
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    const order = await ordered({ paymentMethod: 'upi' })
    await amend(order, [[dal, 1]])
    await order.claimPayment(customer, UTR, 25_000)
    assert.equal(order.refundDuePaise, 10_000)
  })

  const upi = () => ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })

  test('that waits for its payment by UPI may cost more, and then that is to be paid', async ({
    assert,
  }) => {
    await upi()
    const order = await ordered({ paymentMethod: 'upi' })
    await amend(order, [[dal, 3]])
    assert.equal((await UpiPayment.ofOrder(order))!.paise, 35_000)
    const before = outcomeOf(order.claimPayment(customer, UTR, 25_000))
    assert.equal(await before, 'E_TRANSITION_REFUSED')
    await order.claimPayment(customer, UTR)
    assert.equal(order.paidPaise, 35_000)
  })

  test('asks by UPI for no more than the order cost when it was to be paid so', async ({
    assert,
  }) => {
    await upi()
    const order = await ordered()
    await amend(order, [[dal, 1]], { paymentMethod: 'upi' })
    assert.equal(await outcomeOf(order.claimPayment(customer, UTR, 25_000)), 'E_TRANSITION_REFUSED')
    await order.claimPayment(customer, UTR, 15_000)
    assert.equal(order.refundDuePaise, 0)
  })

  test('changes how it is paid: cash, UPI, khata and back', async ({ assert }) => {
    const order = await ordered()
    const pay = (paymentMethod: PaymentMethod) => outcomeOf(amend(order, [], { paymentMethod }))
    assert.equal(await pay('upi'), 'no_upi')
    await upi()
    assert.equal(await pay('upi'), 'done')
    assert.equal(await pay('khata'), 'done')
    assert.deepEqual([order.paymentState, await khata.balancePaise()], ['on_khata', 25_000])
    await amend(order, [[rice, 0]], { paymentMethod: 'cash' })
    assert.deepEqual([order.paymentState, await khata.balancePaise()], ['due', 0])
    await amend(order, [[dal, 1]], { paymentMethod: 'khata' })
    assert.deepEqual(
      (await khata.statement()).map(({ kind, amountPaise }) => [kind, amountPaise]),
      [
        ['amendment', 10_000],
        ['amendment', -25_000],
        ['order', 25_000],
      ]
    )
    await moveTo(order, 'declined', owner)
    assert.equal(await khata.balancePaise(), 0)
  })

  test('is put on a khata that is open and has that much left', async ({ assert }) => {
    const order = await ordered()
    await khata.merge({ limitPaise: 20_000 }).save()
    assert.equal(await outcomeOf(amend(order, [], onKhata)), 'over_limit')
    await amend(order, [[dal, 1]], onKhata)
    assert.equal(await khata.balancePaise(), 15_000)
    const stranger = await createUser()
    const other = await ordered({}, stranger)
    const none = amendOrder(other, stranger, { revision: 0, ...onKhata })
    assert.equal(await outcomeOf(none), 'no_khata')
  })

  test('leaves how it is paid once a payment was reported', async ({ assert }) => {
    await upi()
    const order = await ordered({ paymentMethod: 'upi' })
    await order.claimPayment(customer, UTR)
    for (const paymentMethod of ['cash', 'khata'] as const) {
      assert.equal(await outcomeOf(amend(order, [], { paymentMethod })), 'reported')
    }
    await order.disputePayment(owner)
    assert.equal(await outcomeOf(amend(order, [], { paymentMethod: 'cash' })), 'done')
    assert.equal(await outcomeOf(order.claimPayment(customer, UTR)), 'E_TRANSITION_REFUSED')
  })

  test('is waited for by a report of a payment, which then differs', async ({ assert }) => {
    await upi()
    const tea = await createProduct({ shopId: shop.id, pricePaise: 7_000 })
    const changes: Partial<Amendment>[] = [{ paymentMethod: 'cash' }, { added: [added(tea)] }]
    for (const wanted of changes) {
      const order = await ordered({ paymentMethod: 'upi' })
      const transaction = await db.transaction()
      await amendOrder(order, customer, { revision: 0, ...wanted }, transaction)
      const shown = await Order.findOrFail(order.id)
      const claimed = outcomeOf(shown.claimPayment(customer, UTR, 25_000))
      await db.rawQuery('SELECT pg_sleep(0.2)')
      await transaction.commit()
      assert.equal(await claimed, 'E_TRANSITION_REFUSED')
      assert.equal((await Order.findOrFail(order.id)).paidPaise, 0)
    }
  })

  test('waits for a report of a payment that began meanwhile', async ({ assert }) => {
    await upi()
    const tea = await createProduct({ shopId: shop.id, pricePaise: 7_000 })
    const changes: [Partial<Amendment>, string][] = [
      [{ paymentMethod: 'cash' }, 'reported'],
      [{ added: [added(tea)] }, 'paid'],
    ]
    for (const [wanted, rule] of changes) {
      const order = await ordered({ paymentMethod: 'upi' })
      const seen = await Order.findOrFail(order.id)
      const transaction = await db.transaction()
      await order.claimPayment(customer, UTR, 25_000, transaction)
      const changed = outcomeOf(amendOrder(seen, customer, { revision: 0, ...wanted }))
      await db.rawQuery('SELECT pg_sleep(0.2)')
      await transaction.commit()
      assert.equal(await changed, rule)
    }
    assert.equal((await tea.refresh()).stock, 20)
  })

  test('is picked up instead, without fee, minimum, address and slot', async ({ assert }) => {
    const [slot] = await offerSlots(1)
    const order = await ordered({ slot })
    await (await ShopSettings.of(shop.id)).merge({ minimumOrderPaise: 20_000 }).save()
    await amend(order, [[dal, 1]], { fulfilment: 'pickup' })
    assert.deepEqual(
      [order.fulfilment, order.address, order.pinCode, order.slotFrom, order.totalPaise],
      ['pickup', null, null, null, 15_000]
    )
    assert.isNotNull((await ordered({ slot })).slotFrom)
  })

  test('is delivered instead by the terms of today', async ({ assert }) => {
    const order = await ordered({ fulfilment: 'pickup', address: null })
    const settings = await ShopSettings.create({
      shopId: shop.id,
      deliveryFeePaise: 3_000,
      minimumOrderPaise: 25_000,
      deliveryArea: 'prefix',
      deliveryPrefix: '452',
    })
    const deliver = (pinCode: string | null, values: Partial<Amendment> = {}) => {
      const destination = { address: '5 Ring Road', pinCode }
      return amend(order, [], { fulfilment: 'delivery', destination, ...values })
    }
    assert.equal(await outcomeOf(amend(order, [], { fulfilment: 'delivery' })), 'no_pin')
    assert.equal(await outcomeOf(deliver(null)), 'no_pin')
    assert.equal(await outcomeOf(deliver('110001')), 'outside')
    assert.equal(await outcomeOf(deliver('452010', { agreedPaise: 25_000 })), 'costs_more')
    await settings.merge({ minimumOrderPaise: 25_001 }).save()
    assert.equal(await outcomeOf(deliver('452010')), 'below_minimum')
    await settings.merge({ minimumOrderPaise: 25_000 }).save()
    const [slot] = await offerSlots(1)
    const other = await ordered({ slot, offer: feeOf(3_000) })
    assert.equal(await outcomeOf(deliver('452010', { slot })), 'slot_full')
    await other.withdraw(customer)
    await deliver('452010', { slot })
    assert.deepEqual(
      [order.fulfilment, order.address, order.pinCode, order.totalPaise],
      ['delivery', '5 Ring Road 452010', '452010', 28_000]
    )
    assert.equal(order.slotFrom?.toMillis(), slot.from.getTime())
  })

  test('that was paid is not delivered for a fee on top', async ({ assert }) => {
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis', deliveryFeePaise: 3_000 })
    const pickup = { fulfilment: 'pickup', address: null, paymentMethod: 'upi' } as const
    const order = await ordered(pickup)
    await order.claimPayment(customer, UTR)
    const destination = { address: '5 Ring Road', pinCode: '452010' }
    const delivered = amend(order, [], { fulfilment: 'delivery', destination })
    assert.equal(await outcomeOf(delivered), 'paid')
    assert.equal((await order.refresh()).fulfilment, 'pickup')
  })

  test('of the way it comes or is paid is too late for the database too', async ({ assert }) => {
    const order = await ordered()
    await moveTo(order, 'accepted', owner)
    for (const values of [{ fulfilment: 'pickup' }, { payment_method: 'upi' }]) {
      const error = await db
        .from('orders')
        .where('id', order.id)
        .update(values)
        .catch((one) => one)
      assert.equal(error.constraint, 'orders_amended_until_accepted')
    }
    const paid = { payment_method: 'khata', payment_state: 'on_khata' }
    const error = await db
      .from('orders')
      .where('id', order.id)
      .update(paid)
      .catch((one) => one)
    assert.include(['orders_amended_until_accepted', 'orders_payment_transition'], error.constraint)
  })

  test('is too late once the shop has accepted, also for the database', async ({ assert }) => {
    const order = await ordered()
    const seen = await Order.findOrFail(order.id)
    await moveTo(order, 'accepted', owner)
    assert.equal(await outcomeOf(amend(seen, [[dal, 1]])), 'E_TRANSITION_REFUSED')
    const error = await db
      .from('order_items')
      .where('product_id', dal.id)
      .update({ quantity: 1 })
      .catch((one) => one)
    assert.equal(error.constraint, 'order_items_amended_until_accepted')
  })

  test('is not accepted unseen', async ({ assert }) => {
    const order = await ordered()
    const shown = await Order.findOrFail(order.id)
    await amend(order, [[dal, 1]])
    const accept = (revision: number) => shown.move('accept', owner, null, { revision })
    assert.equal(await outcomeOf(accept(0)), 'E_ORDER_AMENDED')
    await accept(1)
    assert.equal(shown.state, 'accepted')
    assert.equal(shown.totalPaise, 15_000)
  })

  test('from an older page is shown what changed', async ({ assert }) => {
    const order = await ordered()
    await amend(order, [[dal, 3]])
    assert.equal(await outcomeOf(amend(order, [[dal, 1]], { revision: 0 })), 'E_ORDER_AMENDED')
  })

  test('leaves a slot, and takes one that is not full', async ({ assert }) => {
    const [first, second] = await offerSlots(1)
    const order = await ordered({ slot: first })
    await ordered({ slot: second })
    assert.equal(await outcomeOf(amend(order, [], { slot: second })), 'slot_full')
    await amend(order, [], { slot: null })
    assert.isNull(order.slotFrom)
    await ordered({ slot: first })
    assert.equal(await outcomeOf(amend(order, [], { slot: first })), 'slot_full')
  })

  test('goes only where the shop delivers', async ({ assert }) => {
    await ShopSettings.create({ shopId: shop.id, deliveryArea: 'prefix', deliveryPrefix: '452' })
    const order = await ordered()
    const to = (address: string, pinCode: string) =>
      amend(order, [], { destination: { address, pinCode } })
    assert.equal(await outcomeOf(to('1 Fort Road, Delhi', '110001')), 'outside')
    await to('5 Ring Road', '452010')
    assert.equal(order.address, '5 Ring Road 452010')
    assert.equal(order.pinCode, '452010')
    await (await ShopSettings.of(shop.id)).merge({ deliveryPrefix: '11' }).save()
    await to('6 Ring Road', '452010')
    assert.equal(order.address, '6 Ring Road 452010')
    assert.equal(await outcomeOf(to('6 Ring Road', '452001')), 'outside')
  })

  test('is waited for by an acceptance that began meanwhile', async ({ assert }) => {
    const order = await ordered()
    const quantities = await quantitiesOf(order, [[dal, 1]])
    const transaction = await db.transaction()
    await amendOrder(order, customer, { revision: 0, quantities }, transaction)
    const shown = await Order.findOrFail(order.id)
    const accepted = outcomeOf(shown.move('accept', owner, null, { revision: 0 }))
    await db.rawQuery('SELECT pg_sleep(0.2)')
    await transaction.commit()
    assert.equal(await accepted, 'E_ORDER_AMENDED')
    assert.equal((await Order.findOrFail(order.id)).state, 'placed')
  })

  test('and an acceptance at the same time: one wins, never a mix', async ({ assert }) => {
    await dal.merge({ stock: 100 }).save()
    await rice.merge({ stock: 100 }).save()
    const orders = await Promise.all(Array.from({ length: 20 }, () => ordered()))
    const wanted = await Promise.all(orders.map((order) => quantitiesOf(order, [[dal, 1]])))
    const outcomes = await Promise.all(
      orders.flatMap((order, index) => {
        const shown = new Order().merge({ id: order.id })
        shown.$isPersisted = true
        const accept = () => shown.move('accept', owner, null, { revision: 0 })
        const change = () => amendOrder(order, customer, { revision: 0, quantities: wanted[index] })
        return index % 2 ? [accept(), change()].map(outcomeOf) : [change(), accept()].map(outcomeOf)
      })
    )
    assert.lengthOf(
      outcomes.filter((outcome) => outcome === 'done'),
      20
    )
    const now = await Order.query().preload('items')
    for (const { state, revision, totalPaise } of now) {
      assert.deepEqual(
        [revision, totalPaise],
        state === 'accepted' ? [0, 25_000] : [1, 15_000],
        state
      )
    }
    assert.equal((await dal.refresh()).stock + sold(now, dal), 100)
  }).timeout(60_000)

  test('parallel to others keeps stock, khata and slots right', async ({ assert }) => {
    const step = fc.record({
      order: fc.nat({ max: 3 }),
      dal: fc.integer({ min: 0, max: 6 }),
      rice: fc.integer({ min: 0, max: 6 }),
      slot: fc.nat({ max: 2 }),
      accept: fc.integer({ min: 0, max: 5 }),
      paymentMethod: fc.constantFrom('khata', 'khata', 'cash'),
      fulfilment: fc.constantFrom('delivery', 'delivery', 'pickup'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 20 }), async (steps) => {
        await dal.refresh()
        await rice.refresh()
        const offered = await offerSlots(2)
        const before = [dal.stock, rice.stock]
        const owed = await khata.balancePaise()
        const orders = await Promise.all(Array.from({ length: 4 }, () => ordered(onKhata)))
        const lines = await Promise.all(orders.map((order) => order.related('items').query()))
        const outcomes = await Promise.all(
          steps.map((taken, index) => {
            const { id } = orders[taken.order]
            return outcomeOf(
              Order.findOrFail(id).then((order) => {
                if (taken.accept === 0) return order.move('accept', owner)
                const quantities = new Map(
                  lines[taken.order].map((item) => [
                    item.id,
                    item.productId === dal.id ? taken.dal : taken.rice,
                  ])
                )
                const slot = [null, ...offered][taken.slot]
                const { paymentMethod, fulfilment } = taken
                const destination = { address: '5 Ring Road', pinCode: '452010' }
                const at = index % 2 ? { slot } : { paymentMethod, fulfilment, destination }
                return amendOrder(order, customer, { revision: order.revision, quantities, ...at })
              })
            )
          })
        )
        for (const outcome of outcomes) {
          assert.match(outcome, /^(done|E_|short|over_limit|nothing_left|slot_full|withdrawn)/)
        }
        const now = await Order.query()
          .whereIn(
            'id',
            orders.map(({ id }) => id)
          )
          .preload('items')
        for (const order of now) {
          const sum = order.items.reduce((paise, item) => paise + item.amountPaise, 0)
          assert.equal(order.totalPaise, sum + order.deliveryFeePaise)
        }
        const charged = now.filter(({ paymentMethod }) => paymentMethod === 'khata')
        const total = charged.reduce((sum, order) => sum + order.totalPaise, 0)
        assert.deepEqual(
          [dal, rice].map((product, index) => before[index] - sold(now, product)),
          await stocks()
        )
        assert.equal(await khata.balancePaise(), owed + total)
        assert.isAtMost(await khata.balancePaise(), khata.limitPaise)
        for (const slot of offered) {
          const taken = now.filter(({ slotFrom }) => slotFrom?.toMillis() === slot.from.getTime())
          assert.isAtMost(taken.length, 2)
        }
        for (const order of now) {
          await order.move(order.state === 'placed' ? 'decline' : 'cancel', owner, 'as asked')
        }
        assert.deepEqual(await stocks(), before)
        assert.equal(await khata.balancePaise(), owed)
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 6) }
    )
  }).timeout(120_000)
})

function sold(orders: Order[], { id }: Product) {
  return orders
    .flatMap(({ items }) => items)
    .filter(({ productId }) => productId === id)
    .reduce((sum, { quantity }) => sum + quantity, 0)
}
