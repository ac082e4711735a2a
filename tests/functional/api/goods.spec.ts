import { test } from '@japa/runner'
import Product from '#models/product'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createShop, createUser } from '#tests/helpers/factories'

const LOOSE = { name: 'Toor dal', price: 120, sold_as: 'loose', measure: 'weight', stock: 20.5 }

test.group('API goods', (group) => {
  let owner: User
  let client: ApiClient
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    client = await ApiClient.of(owner)
    path = `/api/shops/${(await createShop({ ownerId: owner.id })).id}/products`
  })

  const add = async (json: object) => (await client.post(path, { json })).body

  test('are packed with what a unit alone says', async ({ assert }) => {
    const besan = await add({ name: 'Besan', price: 52.5, unit: '500 g' })
    const said = { sold_as: 'packed', measure: 'weight', net_quantity: 500, base_unit: 'pack' }
    assert.containSubset(besan, { ...said, stock: 1000, base_stock: 1000 })
    assert.containSubset(besan, { smallest: null, step: null, presets: null, mrp: null })
    assert.containSubset(besan, { comparison_price: 105, comparison_unit: 'kg' })
    const unknown = await add({ name: 'Masala', price: 80, unit: 'Family pack' })
    assert.containSubset(unknown, { measure: 'pieces', net_quantity: 1, unit: 'Family pack' })
    assert.containSubset(unknown, { comparison_price: 80, comparison_unit: 'piece' })
  })

  test('are loose in price units and in base units', async ({ assert }) => {
    const dal = await add(LOOSE)
    assert.containSubset(dal, { unit: 'kg', net_quantity: 1000, base_unit: 'g', price: 120 })
    assert.containSubset(dal, { stock: 20.5, base_stock: 20_500, comparison_price: 120 })
    assert.containSubset(dal, { smallest: 50, step: 50, presets: [100, 250, 500, 1000] })
    assert.equal((await Product.findOrFail(dal.id)).stock, 20_500)
    const eggs = await add({
      name: 'Eggs',
      price: 84,
      sold_as: 'loose',
      unit: 'dozen',
      base_stock: 7,
    })
    assert.containSubset(eggs, {
      measure: 'pieces',
      base_unit: 'piece',
      stock: 7 / 12,
      base_stock: 7,
    })
    assert.containSubset(eggs, { comparison_price: 7, comparison_unit: 'piece' })
    const uncounted = await add({ ...LOOSE, name: 'Chana dal', stock: null })
    assert.containSubset(uncounted, { stock: 1000, base_stock: 1_000_000 })
  })

  test('have a comparison price that is rounded half up', async ({ assert }) => {
    const besan = await add({ name: 'Besan', price: 0.01, measure: 'weight', net_quantity: 2000 })
    assert.equal(besan.comparison_price, 0.01)
    const rice = await add({ name: 'Rice', price: 100, measure: 'weight', net_quantity: 3000 })
    assert.equal(rice.comparison_price, 33.33)
  })

  test('have a stock to the gram, and no half one', async ({ assert }) => {
    const { id } = await add(LOOSE)
    const at = `${path}/${id}`
    for (const [json, base] of [
      [{ stock_change: -0.25 }, 20_250],
      [{ base_stock_change: 5 }, 20_255],
      [{ base_stock: 12_505 }, 12_505],
      [{ stock: 0.25 }, 250],
      [{ stock: 1, base_stock_change: -999 }, 1],
    ] as const) {
      const { body } = await client.patch(at, json)
      assert.equal(body.base_stock, base, JSON.stringify(json))
      assert.equal(body.stock, base / 1000)
    }
    for (const json of [{ stock: 0.2505 }, { stock_change: 0.0001 }, { base_stock: 0.5 }]) {
      const { status, body } = await client.patch(at, json)
      assert.equal(status, 422, JSON.stringify(json))
      assert.equal(body.errors[0].field, Object.keys(json)[0])
    }
    assert.equal((await Product.findOrFail(id)).stock, 1)
  })

  test('change their measure only with their stock', async ({ assert }) => {
    const { id } = await add({ name: 'Besan', price: 52, unit: '500 g', stock: 10 })
    const at = `${path}/${id}`
    const refused = await client.patch(at, { sold_as: 'loose' })
    assert.equal(refused.status, 422)
    assert.equal(refused.body.errors[0].field, 'stock')
    const { body } = await client.patch(at, { sold_as: 'loose', stock: 5 })
    assert.containSubset(body, { sold_as: 'loose', unit: 'kg', stock: 5, base_stock: 5000 })
    assert.equal((await client.patch(at, { measure: 'volume' })).status, 422)
    const oil = (await client.patch(at, { measure: 'volume', base_stock: 300 })).body
    assert.containSubset(oil, { unit: 'l', base_unit: 'ml', stock: 0.3 })
    const packed = (await client.patch(at, { sold_as: 'packed', unit: '1 l', stock: 3 })).body
    assert.containSubset(packed, {
      unit: '1 l',
      net_quantity: 1000,
      base_unit: 'pack',
      presets: null,
    })
  })

  test('are as good as before without fields that are null', async ({ assert }) => {
    const nothing = {
      ...{ sold_as: null, measure: null, net_quantity: null, mrp: null, base_stock: null },
      ...{ stock: null, smallest: null, step: null, presets: null },
    }
    const besan = await add({ name: 'Besan', price: 52, unit: '500 g', ...nothing })
    assert.containSubset(besan, { sold_as: 'packed', net_quantity: 500, stock: 1000, mrp: null })
    const { id, ...dal } = await add(LOOSE)
    const changes = { ...nothing, stock_change: null, base_stock_change: null }
    assert.deepEqual((await client.patch(`${path}/${id}`, changes)).body, { id, ...dal })
  })

  test('sent back as they were read change in what differs', async ({ assert }) => {
    for (const json of [LOOSE, { name: 'Besan', price: 52, unit: '500 g', stock: 10, mrp: 60 }]) {
      const read = await add(json)
      const at = `${path}/${read.id}`
      assert.deepEqual((await client.put(at, read)).body, read)
      const { body } = await client.put(at, { ...read, stock: 46, price: 55 })
      assert.containSubset(body, { stock: 46, price: 55, mrp: read.mrp, presets: read.presets })
    }
  })

  test('cost no more than their MRP', async ({ assert }) => {
    const refused = await client.post(path, { json: { name: 'Ghee', price: 61, mrp: 60 } })
    assert.equal(refused.status, 422)
    assert.equal(refused.body.detail, 'The price is above the MRP of ₹60')
    const { id, mrp } = await add({ name: 'Ghee', price: 60, mrp: 60 })
    assert.equal(mrp, 60)
    for (const json of [{ price: 60.01 }, { mrp: 59.99 }]) {
      assert.equal((await client.patch(`${path}/${id}`, json)).status, 422, JSON.stringify(json))
    }
    const { body } = await client.patch(`${path}/${id}`, { price: 70, mrp: null })
    assert.containSubset(body, { price: 70, mrp: null })
  })

  test('are for customers what they are for their owner', async ({ assert }) => {
    const dal = await add(LOOSE)
    const customer = await ApiClient.of(await createUser())
    await eventually(async () => assert.deepEqual((await customer.get(path)).body, [dal]))
    await eventually(async () => {
      assert.deepEqual((await customer.get(`${path}/${dal.id}`)).body, dal)
    })
    await client.patch(`${path}/${dal.id}`, { step: 100 })
    await eventually(async () => assert.equal((await customer.get(path)).body[0].step, 100))
  })
})
