import { test } from '@japa/runner'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'

test.group('API search', (group) => {
  let client: ApiClient

  group.each.setup(async () => {
    await emptyDatabase()
    client = await ApiClient.of(await createUser())
  })

  test('finds what a client that leaves fields empty asks for', async ({ assert }) => {
    const { shopId } = await createProduct({ name: 'Besan' })
    await createProduct({ name: 'Besan Laddu', shopId })
    await eventually(async () => {
      const { status, body } = await client.get('/api/search?q=besan&type=&city=&size=')
      assert.equal(status, 200)
      assert.equal(body.results.length, 2)
    })
  })

  test('shows how goods are sold, sorted by their price per kg, or from a country', async ({
    assert,
  }) => {
    const packed = { name: 'Besan fine', unit: '500 g', pricePaise: 5000, country: 'NP' }
    const { shopId, id } = await createProduct(packed)
    const loose = { name: 'Besan', soldAs: 'loose', unit: 'kg', stock: 2500 } as const
    const cheaper = await createProduct({ ...loose, shopId, pricePaise: 9000, country: 'IN' })
    const idsOf = async (query: string) => {
      const { status, body } = await client.get(`/api/search?q=besan&${query}`)
      assert.equal(status, 200)
      return body.results.map((hit: { id: string }) => hit.id)
    }
    await eventually(async () => {
      assert.deepEqual(await idsOf('order=comparison_price'), [cheaper.id, id])
      assert.deepEqual(await idsOf('order=price'), [id, cheaper.id])
      assert.deepEqual(await idsOf('order=country'), [cheaper.id, id])
      assert.deepEqual(await idsOf('country=NP'), [id])
      const { body } = await client.get('/api/search?q=besan&country=IN')
      assert.containSubset(body.results[0], {
        ...{ sold_as: 'loose', measure: 'weight', base_unit: 'g', unit: 'kg', net_quantity: 1000 },
        ...{ price: 90, comparison_price: 90, comparison_unit: 'kg', mrp: null, country: 'IN' },
        ...{ stock: 2.5, base_stock: 2500, smallest: 50, presets: [100, 250, 500, 1000] },
      })
    })
  })

  test('takes a comma as text, as axios sends it', async ({ assert }) => {
    for (const query of ['q=besan,atta', 'q=besan&city=Camp,Pune']) {
      assert.equal((await client.get(`/api/search?${query}`)).status, 200, query)
    }
  })

  test('names the field that makes no sense', async ({ assert }) => {
    for (const [query, field] of [
      ['q=', 'q'],
      ['q=%20', 'q'],
      ['q=besan&type=order', 'type'],
      ['q=besan&size=ten', 'size'],
      ['q=besan&country=XX', 'country'],
      ['q=besan&order=unit_price', 'order'],
    ]) {
      const { status, body } = await client.get(`/api/search?${query}`)
      assert.equal(status, 422, query)
      assert.equal(body.errors[0].field, field, query)
    }
  })
})
