import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { stateOf } from '#hours/opening'
import Order from '#models/order'
import type Product from '#models/product'
import type Shop from '#models/shop'
import { hoursOf, openingNow, openingOf, saveHours } from '#models/shop_hours'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { look, readyAt } from '#tests/helpers/ready'
import type { Visitor } from '#tests/helpers/visitor'

const DAY = 86_400_000

test.group('The opening hours of a shop', (group) => {
  let shop: Shop
  let product: Product
  let owner: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    const user = await createOwner()
    shop = await createShop({ ownerId: user.id })
    product = await createProduct({ shopId: shop.id })
    owner = await loggedIn(user)
  })

  const hours = () => `/owner/shops/${shop.id}/hours`
  const closeToday = async () => {
    await owner.visit(`/owner/shops/${shop.id}`)
    return owner.submit('.closed-today')
  }

  test('are saved from one form, and shown again', async ({ assert }) => {
    await owner.visit(hours())
    const page = await owner.submit('#hours-form', {
      from_1a: '09:00',
      to_1a: '13:00',
      from_1b: '16:00',
      to_1b: '21:30',
      from_5a: '18:00',
      to_5a: '02:00',
      last_order: '१५',
      holiday_0: '2099-01-26',
    })
    assert.equal(page.path, hours())
    assert.deepEqual(await openingOf(shop.id), {
      spans: [
        [1, 540, 780],
        [1, 960, 1290],
        [5, 1080, 1560],
      ],
      holidays: ['2099-01-26'],
      closedUntil: null,
      lastOrderMinutes: 15,
    })
    assert.equal(page.$('[name=to_5a]').val(), '02:00')
    assert.equal(page.$('[name=holiday_0]').val(), '2099-01-26')
    await owner.submit('#hours-form', { from_5a: '', to_5a: '', holiday_0: '' })
    const after = (await openingOf(shop.id))!
    assert.lengthOf(after.spans, 2)
    assert.lengthOf(after.holidays, 0)
  })

  test('of no length, or shorter than the last order allows, are refused', async ({ assert }) => {
    await owner.visit(hours())
    const equal = await owner.submit('#hours-form', { from_1a: '09:00', to_1a: '09:00' })
    assert.equal(equal.status, 422)
    assert.lengthOf(equal.$('#to_1a-error'), 1)
    const short = await owner.submit('#hours-form', { to_1a: '10:00', last_order: '60' })
    assert.equal(short.status, 422)
    assert.lengthOf(short.$('#last_order-error'), 1)
    assert.equal((await owner.submit('#hours-form', { last_order: '59' })).status, 200)
  })

  test('that cannot be are refused at their fields, and nothing typed is lost', async ({
    assert,
  }) => {
    await owner.visit(hours())
    const page = await owner.submit('#hours-form', {
      from_1a: '09:00',
      to_1a: '13:00',
      from_1b: '12:00',
      to_1b: '21:00',
      from_2a: '08:00',
      to_3a: '20:00',
      from_4a: 'early',
      last_order: '241',
      holiday_1: 'Diwali',
    })
    assert.equal(page.status, 422)
    const wrong = page.$('.field-error').map((_, error) => page.$(error).attr('id'))
    assert.sameMembers(
      wrong.get(),
      ['from_1b', 'to_2a', 'from_3a', 'from_4a', 'to_4a', 'last_order', 'holiday_1'].map(
        (field) => `${field}-error`
      )
    )
    assert.equal(page.$('[name=from_4a]').val(), 'early')
    assert.equal(page.$('[name=holiday_1]').val(), 'Diwali')
    assert.isNull(await openingOf(shop.id))
  })

  const slot = (weekday: number, capacity: number) => {
    return { weekday, from: 1020, to: 1140, capacity, cutoffMinutes: 60 }
  }
  const week = (slots: ReturnType<typeof slot>[] = []) => {
    const spans = [
      [1, 540, 780],
      [2, 540, 780],
    ] as const
    return saveHours(shop.id, {
      spans: [...spans],
      holidays: ['2099-12-25'],
      lastOrderMinutes: 0,
      slots,
    })
  }

  test('keep what another tab has saved meanwhile', async ({ assert }) => {
    await week([slot(1, 5), slot(2, 5)])
    await owner.visit(hours())
    const stale = owner.page!
    const first = { from_1a: '08:00', holiday_0: '2099-01-26', holiday_1: '2099-12-25' }
    await owner.submit('#hours-form', { ...first, slot_0_capacity: '6' })
    owner.page = stale
    const second = { to_1a: '14:00', from_2a: '', to_2a: '', holiday_1: '2099-08-15' }
    const page = await owner.submit('#hours-form', { ...second, slot_1_cutoff: '30' })
    assert.equal(page.status, 200)
    const { spans, holidays, slots } = await hoursOf(shop.id)
    assert.deepEqual(spans, [[1, 480, 840]])
    assert.deepEqual(holidays, ['2099-01-26', '2099-08-15', '2099-12-25'])
    assert.deepEqual(slots, [slot(1, 6), { ...slot(2, 5), cutoffMinutes: 30 }])
  })

  test('that another tab has changed too are said at the field, and saved the next time', async ({
    assert,
  }) => {
    await week([slot(1, 5)])
    await owner.visit(hours())
    const stale = owner.page!
    await owner.submit('#hours-form', { from_1a: '08:00', slot_0_capacity: '6' })
    owner.page = stale
    const typed = { from_1a: '07:00', slot_0_from: '', slot_0_to: '', slot_0_capacity: '' }
    const refused = await owner.submit('#hours-form', { ...typed, to_2a: '15:00' })
    assert.equal(refused.status, 422)
    assert.include(refused.$('#from_1a-error').text(), 'it is now “08:00”, you typed “07:00”')
    assert.include(refused.$('#slot_0_capacity-error').text(), '6 orders')
    assert.equal(refused.$('[name=from_1a]').val(), '07:00')
    assert.equal(refused.$('[name=to_2a]').val(), '15:00')
    await owner.submit('#hours-form', { slot_0_from: '', slot_0_to: '', slot_0_capacity: '' })
    const { spans, slots } = await hoursOf(shop.id)
    assert.deepEqual(spans, [
      [1, 420, 780],
      [2, 540, 900],
    ])
    assert.deepEqual(slots, [])
  })

  test('that only clash together are refused', async ({ assert }) => {
    await week()
    await owner.visit(hours())
    const stale = owner.page!
    await owner.submit('#hours-form', { from_1b: '16:00', to_1b: '20:00' })
    owner.page = stale
    const refused = await owner.submit('#hours-form', { to_1a: '17:00' })
    assert.equal(refused.status, 422)
    assert.lengthOf(refused.$('#from_1b-error'), 1)
    assert.isTrue(refused.$('#from_1b').closest('details').is('[open]'))
  })

  test('are copied from the day above, or to all days, and saved only then', async ({ assert }) => {
    await week()
    await owner.visit(hours())
    await owner.submit('#copy-3', { to_2a: '15:00' })
    const copied = await owner.submit('#copy-4')
    assert.equal(copied.$('[name=to_4a]').val(), '15:00')
    assert.include(copied.$('[role=status]').text(), 'Save to keep them')
    assert.lengthOf((await hoursOf(shop.id)).spans, 2)
    const second = await owner.submit('#copy-1', { from_1b: '16:00', to_1b: '20:00' })
    assert.isTrue(second.$('#from_7b').closest('details').is('[open]'))
    await owner.submit('#hours-form')
    const { spans } = await hoursOf(shop.id)
    assert.deepEqual(
      spans,
      [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [
        [day, 540, 780],
        [day, 960, 1200],
      ])
    )
  })

  test('show a slot of every day as one row', async ({ assert }) => {
    await week([1, 2, 3, 4, 5, 6, 7].map((day) => slot(day, 5)))
    const page = await owner.visit(hours())
    assert.lengthOf(page.$('.slot-row').not('details *'), 1)
    await owner.submit('#hours-form', { slot_0_day: '6' })
    assert.deepEqual((await hoursOf(shop.id)).slots, [slot(6, 5)])
  })

  test('are shown where customers choose a shop, on its page and in the cart', async ({
    assert,
  }) => {
    const customer = await loggedIn(await createUser())
    await customer.visit(`/shops/${shop.id}`)
    await customer.submit(`#buy-${product.id} form`)
    assert.lengthOf(customer.page!.$('.open-state'), 0)
    await closeToday()
    for (const path of [`/shops/${shop.id}`, '/shops', '/cart']) {
      await eventually(async () => {
        const page = await customer.visit(path)
        assert.include(page.$('.open-state').text(), 'Closed · opens tomorrow', path)
      })
    }
  })

  test('close for today with one button, which takes it back', async ({ assert }) => {
    const page = await closeToday()
    assert.equal(page.path, `/owner/shops/${shop.id}`)
    assert.include(page.$('.closed-today').text(), 'Closed until')
    const { opening, now } = await openingNow(shop.id)
    assert.equal(stateOf(opening, now)!.kind, 'closed')
    assert.isBelow(Date.parse(opening!.closedUntil!) - now.getTime(), DAY + 1)
    await owner.visit('/owner/orders')
    await owner.submit('.closed-today')
    assert.equal(owner.page!.path, '/owner/orders')
    assert.isNull((await openingOf(shop.id))?.closedUntil ?? null)
  })

  test('refuse an order while the shop is closed, and place it when it is open', async ({
    assert,
  }) => {
    const customer = await loggedIn(await createUser())
    await customer.visit(`/shops/${shop.id}`)
    await customer.submit(`#buy-${product.id} form`)
    await customer.visit(`/shops/${shop.id}/checkout`)
    await closeToday()
    const refused = await customer.submit('#checkout-form', { note: 'Ring twice' })
    assert.equal(refused.status, 409)
    assert.include(refused.$('[role=alert]').text(), 'Your order was not placed')
    assert.equal(refused.$('[name=note]').val(), 'Ring twice')
    assert.lengthOf(refused.$('#checkout-form > button'), 0)
    assert.lengthOf(await Order.all(), 0)
    await owner.submit('.closed-today')
    await customer.visit(`/shops/${shop.id}/checkout`)
    await customer.submit('#checkout-form')
    assert.lengthOf(await Order.all(), 1)
  })

  test('refuse an order of the API too', async ({ assert }) => {
    await closeToday()
    const client = await ApiClient.of(await createUser())
    const items = [{ product_id: product.id, quantity: 1 }]
    const answer = await client.post('/api/orders', { json: { shop_id: shop.id, items } })
    assert.equal(answer.status, 409)
    assert.include(JSON.stringify(answer.body), 'no orders at this hour')
  })

  test('end the ready page of a guest when the words change', async ({ assert }) => {
    const path = `/shops/${shop.id}`
    await saveHours(shop.id, { spans: [], holidays: [], lastOrderMinutes: 0, slots: [] })
    const until = new Date(Date.now() + 3_000)
    await db.from('shop_settings').update({ closed_until: until })
    await eventually(async () => {
      assert.include((await readyAt(path)).text, 'Closed · opens')
    })
    await eventually(async () => {
      if (new Date() <= until) throw new Error('still closed')
    })
    assert.include((await look(path)).text, 'Open now')
  })

  test('of a stranger are not found', async ({ assert }) => {
    const stranger = await loggedIn(await createOwner())
    assert.equal((await stranger.visit(hours())).status, 404)
  })
})
