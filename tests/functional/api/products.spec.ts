import { test } from '@japa/runner'
import type User from '#models/user'
import Product from '#models/product'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'

test.group('API products', (group) => {
  let owner: User
  let client: ApiClient
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    client = await ApiClient.of(owner)
    path = `/api/shops/${(await createShop({ ownerId: owner.id })).id}/products/`
  })

  test('an owner adds, changes and deletes a product', async ({ assert }) => {
    const { status, body } = await client.post(path, { json: { name: 'Besan', price: 52.5 } })
    assert.equal(status, 201)
    assert.containSubset(body, { name: 'Besan', price: 52.5 })
    const changed = await client.put(`${path}${body.id}/`, { name: 'Besan fine', price: 60 })
    assert.equal(changed.status, 200)
    const { body: list } = await client.get(path)
    assert.lengthOf(list, 1)
    assert.containSubset(list[0], { id: body.id, name: 'Besan fine', price: 60, stock: body.stock })
    assert.equal((await client.delete(`${path}${body.id}/`)).status, 204)
    assert.deepEqual((await client.get(path)).body, [])
  })

  test('every price of two digits is kept to the paisa', async ({ assert }) => {
    for (const price of [0.01, 0.29, 1.1, 19.99, 1.15, 4.35, 999_999.99, 1_000_000]) {
      const { status, body } = await client.post(path, { json: { name: `At ${price}`, price } })
      assert.equal(status, 201, String(price))
      const product = await Product.findOrFail(body.id)
      assert.equal(product.pricePaise, Number((price * 100).toFixed(0)))
      assert.equal(body.price, price)
    }
  })

  test('other prices are refused', async ({ assert }) => {
    for (const price of [0, -1, 0.001, 52.505, 1_000_001, '52', null, Number.MAX_VALUE]) {
      const { status, body } = await client.post(path, { json: { name: 'Besan', price } })
      assert.equal(status, 422, String(price))
      assert.equal(body.errors[0].field, 'price')
    }
  })

  test('what a change leaves out stays as it is', async ({ assert }) => {
    const product = await createProduct({ shopId: path.split('/')[3], nameHi: 'बेसन', stock: 7 })
    const json = { name: product.name, price: 61 }
    await client.put(`${path}${product.id}`, json)
    await product.refresh()
    assert.containSubset(product.details, { nameHi: 'बेसन', stock: 7, pricePaise: 6100 })
  })

  test('null or an empty text is as good as leaving it out', async ({ assert }) => {
    const nothing = { name_hi: '', category: null, unit: null, stock: null }
    const made = await client.post(path, { json: { name: 'Besan', price: 52, ...nothing } })
    assert.equal(made.status, 201)
    assert.equal(made.body.unit, '1 piece')
    const product = { name: 'Besan', price: 53, unit: '500 g', stock: 7 }
    await client.put(`${path}${made.body.id}`, product)
    const { status, body } = await client.put(`${path}${made.body.id}`, { ...product, unit: null })
    assert.equal(status, 200)
    assert.containSubset(body, { unit: '500 g', stock: 7 })
  })

  test('a brand is kept, changed and found, and has at most 60 characters', async ({ assert }) => {
    const besan = { name: 'Besan', price: 52 }
    assert.isNull((await client.post(path, { json: { ...besan, name: 'Loose' } })).body.brand)
    const made = await client.post(path, { json: { ...besan, brand: ' Rajdhani ' } })
    assert.equal(made.body.brand, 'Rajdhani')
    const one = `${path}${made.body.id}`
    assert.equal((await client.put(one, besan)).body.brand, 'Rajdhani')
    assert.equal((await client.put(one, { ...besan, brand: 'Fortune' })).body.brand, 'Fortune')
    const { body } = await client.get('/api/search?q=besan&type=product')
    assert.equal(body.results[0].brand, 'Fortune')
    const long = await client.put(one, { ...besan, brand: '😀'.repeat(61) })
    assert.equal(long.status, 422)
    assert.equal(long.body.errors[0].field, 'brand')
    assert.equal((await client.put(one, { ...besan, brand: '😀'.repeat(60) })).status, 200)
  })

  test('a name that the shop has already is refused', async ({ assert }) => {
    await client.post(path, { json: { name: 'Besan', price: 52 } })
    const { status, body } = await client.post(path, { json: { name: 'besan', price: 52 } })
    assert.equal(status, 409)
    assert.equal(body.detail, 'This shop already has a product with this name')
  })

  test('customers see the products of any shop', async ({ assert }) => {
    const product = await createProduct()
    const customer = await ApiClient.of(await createUser())
    const { body } = await customer.get(`/api/shops/${product.shopId}/products`)
    assert.containSubset(body[0], { id: product.id, shop_id: product.shopId, price: 52 })
    const unknown = await customer.get(`/api/shops/${product.id}/products`)
    assert.equal(unknown.status, 404)
  })
})
