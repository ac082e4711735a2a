import { test } from '@japa/runner'
import type Product from '#models/product'
import { labelOf } from '#models/product_label'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const LABEL = {
  country: 'TH',
  maker: 'Bharat  Foods',
  maker_address: '7 Mill Road, Dewas 455001',
  best_before: '31-03-2027',
  diet: 'veg',
  hsn_code: '1106 10',
  gst: '5',
}

test.group('The label of a product in its form', (group) => {
  let product: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, pricePaise: 55_00, mrpPaise: 60_00 })
    visitor = await loggedIn(owner)
  })

  const save = async (values: Record<string, string>) => {
    await visitor.visit(`/owner/shops/${product.shopId}/products/${product.id}/edit`)
    return visitor.submit('#product-form', values)
  }

  test('is stored as people write it, and can be taken back', async ({ assert }) => {
    assert.equal((await save(LABEL)).status, 200)
    assert.deepEqual(labelOf(await product.refresh()), {
      country: 'TH',
      maker: 'Bharat Foods',
      makerAddress: '7 Mill Road, Dewas 455001',
      bestBefore: '2027-03-31',
      diet: 'veg',
      hsnCode: '110610',
      gstBasisPoints: 500,
    })
    await save(Object.fromEntries(Object.keys(LABEL).map((name) => [name, ''])))
    const emptied = Object.values(labelOf(await product.refresh()))
    assert.isTrue(emptied.every((part) => part === null))
  })

  test('is refused at the field, which is open then', async ({ assert }) => {
    const wrong = { country: 'XX', best_before: '31-02-2027', hsn_code: '10063', gst: '7' }
    for (const [field, text] of Object.entries({ ...wrong, diet: 'vegan' })) {
      const page = await save({ [field]: text })
      assert.equal(page.status, 422, field)
      const error = page.$(`#new-${field}-error`)
      assert.isNotEmpty(error.text(), field)
      assert.lengthOf(error.closest('details[open]'), 1, field)
    }
  })

  test('has an MRP that no price exceeds, whichever of the two is changed', async ({ assert }) => {
    for (const values of [{ price: '60.01' }, { mrp: '54.99' }, { price: '70', mrp: '65' }]) {
      const page = await save(values as Record<string, string>)
      assert.equal(page.status, 422)
      assert.include(page.$('#new-price-error').text(), 'above the MRP')
    }
    assert.equal((await save({ price: '60' })).status, 200)
    assert.equal((await product.refresh()).pricePaise, 60_00)
  })
})
