import { test } from '@japa/runner'
import type Product from '#models/product'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'

test.group('API edits of what changed meanwhile', (group) => {
  let owner: User
  let client: ApiClient
  let product: Product
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    client = await ApiClient.of(owner)
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan', stock: 10 })
    path = `/api/shops/${shop.id}/products/${product.id}`
  })

  test('a PUT without stock leaves what was sold meanwhile', async ({ assert }) => {
    await createOrder({ product, quantity: 3 })
    const { body } = await client.put(path, { name: 'Besan', price: 80 })
    assert.containSubset(body, { price: 80, stock: 7 })
    assert.equal((await product.refresh()).stock, 7)
  })

  test('a stock is changed by a difference, and nothing else with it', async ({ assert }) => {
    await createOrder({ product, quantity: 3 })
    for (const [change, stock] of [
      [12, 19],
      [-4, 15],
      [-100, 0],
      [1_000_000, 1_000_000],
    ]) {
      const { status, body } = await client.patch(path, { stock_change: change })
      assert.equal(status, 200)
      assert.containSubset(body, { name: 'Besan', price: 52, stock })
    }
    const put = { name: 'Besan', price: 52, stock: 20, stock_change: -1 }
    assert.equal((await client.put(path, put)).body.stock, 19)
    assert.equal((await client.patch(path, { stock_change: 1.5 })).status, 422)
  })

  test('twenty differences at once all count', async ({ assert }) => {
    await Promise.all(Array.from({ length: 20 }, () => client.patch(path, { stock_change: 1 })))
    assert.equal((await product.refresh()).stock, 30)
  })

  test('a change of what was read counts only while it is as it was read', async ({ assert }) => {
    const { headers, body } = await client.get(path)
    const read = { 'if-match': headers.get('etag')! }
    await createOrder({ product, quantity: 3 })
    for (const [method, json] of [
      ['PUT', { name: 'Besan', price: 80, stock: 46 }],
      ['PATCH', { stock: 46 }],
    ] as const) {
      const refused = await client.request(method, path, { json, headers: read })
      assert.equal(refused.status, 412)
      assert.equal(refused.headers.get('etag'), (await client.get(path)).headers.get('etag'))
    }
    assert.equal((await product.refresh()).stock, body.stock - 3)

    const now = (await client.get(path)).headers.get('etag')!
    const changed = await client.patch(path, { stock: 46 }, { 'if-match': now })
    assert.equal(changed.status, 200)
    const next = changed.headers.get('etag')!
    assert.equal(next, (await client.get(path)).headers.get('etag'))
    for (const tag of [next, '*', `"of another time", ${next}`, next.replace('W/', '')]) {
      assert.equal((await client.patch(path, { price: 52 }, { 'if-match': tag })).status, 200, tag)
    }
  })

  test('of two who read the same, one changes it', async ({ assert }) => {
    const read = { 'if-match': (await client.get(path)).headers.get('etag')! }
    const answers = await Promise.all(
      [60, 70, 80, 90].map((price) => client.patch(path, { price }, read))
    )
    assert.sameMembers(
      answers.map(({ status }) => status),
      [200, 412, 412, 412]
    )
  })

  test('an order that changed since it was read is not moved on', async ({ assert }) => {
    const order = await createOrder({ product })
    const at = `/api/orders/${order.id}`
    const read = { 'if-match': (await client.get(at)).headers.get('etag')! }
    await client.patch(`${at}/status`, { status: 'confirmed' }, read)
    assert.equal((await client.patch(`${at}/status`, { status: 'packed' }, read)).status, 412)
    const now = { 'if-match': (await client.get(at)).headers.get('etag')! }
    assert.equal((await client.patch(`${at}/status`, { status: 'packed' }, now)).status, 200)
  })

  test('one product is what its list says, for its owner and for customers', async ({ assert }) => {
    const [listed] = (await client.get(path.replace(/\/[^/]+$/, ''))).body
    assert.deepEqual((await client.get(path)).body, listed)
    const customer = await ApiClient.of(await createUser())
    assert.deepEqual((await customer.get(path)).body, listed)
    const elsewhere = path.replace(product.shopId, (await createShop()).id)
    assert.equal((await customer.get(elsewhere)).status, 404)
  })
})
