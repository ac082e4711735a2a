import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Order from '#models/order'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { announced } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import {
  createOwner,
  createProduct,
  createShop,
  createUser,
  PASSWORD,
} from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'

/** As if every step had been taken earlier. */
const letStepsStand = () =>
  db.rawQuery(`UPDATE orders SET stepped_at = stepped_at - interval '11 seconds'`)

test.group("Owner's orders", (group) => {
  let owner: User
  let customer: User
  let product: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser({ fullName: 'Asha Verma' })
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5200, stock: 100 })
    visitor = await loggedIn(owner)
  })

  test('stand on the board by state, with what is to be done', async ({ assert }) => {
    const placed = await createOrder({ customer, product, quantity: 2, note: 'Ring twice' })
    const packed = await moveTo(await createOrder({ customer, product }), 'packed', owner)
    const ready = await createOrder({ customer, product, fulfilment: 'pickup' })
    await moveTo(ready, 'packed', owner)
    await moveTo(await createOrder({ customer, product }), 'delivered', owner)
    await letStepsStand()
    const { $ } = await visitor.visit('/owner/orders')
    const verb = ({ id }: Order) => $(`#order-${id} button[name=verb]`).val()
    assert.equal(verb(placed), 'accept')
    assert.equal(verb(packed), 'send')
    assert.equal(verb(ready), 'deliver')
    assert.lengthOf($('.board .order-card'), 3)
    const text = $(`#order-${placed.id}`).text()
    for (const expected of ['₹104', 'Asha Verma', '2 × Besan', 'Ring twice']) {
      assert.include(text, expected)
    }
  })

  test('list what to pack, with a comma right after each but the last', async ({ assert }) => {
    const rice = await createProduct({ shopId: product.shopId, name: 'Rice' })
    const packed = [product, rice].map((each) => ({ product: each, quantity: 2 }))
    const { id } = await place(customer, product.shopId, requestFor(packed))
    const { $ } = await visitor.visit('/owner/orders')
    assert.include($(`#order-${id}`).text().replace(/\s+/g, ' '), ' 2 × Besan, 2 × Rice ')
  })

  test('are counted all, and shown so far that the oldest come first', async ({ assert }) => {
    const oldest = await createOrder({ customer, product })
    for (let n = 0; n < 20; n++) await createOrder({ customer, product })
    const newest = await createOrder({ customer, product })
    await moveTo(await createOrder({ customer, product }), 'accepted', owner)
    const { $ } = await visitor.visit('/owner/orders')
    const column = $('section[aria-labelledby=column-placed]')
    assert.equal(column.find('.badge').text(), '22')
    assert.lengthOf(column.find('.order-card'), 20)
    assert.equal(column.find('.order-card').first().attr('id'), `order-${oldest.id}`)
    assert.include(column.text(), '2 more')
    assert.equal($('[data-newest]').attr('data-newest'), newest.id)
    assert.match($('title').text(), /^\(22\) Orders · /)
  })

  test('are added up for today, without what was declined or cancelled', async ({ assert }) => {
    await ShopSettings.create({ shopId: product.shopId, upiId: 'gupta@okaxis' })
    await createOrder({ customer, product })
    await createOrder({ customer, product, quantity: 2, paymentMethod: 'upi' })
    await moveTo(await createOrder({ customer, product, quantity: 50 }), 'declined', owner)
    const yesterday = await createOrder({ customer, product, quantity: 3 })
    await Order.query()
      .where('id', yesterday.id)
      .update({ created_at: new Date(Date.now() - 25 * 3_600_000) })
    const { $ } = await visitor.visit('/owner/orders')
    const day = $('.day').text().replace(/\s+/g, ' ')
    for (const expected of ['2 orders', '₹156', 'Cash ₹52', 'UPI ₹104', 'cancelled 1']) {
      assert.include(day, expected)
    }
    assert.lengthOf($('.board .order-card'), 3)
  })

  test('show what is nearly sold out', async ({ assert }) => {
    await createProduct({ shopId: product.shopId, name: 'Poha', stock: 2 })
    const { $ } = await visitor.visit('/owner/orders')
    const list = () => visitor.page!.$('section[aria-labelledby=low-stock]').text()
    assert.include($('main').text(), 'Poha')
    assert.notInclude($('main').text(), 'Besan')
    assert.notInclude(list(), '·')
    await createShop({ ownerId: owner.id, name: 'Gupta Second' })
    await visitor.visit('/owner/orders')
    assert.match(list(), /Poha\s+·\s+Gupta Kirana/)
  })

  test('are moved by one tap, with and without htmx', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    await visitor.visit('/owner/orders')
    const { action, fields } = visitor.form(`#order-${order.id} button`)
    const page = await visitor.submit(`#order-${order.id} button`)
    assert.equal(page.path, '/owner/orders')
    assert.include(page.text, 'Order accepted')
    fields.set('verb', 'pack')
    fields.set('from', 'accepted')
    const fragment = await visitor.fragment('POST', action, fields)
    assert.equal(fragment.status, 200)
    assert.equal(fragment.$(`#order-${order.id} button`).val(), 'send')
    fields.set('verb', 'accept')
    fields.set('from', 'placed')
    const late = await visitor.fragment('POST', action, fields)
    assert.equal(late.status, 409)
    assert.include(late.text, 'too late for that')
    assert.equal((await order.refresh()).state, 'packed')
  })

  test('are moved one step by two taps, and the second says what is already so', async ({
    assert,
  }) => {
    const order = await createOrder({ customer, product })
    await visitor.visit('/owner/orders')
    const { action, fields } = visitor.form(`#order-${order.id} button`)
    assert.equal(fields.get('from'), 'placed')
    const [, again] = [
      await visitor.fragment('POST', action, fields),
      await visitor.fragment('POST', action, fields),
    ]
    assert.equal(again.status, 200)
    assert.include(again.text, `Order ${order.number} is already “Accepted”`)
    const fromAnOldPage = await visitor.request('POST', action, fields)
    assert.include(fromAnOldPage.text, 'is already “Accepted”')
    assert.equal((await order.refresh()).state, 'accepted')
  })

  test('are not moved by a page that showed another state', async ({ assert }) => {
    const order = await moveTo(await createOrder({ customer, product }), 'accepted', owner)
    await visitor.visit(`/owner/orders/${order.id}`)
    await order.move('pack', owner)
    const page = await visitor.submit('#cancel-form', { reason: 'Sold out' })
    assert.include(page.text, 'too late for that')
    assert.equal((await order.refresh()).state, 'packed')
  })

  test('go back a step from the board and from their page, for ten seconds', async ({ assert }) => {
    const order = await moveTo(await createOrder({ customer, product }), 'accepted', owner)
    await visitor.visit('/owner/orders')
    const undone = await visitor.submit(`#undo-${order.id} button`)
    assert.equal(undone.path, '/owner/orders')
    assert.include(undone.text, 'Undone.')
    assert.lengthOf(undone.$(`#undo-${order.id}`), 0)
    assert.equal((await order.refresh()).state, 'placed')

    await order.move('accept', owner)
    await visitor.visit(`/owner/orders/${order.id}`)
    const { action, fields } = visitor.form(`#undo-${order.id} button`)
    await letStepsStand()
    const late = await visitor.request('POST', action, fields)
    assert.include(late.text, 'It stays “Accepted”: a step can be undone for 10 seconds only.')
    assert.lengthOf(late.$('[data-undo]'), 0)
    const fragment = await visitor.fragment('POST', action, fields)
    assert.equal(fragment.status, 409)
    assert.equal((await order.refresh()).state, 'accepted')
  })

  test('stay on the board for a moment when they are completed', async ({ assert }) => {
    const order = await moveTo(await createOrder({ customer, product }), 'delivered', owner)
    const { $ } = await visitor.visit('/owner/orders')
    const column = $('section[aria-labelledby=column-delivered]')
    assert.lengthOf(column.find(`#order-${order.id}`), 1)
    assert.lengthOf(column.find('[name=verb]'), 0)
    await visitor.submit(`#undo-${order.id} button`)
    assert.equal((await order.refresh()).state, 'out_for_delivery')
    await order.move('deliver', owner)
    await letStepsStand()
    const later = await visitor.visit('/owner/orders')
    assert.lengthOf(later.$('#column-delivered'), 0)
  })

  test('are declined and cancelled only with a reason, which the customer reads', async ({
    assert,
  }) => {
    const order = await createOrder({ customer, product, quantity: 4 })
    await visitor.visit(`/owner/orders/${order.id}`)
    const missing = await visitor.submit('#decline-form', { reason: '' })
    assert.equal(missing.status, 422)
    assert.equal(missing.$('[name=reason][aria-invalid=true]').length, 1)
    assert.equal((await order.refresh()).state, 'placed')
    const page = await visitor.submit('#decline-form', { reason: 'Closed for Diwali' })
    assert.equal(page.path, `/owner/orders/${order.id}`)
    assert.include(page.text, 'Declined')
    assert.equal((await product.refresh()).stock, 100)
    const theirs = await (await loggedIn(customer)).visit(`/orders/${order.id}`)
    assert.include(theirs.text, 'Closed for Diwali')
  })

  test('have items left out, payments noted and a slip to pack by', async ({ assert }) => {
    const other = await createProduct({ shopId: product.shopId, name: 'Poha', pricePaise: 3000 })
    const request = requestFor([{ product }, { product: other }])
    const { id } = await place(customer, product.shopId, request)
    const poha = await (
      await Order.findOrFail(id)
    )
      .related('items')
      .query()
      .where('product_id', other.id)
      .firstOrFail()
    await visitor.visit(`/owner/orders/${id}`)
    const page = await visitor.submit(`button[name=item_id][value="${poha.id}"]`)
    assert.equal(page.path, `/owner/orders/${id}`)
    assert.equal((await Order.findOrFail(id)).totalPaise, 5200)
    assert.lengthOf(page.$('button[name=item_id]'), 0, 'the last item cannot be left out')
    await visitor.submit('form[action$="/payment"]')
    assert.equal((await Order.findOrFail(id)).paymentState, 'confirmed')
    const slip = await visitor.visit(`/owner/orders/${id}/packing-slip`)
    assert.include(slip.text, 'Asha Verma')
    assert.include(slip.text, 'If something is missing: Call me')
    assert.include(slip.text, '₹52')
  })

  test('of other owners do not exist, whatever one does with them', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    const stranger = await loggedIn(await createOwner())
    await stranger.visit('/owner/orders')
    assert.lengthOf(stranger.page!.$('.order-card'), 0)
    const item = await order.related('items').query().firstOrFail()
    for (const path of ['', '/packing-slip']) {
      assert.equal((await stranger.visit(`/owner/orders/${order.id}${path}`)).status, 404, path)
    }
    for (const path of ['/transitions', '/left-out-items', '/payment', '/payment?_method=DELETE']) {
      const body = new URLSearchParams({ verb: 'accept', item_id: item.id })
      const answer = await stranger.request('POST', `/owner/orders/${order.id}${path}`, body)
      assert.equal(answer.status, 404, path)
    }
    const settings = `/owner/shops/${product.shopId}/settings`
    assert.equal((await stranger.visit(settings)).status, 404)
    assert.equal((await order.refresh()).state, 'placed')
    assert.equal(order.paymentState, 'due')
  })

  test('do not exist for customers', async ({ assert }) => {
    const buyer = await loggedIn(customer)
    for (const path of ['/owner/orders', '/owner/past-orders']) {
      assert.equal((await buyer.visit(path)).status, 404, path)
    }
  })

  test('are all listed, the newest first', async ({ assert }) => {
    await moveTo(await createOrder({ customer, product }), 'delivered', owner)
    await createOrder({ customer, product })
    const { $ } = await visitor.visit('/owner/past-orders')
    assert.lengthOf($('.order-card'), 2)
    assert.include($('.order-card').last().text(), 'Completed')
  })

  test('do not hide what the owner ordered elsewhere', async ({ assert }) => {
    const order = await createOrder({ customer: owner })
    const { $ } = await visitor.visit('/owner/past-orders')
    const { html } = await visitor.visit($('main a[href="/orders"]').attr('href')!)
    assert.include(html, order.id)
  })

  test('follow terms that the owner sets, refused at the field when they make no sense', async ({
    assert,
  }) => {
    const path = `/owner/shops/${product.shopId}/settings`
    for (const [field, value] of [
      ['minimum_order', '-1'],
      ['delivery_fee', 'free'],
      ['delivery_fee', '1000000.01'],
      ['upi_id', 'gupta'],
      ['upi_id', 'gupta@'],
      ['accept_within', '14'],
      ['accept_within', '1441'],
      ['accept_within', '1.5'],
    ]) {
      await visitor.visit(path)
      const page = await visitor.submit('#settings-form', { [field]: value })
      assert.equal(page.status, 422, value)
      assert.equal(page.$(`[name=${field}]`).attr('aria-invalid'), 'true', value)
      assert.equal(page.$(`[name=${field}]`).val(), value)
    }
    await visitor.visit(path)
    await visitor.submit('#settings-form', {
      minimum_order: '199.50',
      delivery_fee: '0',
      upi_id: 'gupta@okaxis',
      accept_within: '45',
    })
    const settings = await ShopSettings.of(product.shopId)
    assert.deepInclude(settings.details, {
      minimumOrderPaise: 19_950,
      deliveryFeePaise: 0,
      upiId: 'gupta@okaxis',
      acceptWithinMinutes: 45,
      packingTolerancePercent: 10,
      taxScheme: null,
      fssaiNumber: null,
      gstin: null,
      legalName: null,
      legalAddress: null,
    })
    await visitor.visit(path)
    await visitor.submit('#settings-form', { upi_id: '' })
    assert.isNull((await ShopSettings.of(product.shopId)).upiId)
  })

  test('that wait are counted in the header of every page of their owner', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    const counted = async (path: string) =>
      (await visitor.visit(path)).$('.menu .badge:not([hidden])').text().replace(/\s+/g, ' ').trim()
    for (const path of ['/', '/shops', '/owner/shops', '/owner/orders', '/account']) {
      assert.equal(await counted(path), '1 1 new order', path)
    }
    await order.move('accept', owner)
    await announced()
    assert.equal(await counted('/owner/shops'), '')
    const { $ } = await (await loggedIn(customer)).visit('/shops')
    assert.lengthOf($('[data-waiting]'), 0)
  })

  test('that wait lead their owner to the board at login, unless another page was meant', async ({
    assert,
  }) => {
    const logIn = async (path: string) => {
      const guest = new Visitor()
      await guest.visit(path)
      const username = owner.username
      return (await guest.submit('#session-form', { username, password: PASSWORD })).path
    }
    assert.equal(await logIn('/login'), '/owner/shops')
    const order = await createOrder({ customer, product })
    assert.equal(await logIn('/login'), '/owner/orders')
    const prices = `/owner/shops/${product.shopId}/prices`
    assert.equal(await logIn(prices), prices)
    await order.move('accept', owner)
    assert.equal(await logIn('/login'), '/owner/shops')
  })

  test('are shown by the state that a phone asks for, which each step keeps', async ({
    assert,
  }) => {
    const waiting = await createOrder({ customer, product })
    const packed = await moveTo(await createOrder({ customer, product }), 'packed', owner)
    await letStepsStand()
    const shown = (path: string) => visitor.visit(path)
    const current = () => visitor.page!.$('.tabs [aria-current]').attr('id')
    await shown('/owner/orders')
    assert.equal(current(), 'tab-placed')
    await shown('/owner/orders?shown=nowhere')
    assert.equal(current(), 'tab-placed')
    await shown('/owner/orders?shown=packed')
    assert.equal(current(), 'tab-packed')
    const after = await visitor.submit(`#order-${packed.id} button`)
    assert.equal(after.path, '/owner/orders?shown=packed')
    assert.equal(current(), 'tab-packed')
    await waiting.withdraw(customer)
    await shown('/owner/orders')
    assert.equal(current(), 'tab-out_for_delivery')
  })

  test('say where they go and whom to call', async ({ assert }) => {
    const brought = await createOrder({ customer, product })
    const fetched = await createOrder({ customer, product, fulfilment: 'pickup' })
    const { $ } = await visitor.visit('/owner/orders')
    const card = $(`#order-${brought.id}`)
    const map = new URL(card.find('.map').attr('href')!)
    assert.equal(map.searchParams.get('query'), '12 MG Road, Indore 452001')
    assert.equal(card.find('a[href="tel:+919876543210"]').attr('aria-label'), 'Call Asha Verma')
    assert.match(card.find('time').text(), /^\s*0 mins\s*$/)
    assert.lengthOf($(`#order-${fetched.id} .map`), 0)
    assert.include($(`#order-${fetched.id}`).text(), 'Pick up')
  })
})
