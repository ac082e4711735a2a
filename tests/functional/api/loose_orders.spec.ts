import { test } from '@japa/runner'
import type Product from '#models/product'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser } from '#tests/helpers/factories'

test.group('API orders of loose goods', (group) => {
  let dal: Product
  let besan: Product
  let client: ApiClient

  group.each.setup(async () => {
    await emptyDatabase()
    const loose = { soldAs: 'loose', measure: 'weight', unit: 'kg', netQuantity: 1000 } as const
    dal = await createProduct({ name: 'Toor dal', pricePaise: 12_345, stock: 150_000, ...loose })
    besan = await createProduct({ name: 'Besan', pricePaise: 5250, shopId: dal.shopId, stock: 10 })
    client = await ApiClient.of(await createUser())
  })

  const order = (...items: object[]) =>
    client.post('/api/orders', { json: { shop_id: dal.shopId, items } })

  test('take a quantity in price units or in base units', async ({ assert }) => {
    for (const item of [{ quantity: 0.25 }, { base_quantity: 250 }]) {
      const { status, body } = await order({ product_id: dal.id, ...item })
      assert.equal(status, 201)
      assert.containSubset(body.items[0], {
        ...{ sold_as: 'loose', measure: 'weight', base_unit: 'g', unit: 'kg', net_quantity: 1000 },
        ...{ unit_price: 123.45, quantity: 0.25, base_quantity: 250, line_total: 30.86 },
        ...{ packed_quantity: null, base_packed_quantity: null, asked_quantity: null },
      })
      assert.equal(body.total_amount, 30.86)
      assert.deepEqual((await client.get(`/api/orders/${body.id}`)).body.items, body.items)
    }
    assert.equal((await dal.refresh()).stock, 149_500)
  })

  test('are one price unit without a quantity, and add up by product', async ({ assert }) => {
    const { body } = await order(
      { product_id: dal.id },
      { product_id: besan.id, quantity: 2 },
      { product_id: dal.id, base_quantity: 5 }
    )
    assert.lengthOf(body.items, 2)
    const line = body.items.find((item: { product_id: string }) => item.product_id === dal.id)
    assert.containSubset(line, { quantity: 1.005, base_quantity: 1005, line_total: 124.07 })
    assert.equal(body.total_amount, 229.07)
  })

  test('are refused with 400 when they can never be', async ({ assert }) => {
    for (const [item, field, message] of [
      [{ product_id: dal.id, quantity: 0.2505 }, 'items.0.quantity', /whole number of g/],
      [{ product_id: besan.id, quantity: 1.5 }, 'items.0.quantity', /whole number of packs/],
      [
        { product_id: dal.id, quantity: 0.25, base_quantity: 25 },
        'items.0.base_quantity',
        /differ/,
      ],
      [{ product_id: dal.id, quantity: 99.5 }, 'items.0.quantity', /99/],
      [{ product_id: dal.id, base_quantity: 0 }, 'items.0.base_quantity', /1/],
      [{ product_id: dal.id, base_quantity: 49 }, undefined, /^Toor dal is sold from 50 g$/],
      [{ product_id: besan.id, base_quantity: 100 }, undefined, /at most 99 of one product$/],
    ] as [object, string | undefined, RegExp][]) {
      const { status, body } = await order(item)
      assert.equal(status, 400, JSON.stringify(item))
      assert.equal(body.errors[0]?.field, field)
      assert.match(body.detail, message)
    }
    const half = { product_id: dal.id, quantity: 60 }
    const { status, body } = await order(half, half)
    assert.equal(status, 400)
    assert.equal(body.detail, 'An order takes at most 99 kg of one product')
    assert.equal((await dal.refresh()).stock, 150_000)
  })

  test('are refused with 409 when there is too little, or a kg has become dearer', async ({
    assert,
  }) => {
    await dal.merge({ stock: 1250 }).save()
    const short = await order({ product_id: dal.id, quantity: 1.3 })
    assert.equal(short.status, 409)
    assert.equal(short.body.detail, 'Only 1.25 kg of Toor dal left')
    const dearer = await order({ product_id: dal.id, quantity: 0.25, unit_price: 123.44 })
    assert.equal(dearer.status, 409)
    assert.equal(dearer.body.detail, 'Toor dal costs ₹123.45 now')
  })

  test('are placed once with their key, whichever unit they are in', async ({ assert }) => {
    const send = (item: object) => {
      const json = { shop_id: dal.shopId, items: [{ product_id: dal.id, ...item }] }
      return client.post('/api/orders', { json, headers: { 'idempotency-key': 'dal-250' } })
    }
    const first = await send({ quantity: 0.25 })
    assert.equal((await send({ quantity: 0.25 })).body.id, first.body.id)
    assert.equal((await send({ quantity: 0.5 })).status, 422)
    assert.equal((await send({ base_quantity: 500 })).status, 422)
    assert.equal((await dal.refresh()).stock, 149_750)
  })
})
