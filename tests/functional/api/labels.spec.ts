import { test } from '@japa/runner'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createShop, createUser } from '#tests/helpers/factories'

const LABEL = {
  country: 'IN',
  maker: 'Rajdhani Flour Mills',
  maker_address: 'Lawrence Road, Delhi 110035',
  best_before: '2027-03-31',
  diet: 'veg',
  hsn_code: '1106',
  gst_rate: 0.25,
}
const NONE = Object.fromEntries(Object.keys(LABEL).map((name) => [name, null]))

test.group('API labels', (group) => {
  let client: ApiClient
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    client = await ApiClient.of(owner)
    path = `/api/shops/${(await createShop({ ownerId: owner.id })).id}/products`
  })

  test('are kept, changed and emptied field by field', async ({ assert }) => {
    const json = { name: 'Besan', price: 52, unit: '500 g' }
    const { body: besan } = await client.post(path, { json: { ...json, ...LABEL } })
    assert.containSubset(besan, LABEL)
    const at = `${path}/${besan.id}`
    assert.deepEqual((await client.put(at, json)).body, besan)
    assert.deepEqual((await client.put(at, besan)).body, besan)
    assert.containSubset((await client.patch(at, { gst_rate: 18 })).body, {
      ...LABEL,
      gst_rate: 18,
    })
    assert.isNull((await client.patch(at, { maker: '' })).body.maker)
    const customer = await ApiClient.of(await createUser())
    await eventually(async () => {
      assert.containSubset((await customer.get(path)).body[0], { country: 'IN', gst_rate: 18 })
    })
    assert.containSubset((await client.patch(at, NONE)).body, NONE)
    await eventually(async () => assert.containSubset((await customer.get(at)).body, NONE))
  })

  test('are not made up', async ({ assert }) => {
    const { body } = await client.post(path, { json: { name: 'Besan', price: 52 } })
    assert.containSubset(body, NONE)
  })

  test('take what there is, and nothing else', async ({ assert }) => {
    for (const [field, value] of [
      ['country', 'in'],
      ['country', 'XX'],
      ['country', 'India'],
      ['maker', 'x'.repeat(121)],
      ['maker_address', 'x'.repeat(301)],
      ['best_before', '31-03-2027'],
      ['best_before', '2027-02-30'],
      ['best_before', '0001-01-01'],
      ['diet', 'vegan'],
      ['hsn_code', '11061'],
      ['hsn_code', 1106],
      ['gst_rate', 7],
      ['gst_rate', '5'],
    ] as const) {
      const json = { name: 'Besan', price: 52, [field]: value }
      const { status, body } = await client.post(path, { json })
      assert.equal(status, 422, `${field} ${value}`)
      assert.equal(body.errors[0].field, field)
    }
  })
})
