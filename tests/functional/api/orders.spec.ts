import { test } from '@japa/runner'
import Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { issueToken } from '#tokens/token_users'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'

test.group('API orders', (group) => {
  let owner: User
  let customer: User
  let product: Product
  let client: ApiClient
  let order: Record<string, unknown>

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5235, stock: 10 })
    customer = await createUser()
    client = await ApiClient.of(customer)
    order = { shop_id: shop.id, items: [{ product_id: product.id, quantity: 3 }] }
  })

  test('a customer places an order, which the shop moves on', async ({ assert }) => {
    const { status, body } = await client.post('/api/orders', { json: order })
    assert.equal(status, 201)
    assert.containSubset(body, {
      customer_username: customer.username,
      status: 'created',
      payment_method: 'cod',
      payment_status: 'pending',
      total_amount: 157.05,
    })
    assert.containSubset(body.items[0], {
      product_id: product.id,
      product_name_snapshot: 'Besan',
      unit_price: 52.35,
      quantity: 3,
      line_total: 157.05,
    })
    const shop = await ApiClient.of(owner)
    for (const next of ['confirmed', 'packed', 'shipped', 'delivered']) {
      const moved = await shop.patch(`/api/orders/${body.id}/status`, { status: next })
      assert.equal(moved.status, 200)
      assert.equal(moved.body.status, next)
    }
    for (const reader of [client, shop]) {
      const { body: read } = await reader.get(`/api/orders/${body.id}/`)
      assert.containSubset(read, { id: body.id, status: 'delivered', items: body.items })
    }
    assert.equal((await client.get('/api/orders/me')).body[0].status, 'delivered')
  })

  test('sent again with its key it is the same order, and another one is refused', async ({
    assert,
  }) => {
    const headers = { 'idempotency-key': 'basket-17' }
    const send = (json: unknown) => client.post('/api/orders', { json, headers })
    const answers = await Promise.all([send(order), send(order), send(order)])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201]
    )
    assert.lengthOf(new Set(answers.map(({ body }) => body.id)), 1)
    await product.refresh()
    assert.equal(product.stock, 7)
    for (const changed of [
      { items: [{ product_id: product.id, quantity: 4 }] },
      { items: [{ product_id: product.id, quantity: 3, unit_price: 10 }] },
      { address: '4 Station Road, Ujjain 456001' },
      { note: 'Ring twice' },
    ]) {
      const { status } = await send({ ...order, ...changed })
      assert.equal(status, 422, JSON.stringify(changed))
    }
    await product.refresh()
    assert.equal(product.stock, 7)
  })

  test('sent again with its key it is found, also when the product is gone', async ({ assert }) => {
    const headers = { 'idempotency-key': 'basket-17' }
    const first = await client.post('/api/orders', { json: order, headers })
    await product.delete()
    const again = await client.post('/api/orders', { json: order, headers })
    assert.equal(again.status, 201)
    assert.equal(again.body.id, first.body.id)
    assert.equal(again.body.items[0].product_name_snapshot, 'Besan')
  })

  test('an order that can never be is refused with 400', async ({ assert }) => {
    const foreign = await createProduct()
    for (const values of [
      { items: [] },
      { items: [{ product_id: product.id, quantity: 0 }] },
      { items: [{ product_id: foreign.id, quantity: 1 }] },
      { payment_method: 'wallet' },
      { payment_method: 'khata' },
      { shop_id: 'x' },
    ]) {
      const { status, body } = await client.post('/api/orders', { json: { ...order, ...values } })
      assert.equal(status, 400, JSON.stringify(values))
      assert.isNotEmpty(body.detail)
    }
    const nowhere = { ...order, shop_id: product.id }
    const { status, body } = await client.post('/api/orders', { json: nowhere })
    assert.equal(status, 404)
    assert.equal(body.detail, 'Shop not found')
  })

  test('an order on khata needs one that is open', async ({ assert }) => {
    const khata = await openKhata(product.shopId, customer, 100_000)
    const onKhata = { json: { ...order, payment_method: 'khata' } }
    const taken = await client.post('/api/orders', onKhata)
    assert.equal(taken.status, 201)
    assert.equal(taken.body.payment_status, 'on_khata')
    await (await Order.findOrFail(taken.body.id)).withdraw(customer)
    await khata.close(customer)
    const { status, body } = await client.post('/api/orders', onKhata)
    assert.equal(status, 400)
    assert.equal(body.detail, 'The customer has no khata at this shop')
  })

  test('a product that is named twice is one item, of which there are 99 at most', async ({
    assert,
  }) => {
    await product.merge({ stock: 1_000 }).save()
    const twice = (quantity: number) => {
      const item = { product_id: product.id, quantity }
      return client.post('/api/orders', { json: { ...order, items: [item, item] } })
    }
    const { status, body } = await twice(49)
    assert.equal(status, 201)
    assert.lengthOf(body.items, 1)
    assert.equal(body.items[0].quantity, 98)
    const refused = await twice(50)
    assert.equal(refused.status, 400)
    assert.equal(refused.body.detail, 'An order takes at most 99 of one product')
  })

  test('ids in capital letters are the same ids', async ({ assert }) => {
    const capitals = JSON.parse(JSON.stringify(order), (_, value) => {
      return typeof value === 'string' ? value.toUpperCase() : value
    })
    const { status, body } = await client.post('/api/orders', { json: capitals })
    assert.equal(status, 201)
    assert.equal(body.items[0].product_id, product.id)
  })

  test('a key that is empty, too long or not visible is refused', async ({ assert }) => {
    for (const key of ['', 'a'.repeat(201), 'basket 17']) {
      const headers = { 'idempotency-key': key }
      assert.equal((await client.post('/api/orders', { json: order, headers })).status, 400, key)
    }
    assert.isEmpty((await client.get('/api/orders/me')).body)
  })

  test('what is short, or has become dearer than agreed, is refused with 409', async ({
    assert,
  }) => {
    const item = { product_id: product.id, quantity: 1 }
    const short = { ...order, items: [{ ...item, quantity: 11 }] }
    const { status, body } = await client.post('/api/orders', { json: short })
    assert.equal(status, 409)
    assert.equal(body.detail, 'Only 10 of Besan left')
    const agreed = { ...order, items: [{ ...item, unit_price: 50 }] }
    assert.equal((await client.post('/api/orders', { json: agreed })).status, 409)
  })

  test('a customer cancels an order until it is packed', async ({ assert }) => {
    const { body } = await client.post('/api/orders', { json: order })
    const { status, body: after } = await client.post(`/api/orders/${body.id}/cancel`)
    assert.equal(status, 200)
    assert.equal(after.status, 'cancelled')
    const again = await client.post(`/api/orders/${body.id}/cancel`)
    assert.equal(again.status, 400)
    assert.equal(again.body.detail, 'Order cannot be cancelled at this stage')
    await product.refresh()
    assert.equal(product.stock, 10)
  })

  test('an order goes no way that there is not', async ({ assert }) => {
    const { body } = await client.post('/api/orders', { json: order })
    const shop = await ApiClient.of(owner)
    const path = `/api/orders/${body.id}/status`
    assert.equal((await shop.patch(path, { status: 'delivered' })).status, 409)
    assert.equal((await shop.patch(path, { status: 'lost' })).status, 400)
    assert.equal((await shop.patch(path, { status: 'cancelled' })).body.status, 'cancelled')
  })

  test('a shop with open orders is not deleted', async ({ assert }) => {
    const shop = await ApiClient.of(owner)
    await client.post('/api/orders', { json: order })
    const { status, body } = await shop.delete(`/api/shops/${product.shopId}/`)
    assert.equal(status, 409)
    assert.equal(body.detail, 'The shop has open orders')
  })

  test('a closed shop is not there to order from, and what was ordered stays', async ({
    assert,
  }) => {
    const json = { ...order, items: [{ product_id: product.id }] }
    const headers = { 'idempotency-key': 'basket-17' }
    const placed = await client.post('/api/orders', { json, headers })
    const shop = await ApiClient.of(owner)
    for (const status of ['confirmed', 'packed', 'shipped', 'delivered']) {
      await shop.patch(`/api/orders/${placed.body.id}/status`, { status })
    }
    assert.equal((await shop.delete(`/api/shops/${product.shopId}`)).status, 204)
    const refused = await client.post('/api/orders', { json })
    assert.equal(refused.status, 404)
    assert.equal(refused.body.detail, 'Shop not found')
    assert.equal((await client.post('/api/orders', { json, headers })).body.id, placed.body.id)
    for (const reader of [client, shop]) {
      assert.equal((await reader.get(`/api/orders/${placed.body.id}`)).status, 200)
    }
  })

  test('own orders are paged from the newest to the oldest', async ({ assert }) => {
    const placed: string[] = []
    for (let number = 0; number < 3; number++) {
      const items = [{ product_id: product.id }]
      placed.unshift((await client.post('/api/orders', { json: { ...order, items } })).body.id)
    }
    const first = await client.get('/api/orders/me?limit=2')
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link')!)![1]
    const second = await client.get(next)
    assert.deepEqual(
      [...first.body, ...second.body].map(({ id }: { id: string }) => id),
      placed
    )
  })

  test("an admin's token is told which servers answer", async ({ assert }) => {
    const { value } = await issueToken(customer, { admin: true })
    const { status, body } = await new ApiClient(value!.release()).get('/api/debug/db')
    assert.equal(status, 200)
    assert.isFalse(body.write_db.is_replica)
    assert.equal(body.user.username, customer.username)
  })
})
