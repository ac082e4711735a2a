import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { slotOf } from '#hours/slots'
import Order from '#models/order'
import type Product from '#models/product'
import { closeForToday, openAgain, saveHours } from '#models/shop_hours'
import { slotsOf, slotsToOffer } from '#models/shop_slots'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'

const evening = (weekday: number, capacity = 2) => {
  return { weekday, from: 17 * 60, to: 19 * 60, capacity, cutoffMinutes: 60 }
}
const eachDay = (capacity?: number) => [1, 2, 3, 4, 5, 6, 7].map((day) => evening(day, capacity))

test.group('Delivery slots', (group) => {
  let owner: User
  let shop: Shop
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, stock: 100 })
    await offer(2)
  })

  const offer = (capacity: number) => {
    return saveHours(shop.id, {
      spans: [],
      holidays: [],
      lastOrderMinutes: 0,
      slots: eachDay(capacity),
    })
  }
  /** Tomorrow's, or that of the day after. */
  const later = async () => (await slotsToOffer(shop.id)).at(1)!
  const ordered = async (slot: { key: string }, customer?: User) => {
    return createOrder({ customer, product, slot: slotOf(slot.key) })
  }
  const refusal = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (refused) => refused
    )
    return error instanceof CheckoutRefused ? error.rule : error
  }

  test('are said once on the page of an order, with its state, and where to pick one up', async ({
    assert,
  }) => {
    await ShopSettings.updateOrCreate({ shopId: shop.id }, { address: '12 MG Road, Palasia' })
    const customer = await createUser()
    const order = await ordered(await later(), customer)
    const visitor = await loggedIn(customer)
    const page = await visitor.visit(`/orders/${order.id}`)
    assert.match(page.$('.now').text(), /Delivery .*5:00 pm to 7:00 pm/)
    assert.lengthOf(page.text.match(/5:00 pm to 7:00 pm/g)!, 1)
    assert.notInclude(page.text, '12 MG Road, Palasia')
    await moveTo(order, 'delivered', owner)
    const done = await visitor.visit(`/orders/${order.id}`)
    assert.notInclude(done.$('.now').text(), '5:00 pm')
    assert.include(done.text, '5:00 pm')
    const pickup = await createOrder({ customer, product, fulfilment: 'pickup' })
    const other = await visitor.visit(`/orders/${pickup.id}`)
    assert.include(other.$('.now').text(), 'Pick up at 12 MG Road, Palasia')
  })

  test('are never overbooked by parallel checkouts', async ({ assert }) => {
    await offer(5)
    const slot = slotOf((await later()).key)
    const customers = await Promise.all(Array.from({ length: 30 }, () => createUser()))
    const outcomes = await Promise.allSettled(
      customers.map((customer) => place(customer, shop.id, requestFor([{ product }], { slot })))
    )
    const placed = outcomes.filter(({ status }) => status === 'fulfilled')
    const refused = outcomes.flatMap((outcome) => {
      return outcome.status === 'rejected' ? outcome.reason.rule : []
    })
    assert.lengthOf(placed, 5)
    assert.deepEqual(new Set(refused), new Set(['slot_full']))
    assert.lengthOf(await Order.all(), 5)
    assert.equal((await product.refresh()).stock, 95)
  }).timeout(30_000)

  test('are not taken twice by orders that are moved there at the same time', async ({
    assert,
  }) => {
    await offer(1)
    const { from, to } = slotOf((await later()).key)!
    const orders = [await createOrder({ product }), await createOrder({ product })]
    const move = (client: { rawQuery: typeof db.rawQuery }, { id }: Order) => {
      return client.rawQuery('UPDATE orders SET slot_from = ?, slot_to = ? WHERE id = ?', [
        from,
        to,
        id,
      ])
    }
    const transaction = await db.transaction()
    await move(transaction, orders[0])
    const second = move(db, orders[1]).then(
      () => 'moved',
      (error) => error.constraint
    )
    await transaction.rawQuery('SELECT pg_sleep(0.2)')
    await transaction.commit()
    assert.equal(await second, 'orders_slot_capacity')
  })

  test('are freed by an order that is cancelled or declined', async ({ assert }) => {
    const slot = await later()
    const first = await ordered(slot)
    const second = await ordered(slot)
    assert.equal(await refusal(ordered(slot)), 'slot_full')
    assert.isTrue((await later()).isFull)
    await moveTo(first, 'cancelled', owner)
    await ordered(slot)
    await moveTo(second, 'declined', owner)
    assert.isFalse((await later()).isFull)
  })

  test('that nobody offers are refused', async ({ assert }) => {
    const { key } = await later()
    for (const other of [key.replace('1020', '1021'), `2020-01-01 1020 1140`]) {
      assert.equal(await refusal(ordered({ key: other })), 'slot_gone')
    }
  })

  test('can be ordered for while the shop is closed, from the page', async ({ assert }) => {
    await closeForToday(shop.id)
    const customer = await loggedIn(await createUser())
    await customer.visit(`/shops/${shop.id}`)
    await customer.submit(`#buy-${product.id} form`)
    const page = await customer.visit(`/shops/${shop.id}/checkout`)
    const slot = await later()
    assert.include(page.text, 'You can order for one of its delivery times')
    assert.notInclude(page.text, 'As soon as possible')
    assert.lengthOf(page.$(`select[name=slot] [value="${slot.key}"]`), 1)
    const done = await customer.submit('#checkout-form', { slot: slot.key })
    const order = await Order.firstOrFail()
    assert.equal(done.path, `/orders/${order.id}`)
    assert.equal(order.slotFrom!.toMillis(), slot.from.getTime())
    assert.include(done.text, '5:00 pm to 7:00 pm')
    const board = await (await loggedIn(owner)).visit('/owner/orders')
    assert.include(board.text, '5:00 pm to 7:00 pm')
  })

  test('are a choice while the shop is open', async ({ assert }) => {
    await openAgain(shop.id)
    const customer = await loggedIn(await createUser())
    await customer.visit(`/shops/${shop.id}`)
    await customer.submit(`#buy-${product.id} form`)
    const page = await customer.visit(`/shops/${shop.id}/checkout`)
    assert.include(page.text, 'As soon as possible')
    await customer.submit('#checkout-form')
    assert.isNull((await Order.firstOrFail()).slotFrom)
  })

  test('are entered for every day at once, and wrong ones refused at their fields', async ({
    assert,
  }) => {
    const path = `/owner/shops/${shop.id}/hours`
    await offer(1)
    await db.from('shop_slots').delete()
    const visitor = await loggedIn(owner)
    await visitor.visit(path)
    const wrong = await visitor.submit('#hours-form', {
      slot_0_from: '19:00',
      slot_0_to: '17:00',
      slot_0_capacity: 'many',
    })
    assert.equal(wrong.status, 422)
    assert.lengthOf(wrong.$('#slot_0_to-error, #slot_0_capacity-error'), 2)
    await visitor.submit('#hours-form', {
      slot_0_from: '17:00',
      slot_0_to: '19:00',
      slot_0_capacity: '2',
      slot_0_cutoff: '60',
    })
    assert.deepEqual(await slotsOf(shop.id), eachDay())
  })
})
