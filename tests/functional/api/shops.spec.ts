import { openKhata } from '#tests/helpers/khatas'
import { test } from '@japa/runner'
import ShopSettings from '#models/shop_settings'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder, moveTo } from '#tests/helpers/orders'
import { standbyCaughtUp } from '#tests/helpers/standby'

test.group('API shops', (group) => {
  group.each.setup(emptyDatabase)

  test('customers see all shops, owners their own', async ({ assert }) => {
    const owner = await createOwner()
    const own = await createShop({ ownerId: owner.id, name: 'Apna Bazaar' })
    const other = await createShop({ name: 'Balaji Stores' })
    const customer = await ApiClient.of(await createUser())
    const { status, body } = await customer.get('/api/shops/')
    assert.equal(status, 200)
    assert.deepEqual(
      body.map(({ id }: { id: string }) => id),
      [own.id, other.id]
    )
    assert.containSubset(body[0], { name: 'Apna Bazaar', owner: owner.username, city: 'Indore' })
    const mine = await (await ApiClient.of(owner)).get('/api/shops')
    assert.deepEqual(
      mine.body.map(({ id }: { id: string }) => id),
      [own.id]
    )
  })

  test('one says what a delivery to a PIN code costs, and whether there is one', async ({
    assert,
  }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    await ShopSettings.create({
      ...{ shopId: shop.id, deliveryFeePaise: 2_050, freeDeliveryFromPaise: 50_000 },
      ...{ minimumOrderPaise: 10_000, deliveryArea: 'kilometres', deliveryKilometres: 20 },
    })
    await standbyCaughtUp()
    for (const user of [owner, await createUser()]) {
      const client = await ApiClient.of(user)
      const path = `/api/shops/${shop.id}`
      const reached = async (qs = '') => (await client.get(path + qs)).body.delivery
      const terms = { fee: 20.5, free_from: 500, minimum_order: 100 }
      await eventually(async () =>
        assert.deepEqual(await reached(), { ...terms, reaches_pin_code: null })
      )
      assert.isTrue((await reached('?pin_code=452010')).reaches_pin_code)
      assert.isFalse((await reached('?pin_code=482001')).reaches_pin_code)
      const wrong = await client.get(`${path}?pin_code=4520`)
      assert.deepEqual([wrong.status, wrong.body.errors[0].field], [422, 'pin_code'])
    }
  })

  test('an owner opens a shop with a form and deletes it', async ({ assert }) => {
    const client = await ApiClient.of(await createOwner())
    const { status, body } = await client.post('/api/shops/', {
      form: { name: 'Apna', city: 'Pune' },
    })
    assert.equal(status, 200)
    assert.containSubset((await client.get(`/api/shops/${body.id}`)).body, {
      name: 'Apna',
      city: 'Pune',
    })
    assert.equal((await client.delete(`/api/shops/${body.id}/`)).status, 204)
    const gone = await client.get(`/api/shops/${body.id}`)
    assert.equal(gone.status, 404)
    assert.equal(gone.body.detail, 'Shop not found')
  })

  test('a shop that has orders is closed: out of the lists, and there for its owner', async ({
    assert,
  }) => {
    const owner = await createOwner()
    const product = await createProduct({
      shopId: (await createShop({ ownerId: owner.id })).id,
      name: 'Besan',
    })
    const buyer = await createUser()
    await moveTo(await createOrder({ customer: buyer, product }), 'delivered', owner)
    const [client, customer] = [await ApiClient.of(owner), await ApiClient.of(buyer)]
    const path = `/api/shops/${product.shopId}`
    assert.equal((await customer.get(path)).status, 200)

    assert.equal((await client.delete(path)).status, 204)
    assert.equal((await client.delete(path)).status, 204)
    assert.isEmpty((await client.get('/api/shops')).body)
    assert.equal((await client.get(path)).status, 200)
    assert.lengthOf((await client.get(`${path}/products`)).body, 1)
    await eventually(async () => {
      assert.isEmpty((await customer.get('/api/shops')).body)
      assert.equal((await customer.get(path)).status, 404)
      assert.equal((await customer.get(`${path}/products`)).status, 404)
      assert.isEmpty((await customer.get('/api/search?q=besan')).body.results)
    })
  })

  test('a khata that is not settled keeps a shop, an empty one does not', async ({ assert }) => {
    const owner = await createOwner()
    const client = await ApiClient.of(owner)
    const customer = await createUser()
    const { id: shopId } = await createShop({ ownerId: owner.id })
    const product = await createProduct({ shopId, pricePaise: 10_000 })
    const khata = await openKhata(shopId, customer, 50_000)
    const order = await createOrder({ customer, product, paymentMethod: 'khata' })
    await moveTo(order, 'delivered', owner)
    const refused = await client.delete(`/api/shops/${shopId}`)
    assert.equal(refused.status, 409)
    assert.equal(refused.body.detail, 'The shop has a khata that is not settled')
    await khata.settle(10_000, 'cash', owner, null)
    assert.equal((await client.delete(`/api/shops/${shopId}`)).status, 204)

    const { id } = await createShop({ ownerId: owner.id })
    await openKhata(id, customer, 50_000)
    assert.equal((await client.delete(`/api/shops/${id}`)).status, 204)
    assert.equal((await client.get(`/api/shops/${id}`)).status, 404)
  })

  test('a customer can open no shop', async ({ assert }) => {
    const client = await ApiClient.of(await createUser())
    const { status, body } = await client.post('/api/shops/', { form: { name: 'A', city: 'Pune' } })
    assert.equal(status, 403)
    assert.equal(body.detail, 'Only shop owners can create shops')
  })

  test('following the Link header leads through all shops once, also while one is added', async ({
    assert,
  }) => {
    for (const name of ['Apna', 'Balaji', 'Chetan', 'Durga', 'Ekta']) await createShop({ name })
    const client = await ApiClient.of(await createUser())
    const seen: string[] = []
    for (let path: string | undefined = '/api/shops/?limit=2'; path;) {
      const { body, headers } = await client.get(path)
      seen.push(...body.map(({ name }: { name: string }) => name))
      assert.include(headers.get('link'), '</api/shops/?limit=2>; rel="first"')
      path = /<([^>]+)>; rel="next"/.exec(headers.get('link')!)?.[1]
      if (seen.length === 2) await createShop({ name: 'Aarti' })
    }
    assert.deepEqual(seen, ['Apna', 'Balaji', 'Chetan', 'Durga', 'Ekta'])
  })

  test('a cursor that no Link header gave is refused', async ({ assert }) => {
    const client = await ApiClient.of(await createUser())
    const { status, body } = await client.get('/api/shops/?cursor=nonsense')
    assert.equal(status, 422)
    assert.equal(body.errors[0].field, 'cursor')
  })

  test('an empty cursor is the first page, and an empty limit the usual one', async ({
    assert,
  }) => {
    for (const name of ['Apna', 'Balaji']) await createShop({ name })
    const client = await ApiClient.of(await createUser())
    const { status, body } = await client.get('/api/shops/?cursor=&limit=')
    assert.equal(status, 200)
    assert.lengthOf(body, 2)
  })

  test('what the client has already is not sent again', async ({ assert }) => {
    const product = await createProduct({ pricePaise: 5200 })
    const client = await ApiClient.of(await createUser())
    for (const path of ['/api/shops/', `/api/shops/${product.shopId}`, '/api/me']) {
      const first = await client.get(path)
      const headers = { 'if-none-match': first.headers.get('etag')! }
      assert.equal((await client.get(path, { headers })).status, 304, path)
    }
    const path = `/api/shops/${product.shopId}/products/`
    const headers = { 'if-none-match': (await client.get(path)).headers.get('etag')! }
    assert.equal((await client.get(path, { headers })).status, 304)
    const owner = await ApiClient.of(
      (await product.related('shop').query().preload('owner').firstOrFail()).owner
    )
    await owner.put(`/api/shops/${product.shopId}/products/${product.id}/`, {
      name: 'Besan',
      price: 60,
    })
    const after = await owner.get(path, { headers })
    assert.equal(after.status, 200)
    assert.equal(after.body[0].price, 60)
  })
})
