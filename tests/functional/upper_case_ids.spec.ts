import { test } from '@japa/runner'
import { issueToken } from '#api/token_users'
import OrderItem from '#models/order_item'
import type Product from '#models/product'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

test.group('An id in upper case', (group) => {
  let owner: User
  let product: Product
  let visitor: Visitor
  let id: string
  let shopId: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan', stock: 20 })
    id = product.id.toUpperCase()
    shopId = product.shopId.toUpperCase()
    visitor = await loggedIn(await createUser())
  })

  const send = async (method: string, path: string, values: Record<string, string> = {}) => {
    const body = new URLSearchParams(values)
    return visitor.request(method, path, body)
  }

  const lines = async () => {
    const { $ } = await visitor.visit('/cart')
    return $('.stepper .quantity')
      .map((_, line) => Number($(line).text().replace(/\D/g, '')))
      .get()
  }

  test('is the same line of the cart, however it is put there, changed and removed', async ({
    assert,
  }) => {
    await send('POST', '/cart/items', { product_id: product.id })
    await send('POST', '/cart/items', { product_id: id })
    await send('POST', '/cart/items', { product_id: id, buy_now: '1' })
    assert.lengthOf(await lines(), 1)
    await send('PUT', `/cart/items/${id}`, { quantity: '5' })
    assert.deepEqual(await lines(), [5])
    await send('DELETE', `/cart/items/${id}`)
    assert.deepEqual(await lines(), [])
  })

  test('is ordered from the cart, once, and is in the cart no more', async ({ assert }) => {
    await send('POST', '/cart/items', { product_id: product.id })
    await visitor.visit(`/shops/${shopId}/checkout`)
    const { action, fields } = visitor.form('#checkout-form')
    const both = new URLSearchParams(fields)
    for (const [name, value] of fields) {
      if (name.startsWith('items[0]')) both.set(name.replace('0', '1'), value)
    }
    const key = [...both.keys()].find((name) => name.endsWith('[product_id]'))!
    both.set(key, id)
    assert.equal((await visitor.request('POST', action, both)).status, 422)
    fields.set(key, id)
    await visitor.request('POST', action, fields)
    const items = await OrderItem.all()
    assert.deepEqual(
      items.map(({ productId }) => productId),
      [product.id]
    )
    assert.equal((await product.refresh()).stock, 19)
    assert.deepEqual(await lines(), [])
  })

  test('is one line of an order through the API', async ({ assert }) => {
    const client = await ApiClient.of(await createUser())
    const items = [{ product_id: product.id }, { product_id: id }]
    const { status, body } = await client.post('/api/orders', { json: { shop_id: shopId, items } })
    assert.equal(status, 201)
    assert.lengthOf(body.items, 1)
    assert.equal(body.items[0].quantity, 2)
    assert.equal((await product.refresh()).stock, 18)
    assert.equal((await client.get(`/api/orders/${body.id.toUpperCase()}`)).body.id, body.id)
  })

  test('is the same shop for customers, whose page is never older for it', async ({ assert }) => {
    const client = await ApiClient.of(owner)
    const customer = await ApiClient.of(await createUser())
    const list = async (at: string) => (await customer.get(`/api/shops/${at}/products`)).body[0]
    await list(shopId)
    assert.equal((await visitor.visit(`/shops/${shopId}`)).status, 200)
    const path = `/api/shops/${shopId}/products/${id}`
    assert.equal((await client.put(path, { name: 'Besan', price: 61 })).status, 200)
    assert.equal((await client.get(path)).body.id, product.id)
    assert.equal((await list(shopId)).shop_id, product.shopId)
    const own = await loggedIn(owner)
    assert.equal((await own.visit(`/owner/shops/${shopId}/products/${id}/edit`)).status, 200)
  })

  test('of an item is left out of the order', async ({ assert }) => {
    const other = await createProduct({ shopId: product.shopId })
    const client = await ApiClient.of(await createUser())
    const items = [{ product_id: product.id }, { product_id: other.id }]
    const placed = await client.post('/api/orders', { json: { shop_id: shopId, items } })
    const [item] = await OrderItem.query().where('product_id', product.id)
    visitor = await loggedIn(owner)
    const at = `/owner/orders/${placed.body.id.toUpperCase()}/left-out-items`
    await send('POST', at, { item_id: item.id.toUpperCase() })
    assert.isFalse((await item.refresh()).available)
  })

  test('of a token is revoked with it', async ({ assert }) => {
    const user = await createUser()
    const token = (await issueToken(user)).value!.release()
    const [, part, secret] = /^kirana_([^.]+)\.(.+)$/.exec(token)!
    const upper = Buffer.from(Buffer.from(part, 'base64url').toString().toUpperCase())
    const twin = new ApiClient(`kirana_${upper.toString('base64url')}.${secret}`)
    assert.equal((await twin.get('/api/me')).status, 200)
    await new ApiClient(token).delete('/api/token')
    assert.equal((await twin.get('/api/me')).status, 401)
  })

  test('that is none is not found', async ({ assert }) => {
    const none = 'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz'
    assert.equal((await visitor.visit(`/shops/${none}`)).status, 404)
    assert.equal((await visitor.visit(`/orders/${none}`)).status, 404)
    assert.equal((await (await ApiClient.of(owner)).get(`/api/shops/${none}`)).status, 404)
  })
})
