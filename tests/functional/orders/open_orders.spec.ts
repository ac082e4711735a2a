import { test } from '@japa/runner'
import Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { allowUsualOrders } from '#tests/helpers/open_orders'
import { createOrder, place, requestFor } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'

const MOST = 5

test.group('Open orders of one customer at a shop', (group) => {
  let customer: User
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    customer = await createUser()
    product = await createProduct({ stock: 50 })
    return allowUsualOrders()
  })

  const fill = async (count = MOST) => {
    for (let n = 0; n < count; n++) await createOrder({ customer, product })
  }

  test('are at most five, also of twenty that come at once', async ({ assert }) => {
    const attempts = Array.from({ length: 20 }, () =>
      place(customer, product.shopId, requestFor([{ product }]))
    )
    const outcomes = await Promise.allSettled(attempts)
    assert.lengthOf(
      outcomes.filter(({ status }) => status === 'fulfilled'),
      MOST
    )
    assert.equal((await product.refresh()).stock, 50 - MOST)
  })

  test('leave room for a next one when one has ended', async ({ assert }) => {
    await fill()
    await (await Order.firstOrFail()).withdraw(customer)
    await createOrder({ customer, product })
    assert.lengthOf(await Order.query().where('state', 'placed'), MOST)
  })

  test('do not count at another shop, nor for another customer', async ({ assert }) => {
    await fill()
    await createOrder({ customer })
    await createOrder({ product })
    assert.lengthOf(await Order.all(), MOST + 2)
  })

  test('that are too many are refused on the page, where nothing typed is lost', async ({
    assert,
  }) => {
    for (const [language, message] of [
      ['en', 'You already have 5 open orders at this shop'],
      ['hi', 'इस दुकान पर आपके 5 ऑर्डर अभी बाकी हैं'],
    ]) {
      await emptyDatabase()
      customer = await createUser()
      product = await createProduct({ stock: 50 })
      await fill()
      const visitor = await loggedIn(customer, new Visitor({ 'accept-language': language }))
      await visitor.visit(`/products/${product.id}/checkout`)
      const page = await visitor.submit('#checkout-form', { note: 'Ring twice' })
      assert.equal(page.status, 422)
      assert.include(page.$('[role=alert]').text(), message)
      assert.equal(page.$('[name=note]').val(), 'Ring twice')
      assert.lengthOf(await Order.all(), MOST)
    }
  })

  test('that are too many are refused to programs, a repeated one is not', async ({ assert }) => {
    const client = await ApiClient.of(customer)
    const json = { shop_id: product.shopId, items: [{ product_id: product.id }] }
    const headers = { 'idempotency-key': 'basket-17' }
    const first = await client.post('/api/orders', { json, headers })
    await fill(MOST - 1)
    const { status, body } = await client.post('/api/orders', { json })
    assert.equal(status, 409)
    assert.equal(body.detail, 'The customer has too many open orders at this shop')
    const again = await client.post('/api/orders', { json, headers })
    assert.equal(again.body.id, first.body.id)
  })
})

test.group('Orders placed by one customer in a minute', (group) => {
  group.each.setup(emptyDatabase)

  test('are ten at most, on pages and by programs together', async ({ assert }) => {
    const [customer, other] = [await createUser(), await createUser()]
    const product = await createProduct({ stock: 50 })
    const json = { shop_id: product.shopId, items: [{ product_id: product.id }] }
    const client = await ApiClient.of(customer)
    for (let n = 0; n < 9; n++) {
      assert.equal((await client.post('/api/orders', { json })).status, 201)
    }
    const visitor = await loggedIn(customer)
    const path = `/shops/${product.shopId}/checkout`
    const order = async () => {
      const body = new URLSearchParams()
      return visitor.request('POST', path, body)
    }
    for (let n = 0; n < 3; n++) assert.equal((await order()).status, 422)
    assert.equal((await client.post('/api/orders', { json })).status, 201)
    const refused = await order()
    assert.equal(refused.status, 429)
    assert.isAbove(Number(refused.headers.get('retry-after')), 0)
    const program = await client.post('/api/orders', { json })
    assert.equal(program.status, 429)
    assert.isAbove(Number(program.headers.get('retry-after')), 0)
    assert.lengthOf(await Order.all(), 10)
    const theirs = await (await ApiClient.of(other)).post('/api/orders', { json })
    assert.equal(theirs.status, 201)
  })

  test('are looked at 120 times a minute at most', async ({ assert }) => {
    const visitor = await loggedIn(await createUser())
    for (let n = 0; n < 120; n++) assert.equal((await visitor.visit('/orders')).status, 200)
    assert.equal((await visitor.visit('/orders')).status, 429)
    assert.equal((await visitor.visit('/shops')).status, 200)
  })
})
