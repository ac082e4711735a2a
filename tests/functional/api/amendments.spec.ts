import { test } from '@japa/runner'
import type Order from '#models/order'
import type Product from '#models/product'
import { closeForToday, saveHours } from '#models/shop_hours'
import ShopSettings from '#models/shop_settings'
import User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { createOrder, moveTo } from '#tests/helpers/orders'

const WEEK = [1, 2, 3, 4, 5, 6, 7]

test.group('API changes of orders', (group) => {
  let owner: User
  let product: Product
  let order: Order
  let client: ApiClient

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({
      shopId: shop.id,
      name: 'Dal',
      soldAs: 'loose',
      measure: 'weight',
      pricePaise: 12_000,
      stock: 5_000,
    })
    const customer = await createUser()
    order = await createOrder({ customer, product, quantity: 1_000 })
    client = await ApiClient.of(customer)
  })

  const path = () => `/api/orders/${order.id}`
  const itemId = async () => (await order.related('items').query().firstOrFail()).id

  test('take price units, and leave what is not sent', async ({ assert }) => {
    const items = [{ id: await itemId(), quantity: 0.5 }]
    const { status, body } = await client.request('PATCH', path(), { json: { items } })
    assert.equal(status, 200)
    assert.equal(body.total_amount, 60)
    assert.equal(body.items[0].quantity, 0.5)
    assert.isNotNull(body.amended_at)
    assert.equal((await product.refresh()).stock, 4_500)
    const noted = await client.request('PATCH', path(), { json: { note: 'Ring twice' } })
    assert.equal(noted.body.total_amount, 60)
    assert.equal((await order.refresh()).note, 'Ring twice')
  })

  test('are refused with the reason', async ({ assert }) => {
    await product.merge({ pricePaise: 13_000 }).save()
    const change = async (quantity: number, values = {}) => {
      const json = { items: [{ id: await itemId(), quantity }], ...values }
      const { status, body } = await client.request('PATCH', path(), { json })
      return [status, body.detail]
    }
    assert.deepEqual(await change(2), [409, 'Dal costs ₹130 now'])
    assert.deepEqual(await change(0), [409, 'Nothing would be left: cancel the order instead'])
    assert.deepEqual(await change(0.02), [409, 'Dal is sold from 50 g'])
    assert.deepEqual(await change(0.5, { most_total: 50 }), [409, 'The order would cost ₹60'])
    await moveTo(order, 'accepted', owner)
    assert.deepEqual(await change(0.5), [409, 'Order cannot be changed at this stage'])
  })

  test('cost more only with most_total', async ({ assert }) => {
    const items = [{ id: await itemId(), quantity: 2 }]
    const unasked = await client.request('PATCH', path(), { json: { items } })
    assert.deepEqual([unasked.status, unasked.body.detail], [409, 'The order would cost ₹240'])
    const agreed = await client.request('PATCH', path(), { json: { items, most_total: 240 } })
    assert.deepEqual([agreed.status, agreed.body.total_amount], [200, 240])
  })

  test('are refused where a field would be ignored', async ({ assert }) => {
    const id = await itemId()
    for (const [json, field] of [
      [{ pin_code: '452010' }, 'pin_code'],
      [{ items: [{ id, quantity: 0.25, base_quantity: 500 }] }, 'items.0.base_quantity'],
      [{ items: [{ id, quantity: 0, base_quantity: 500 }] }, 'items.0.base_quantity'],
    ] as const) {
      const { status, body } = await client.request('PATCH', path(), { json })
      assert.equal(status, 422, field)
      assert.include(JSON.stringify(body), field)
    }
    assert.equal((await order.refresh()).revision, 0)
  })

  test('are made once with a key, and only of what was read with If-Match', async ({ assert }) => {
    const { headers: read } = await client.get(path())
    const headers = { 'idempotency-key': 'once', 'if-match': read.get('etag')! }
    const json = { items: [{ id: await itemId(), base_quantity: 500 }] }
    const first = await client.request('PATCH', path(), { json, headers })
    const second = await client.request('PATCH', path(), { json, headers })
    assert.deepEqual([first.status, second.status], [200, 200])
    assert.equal((await order.refresh()).revision, 1)
    const old = { 'if-match': read.get('etag')! }
    assert.equal(
      (await client.request('PATCH', path(), { json: { note: 'x' }, headers: old })).status,
      412
    )
  })

  test('add other products of the shop', async ({ assert }) => {
    const tea = await createProduct({ shopId: product.shopId, name: 'Tea', pricePaise: 7_000 })
    const elsewhere = await createProduct()
    const change = async (added: object, most?: number) => {
      const json = { added_items: [added], most_total: most }
      const { status, body } = await client.request('PATCH', path(), { json })
      return [status, body.detail ?? body.total_amount]
    }
    const two = { product_id: tea.id, quantity: 2 }
    assert.deepEqual(await change(two), [409, 'The order would cost ₹260'])
    const cheaper = { ...two, unit_price: 60 }
    assert.deepEqual(await change(cheaper, 260), [409, 'Tea costs ₹70 now'])
    assert.deepEqual(await change({ product_id: tea.id, quantity: 21 }, 9_999), [
      409,
      'Only 20 of Tea left',
    ])
    const missing = [400, 'One or more products not found']
    assert.deepEqual(await change({ product_id: elsewhere.id }, 9_999), missing)
    assert.deepEqual(await change(two, 260), [200, 260])
    assert.equal((await tea.refresh()).stock, 18)
    assert.deepEqual(await change({ product_id: tea.id }, 999), [
      409,
      'Tea is in the order: change its quantity',
    ])
  })

  test('change how it comes and is paid', async ({ assert }) => {
    await ShopSettings.create({ shopId: product.shopId, deliveryFeePaise: 3_000 })
    const change = async (json: object) => {
      const { status, body } = await client.request('PATCH', path(), { json })
      return status === 200
        ? [body.fulfilment, body.payment_method, body.payment_status, body.total_amount]
        : [status, body.detail]
    }
    const picked = await change({ fulfilment: 'pickup' })
    assert.deepEqual(picked, ['pickup', 'cod', 'pending', 120])
    assert.equal((await change({ address: '5 Ring Road' }))[0], 422)
    assert.equal((await change({ fulfilment: 'delivery' }))[0], 422)
    const to = { fulfilment: 'delivery', address: '5 Ring Road', pin_code: '452010' }
    assert.deepEqual(await change(to), [409, 'The order would cost ₹150'])
    const delivered = await change({ ...to, most_total: 150 })
    assert.deepEqual(delivered, ['delivery', 'cod', 'pending', 150])
    const noUpi = [409, 'The shop does not accept UPI']
    assert.deepEqual(await change({ payment_method: 'upi' }), noUpi)
    const noKhata = [409, 'The customer has no khata at this shop']
    assert.deepEqual(await change({ payment_method: 'khata' }), noKhata)
    const customer = await User.findOrFail(order.customerId)
    const khata = await openKhata(product.shopId, customer, 20_000)
    const onKhata = await change({ payment_method: 'khata' })
    assert.deepEqual(onKhata, ['delivery', 'khata', 'on_khata', 150])
    assert.equal(await khata.balancePaise(), 15_000)
    const settings = await ShopSettings.of(product.shopId)
    await settings.merge({ upiId: 'gupta@okaxis' }).save()
    await change({ payment_method: 'upi' })
    await (await order.refresh()).claimPayment(customer, '405512345678')
    const reported = [409, 'A payment was reported, so the payment method stays']
    assert.deepEqual(await change({ payment_method: 'cod' }), reported)
    assert.equal(await khata.balancePaise(), 0)
  })

  test('move an order to a slot and back', async ({ assert }) => {
    const slots = WEEK.map((weekday) => {
      return { weekday, from: 17 * 60, to: 19 * 60, capacity: 1, cutoffMinutes: 60 }
    })
    await saveHours(product.shopId, { spans: [], holidays: [], lastOrderMinutes: 0, slots })
    const offered = async () => (await client.get(`/api/shops/${product.shopId}/slots`)).body
    const [, slot] = await offered()
    const moved = await client.request('PATCH', path(), { json: { slot: slot.key } })
    assert.equal(moved.body.slot_from, slot.from)
    assert.isTrue((await offered())[1].full)
    const items = [{ product_id: product.id }]
    const json = { shop_id: product.shopId, items, slot: slot.key }
    const full = await client.post('/api/orders', { json })
    assert.deepEqual([full.status, full.body.detail], [409, 'The delivery slot is full'])
    const back = await client.request('PATCH', path(), { json: { slot: 'soon' } })
    assert.isNull(back.body.slot_from)
    const placed = await client.post('/api/orders', { json })
    assert.equal(placed.status, 201)
    assert.equal(placed.body.slot_to, slot.to)
  })
})

test.group('API shops by the clock', (group) => {
  group.each.setup(emptyDatabase)

  test('say their hours and whether they take orders', async ({ assert }) => {
    const shop = await createShop()
    const spans = WEEK.map((day) => [day, 7 * 60 + 30, 26 * 60] as const)
    await saveHours(shop.id, { spans, holidays: ['2030-08-15'], lastOrderMinutes: 30, slots: [] })
    const asked = async () => {
      const customer = await ApiClient.of(await createUser())
      return (await customer.get(`/api/shops/${shop.id}`)).body
    }
    const body = await asked()
    assert.deepEqual(body.hours[0], { weekday: 1, opens: '07:30', closes: '26:00' })
    assert.deepEqual(body.holidays, ['2030-08-15'])
    await closeForToday(shop.id)
    const owner = await ApiClient.of(await shop.related('owner').query().firstOrFail())
    const closed = (await owner.get(`/api/shops/${shop.id}`)).body
    assert.deepEqual([closed.open_state, closed.takes_orders], ['closed', false])
    assert.isNotNull(closed.opens_at)
  })
})
