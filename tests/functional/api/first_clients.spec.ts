import { test } from '@japa/runner'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'

/** The requests of the first clients, which know no measure: `quantity`, `stock` and `price` mean the price unit. */
test.group('The first clients of the API', (group) => {
  group.each.setup(emptyDatabase)

  async function register(role: 'shopowner' | 'customer') {
    const account = { username: role, password: 'Pass@1234', role, full_name: 'Asha Verma' }
    const json = { ...account, address: '12 MG Road, Indore 452001', mobile: '9876543210' }
    const registered = await new ApiClient().post('/api/register', { json })
    const form = { username: role, password: 'Pass@1234' }
    const { body } = await new ApiClient().post('/api/token', { form })
    return { msg: registered.body.msg, client: new ApiClient(body.access_token) }
  }

  test('open a shop, add products, search and order as ever', async ({ assert }) => {
    const { msg, client: owner } = await register('shopowner')
    assert.equal(msg, 'User registered successfully')
    assert.equal((await owner.get('/api/me')).body.role, 'shopowner')
    const shop = (await owner.post('/api/shops/', { json: { name: 'Apna', city: 'Pune' } })).body
    const products = `/api/shops/${shop.id}/products/`
    const { status, body: besan } = await owner.post(products, {
      json: { name: 'Besan', price: 52.5 },
    })
    assert.equal(status, 201)
    assert.containSubset(besan, { name: 'Besan', price: 52.5, unit: '1 piece', stock: 1000 })
    const rice = await owner.post(products, {
      json: { name: 'Rice', price: 99, unit: '1 kg', stock: 12 },
    })
    assert.containSubset(rice.body, { unit: '1 kg', stock: 12 })
    const at = `${products}${besan.id}/`
    assert.containSubset((await owner.put(at, { name: 'Besan', price: 60 })).body, { price: 60 })
    assert.equal((await owner.patch(at, { stock_change: -10 })).body.stock, 990)

    const { client } = await register('customer')
    assert.equal((await client.get('/api/shops/')).body[0].id, shop.id)
    assert.equal((await client.get(`/api/shops/${shop.id}`)).body.city, 'Pune')
    assert.lengthOf((await client.get(products)).body, 2)
    await eventually(async () => {
      const { body } = await client.get('/api/search?q=besan&type=all&size=20')
      assert.containSubset(body.results[0], { _index: 'kirana-products', _id: besan.id, price: 60 })
    })
    const items = [{ product_id: besan.id, quantity: 2 }, { product_id: rice.body.id }]
    const placed = await client.post('/api/orders', { json: { shop_id: shop.id, items } })
    assert.equal(placed.status, 201)
    assert.equal(placed.body.total_amount, 219)
    assert.sameMembers(
      placed.body.items.map((item: { quantity: number }) => item.quantity),
      [2, 1]
    )
    for (const next of ['confirmed', 'packed', 'shipped', 'delivered']) {
      const moved = await owner.patch(`/api/orders/${placed.body.id}/status`, { status: next })
      assert.equal(moved.body.status, next)
    }
    assert.equal((await client.get('/api/orders/me')).body[0].total_amount, 219)
    assert.equal((await owner.get(at)).body.stock, 988)
  })

  test('send back what they read with a field of their own changed', async ({ assert }) => {
    const { client: owner } = await register('shopowner')
    const shop = (await owner.post('/api/shops/', { form: { name: 'Apna', city: 'Pune' } })).body
    const products = `/api/shops/${shop.id}/products/`
    const json = { name: 'Rice', price: 99, unit: '1 kg', stock: 12 }
    const read = (await owner.post(products, { json })).body
    for (const change of [{ price: 120 }, { stock: 7 }, { unit: '5 kg' }, { unit: 'Sack' }]) {
      const before = (await owner.get(`${products}${read.id}`)).body
      const { status, body } = await owner.put(`${products}${read.id}`, { ...before, ...change })
      assert.equal(status, 200, JSON.stringify(body))
      assert.containSubset(body, change)
    }
  })
})
