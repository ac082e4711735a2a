import { test } from '@japa/runner'
import { ApiClient } from '#tests/helpers/api_client'
import { stateTaxScheme } from '#tests/helpers/bills'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'

test.group('API bills', (group) => {
  group.each.setup(emptyDatabase)

  test('agree with the order to the paisa', async ({ assert }) => {
    const owner = await createOwner()
    const { id: shopId } = await createShop({ ownerId: owner.id })
    await stateTaxScheme(shopId, 'regular')
    const tax = { hsnCode: '0713', gstBasisPoints: 500 }
    const loose = { soldAs: 'loose', unit: 'kg', pricePaise: 12_345, stock: 5000 } as const
    const dal = await createProduct({ shopId, name: 'Toor dal', ...loose, ...tax })
    const client = await ApiClient.of(await createUser())
    const asOwner = await ApiClient.of(owner)
    const items = [{ product_id: dal.id, quantity: 0.25 }]
    const placed = await client.post('/api/orders', { json: { shop_id: shopId, items } })
    const at = `/api/orders/${placed.body.id}`
    assert.equal((await client.get(`${at}/bill`)).status, 404)
    for (const status of ['confirmed', 'packed', 'shipped', 'delivered']) {
      await asOwner.patch(`${at}/status`, { status })
    }
    const { body: order } = await client.get(at)
    const { status, body: bill } = await client.get(`${at}/bill`)
    assert.equal(status, 200)
    assert.equal(bill.kind, 'tax_invoice')
    assert.containSubset(bill, { order_id: order.id, total_amount: 30.86, cancelled_at: null })
    assert.containSubset(bill.lines[0], {
      ...{ name: 'Toor dal', hsn_code: '0713', gst_rate: 5, unit_price: 123.45 },
      ...{ quantity: 0.25, base_quantity: 250, line_total: order.items[0].line_total },
    })
    assert.equal(bill.cgst, bill.sgst)
    const paise = (rupees: number) => Math.round(rupees * 100)
    const parts = [bill.taxable_value, bill.cgst, bill.sgst, bill.igst].map(paise)
    assert.equal(
      parts.reduce((sum, part) => sum + part),
      paise(order.total_amount)
    )
    assert.deepEqual((await asOwner.get(`${at}/bill`)).body, bill)
    const stranger = await ApiClient.of(await createUser())
    assert.equal((await stranger.get(`${at}/bill`)).status, 404)
  })
})
