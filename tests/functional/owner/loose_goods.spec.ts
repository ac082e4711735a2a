import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Product from '#models/product'
import type Shop from '#models/shop'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const DAL = {
  name: 'Toor Dal',
  sold_as: 'loose',
  measure: 'weight',
  price: '120',
  stock: '12.5',
  unit: 'ignored',
  mrp: 'ignored',
}
const LOOSE = { soldAs: 'loose', measure: 'weight', unit: 'kg', pricePaise: 12_000 } as const

test.group('Goods that a shop sells loose', (group) => {
  let visitor: Visitor
  let shop: Shop

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
  })

  const add = async (values: Record<string, string> = {}) => {
    await visitor.visit(`/owner/shops/${shop.id}/products/create`)
    return visitor.submit(`form[action$="/owner/shops/${shop.id}/products"]`, { ...DAL, ...values })
  }

  const edit = async (product: Product, values: Record<string, string>) => {
    const path = `/owner/shops/${shop.id}/products/${product.id}`
    await visitor.visit(`${path}/edit`)
    const page = await visitor.submit(`form[action$="/products/${product.id}?_method=PUT"]`, values)
    await product.refresh()
    return page
  }

  const loose = (values: Partial<Product> = {}) => {
    return createProduct({ ...LOOSE, shopId: shop.id, stock: 12_500, ...values })
  }

  test('are added without JavaScript, with the standard amounts filled in', async ({ assert }) => {
    const page = await add()
    assert.equal(page.path, `/owner/shops/${shop.id}`)
    const product = await Product.firstOrFail()
    assert.containSubset(product.details, {
      ...LOOSE,
      netQuantity: 1_000,
      smallest: 50,
      step: 50,
      presets: [100, 250, 500, 1_000],
      stock: 12_500,
      mrpPaise: null,
    })
    assert.match(page.$(`#product-${product.id} .cost`).text(), /₹120\s+per kg/)
    assert.equal(page.$(`#stock-${product.id}`).val(), '12.5 kg')
  })

  for (const [measure, stock, unit, counts, presets] of [
    ['volume', '20 l', 'l', 20_000, [100, 250, 500, 1_000]],
    ['length', '50', 'm', 5_000, [50, 100, 200]],
    ['pieces', '30 pieces', 'dozen', 30, [6, 12]],
  ] as const) {
    test(`by ${measure} get the standard amounts of that`, async ({ assert }) => {
      await add({ measure, stock })
      const { details } = await Product.firstOrFail()
      assert.containSubset(details, { measure, unit, stock: counts })
      assert.deepEqual(details.presets, [...presets])
    })
  }

  test('have the amounts that were typed', async ({ assert }) => {
    await add({ smallest: '100 g', step: '0.1 kg', presets: '100 g, 200 g, 2 किलो' })
    const { smallest, step, presets } = await Product.firstOrFail()
    assert.deepEqual([smallest, step, presets], [100, 100, [100, 200, 2_000]])
  })

  for (const [field, value, message] of [
    ['smallest', '5 packets', 'Enter the smallest amount, for example 50 g, at most 99 kg'],
    ['smallest', '100 kg', 'at most 99 kg'],
    ['step', '0', 'Enter the step, for example 50 g'],
    ['presets', '100 g, some', 'for example 100 g, 250 g, 500 g, 1 kg'],
    ['presets', '20 g, 100 g', 'The smallest amount is 50 g'],
    ['presets', '1,2,3,4,5,6,7,8,9', 'at most 8 amounts'],
    ['stock', 'lots', 'for example 12.5 kg'],
    ['stock', '+5 kg', 'for example 12.5 kg'],
    ['stock', '100001', 'at most 100000 kg'],
    ['price', '0.05', ''],
  ] as const) {
    test(`refuse the ${field} "${value}" at the field`, async ({ assert }) => {
      const page = await add({ [field]: value })
      assert.equal(page.status, 422)
      const at = field === 'price' ? 'smallest' : field
      assert.include(page.$(`#new-${at}-error`).text(), message)
      assert.equal(page.$(`[name=${field}]`).val(), value)
      assert.equal(page.$('[name=sold_as]:checked').val(), 'loose')
      assert.isNull(await Product.first())
    })
  }

  test('and packs have a net quantity that is understood; an old one may stay', async ({
    assert,
  }) => {
    const packs = { sold_as: 'packed', stock: '5', mrp: '' }
    const refused = await add({ ...packs, unit: '1 packet' })
    assert.equal(refused.status, 422)
    assert.include(refused.$('#new-unit-error').text(), 'for example 500 g, 1 l, 1 dozen')
    await add({ ...packs, unit: '1/2 kg' })
    const product = await Product.firstOrFail()
    assert.deepInclude(product.details, { measure: 'weight', netQuantity: 500, unit: '1/2 kg' })

    const old = await createProduct({ shopId: shop.id, name: 'Old', unit: '1 packet' })
    assert.equal((await edit(old, { price: '60' })).status, 200)
    assert.deepInclude(old.details, { unit: '1 packet', pricePaise: 6_000 })
    assert.equal((await edit(old, { unit: '2 packet' })).status, 422)
    assert.equal((await edit(old, { unit: '100 sticks' })).status, 200)
    assert.deepInclude(old.details, { measure: 'pieces', netQuantity: 100 })
  })

  for (const [typed, stock] of [
    ['10', 10_000],
    ['10.25 kg', 10_250],
    ['+500 g', 13_000],
    ['-2', 10_500],
    ['−20 kg', 0],
  ] as const) {
    test(`have a stock of ${stock} g after ${typed}`, async ({ assert }) => {
      const product = await loose()
      await visitor.visit(`/owner/shops/${shop.id}`)
      const page = await visitor.submit(`#set-${product.id}`, { stock: typed })
      assert.equal(page.status, 200)
      assert.equal((await product.refresh()).stock, stock)
    })
  }

  test('count up and down by one kg, and say the amount', async ({ assert }) => {
    const product = await loose({ name: 'Toor Dal' })
    await visitor.visit(`/owner/shops/${shop.id}`)
    const up = await visitor.submit(`#more-${product.id}`, {})
    assert.include(up.$('#status').text(), 'Toor Dal: stock is now 13.5 kg.')
    await visitor.submit(`#less-${product.id}`, {})
    assert.equal((await product.refresh()).stock, 12_500)
    const sent = await visitor.request(
      'PUT',
      `/owner/shops/${shop.id}/products/${product.id}/stock`,
      new URLSearchParams({ change: '+1 l' })
    )
    assert.equal(sent.status, 422)
  })

  test('are low below one kg', async ({ assert }) => {
    const product = await loose({ stock: 750 })
    const row = async () => {
      const { $ } = await visitor.visit(`/owner/shops/${shop.id}`)
      return $(`#product-${product.id} .stock`).text()
    }
    assert.include(await row(), 'Only 750 g left')
    await product.merge({ stock: 1_000 }).save()
    assert.equal(await row(), '')
  })

  test('become packs, and packs loose, only with a stock that was typed again', async ({
    assert,
  }) => {
    const product = await createProduct({ shopId: shop.id, unit: '500 g', stock: 20 })
    const change = { sold_as: 'loose', measure: 'weight' }
    for (const stock of ['20', '15', '+5 kg']) {
      const page = await edit(product, { ...change, stock })
      assert.equal(page.status, 422)
      assert.include(page.$('#new-stock-error').text(), 'Enter the stock again, with its unit')
      assert.equal(page.$('[name=stock]').val(), stock)
      assert.deepInclude(product.details, { soldAs: 'packed', stock: 20 })
    }
    assert.equal((await edit(product, { ...change, stock: '20 kg' })).status, 200)
    assert.deepInclude(product.details, { soldAs: 'loose', unit: 'kg', stock: 20_000 })

    const back = { sold_as: 'packed', unit: '500 g' }
    const refused = await edit(product, back)
    assert.equal(refused.status, 422)
    assert.include(refused.$('#new-stock-error').text(), 'how many packs')
    assert.equal((await edit(product, { ...back, stock: '40' })).status, 200)
    assert.deepInclude(product.details, { soldAs: 'packed', netQuantity: 500, stock: 40 })
    assert.isNull(product.smallest)
  })

  test('are measured otherwise only with a stock in the new unit', async ({ assert }) => {
    const product = await loose()
    const refused = await edit(product, { measure: 'volume' })
    assert.equal(refused.status, 422)
    assert.include(refused.$('#new-stock-error').text(), 'for example 12.5 l')
    assert.equal((await edit(product, { measure: 'pieces', stock: '30 pieces' })).status, 200)
    assert.containSubset(product.details, { measure: 'pieces', unit: 'dozen', stock: 30 })
    assert.deepEqual(product.presets, [6, 12])
  })

  test('changed by two people at once ask the second, and keep the rest', async ({ assert }) => {
    const product = await loose()
    await visitor.visit(`/owner/shops/${shop.id}/products/${product.id}/edit`)
    await product.merge({ smallest: 100, presets: [100, 500], pricePaise: 13_000 }).save()
    const form = `form[action$="/products/${product.id}?_method=PUT"]`
    const asked = await visitor.submit(form, { smallest: '200 g', presets: '250 g' })
    assert.equal(asked.status, 422)
    assert.include(asked.$('#new-smallest-error').text(), 'now “100 g”, you typed “200 g”')
    assert.include(asked.$('#new-presets-error').text(), 'now “100 g, 500 g”')
    assert.equal((await visitor.submit(form)).status, 200)
    await product.refresh()
    assert.deepInclude(product.details, { smallest: 200, pricePaise: 13_000, stock: 12_500 })
    assert.deepEqual(product.presets, [250])
  })

  test('have no MRP; of packs no price is above it, the database agrees', async ({ assert }) => {
    const refused = await add({ sold_as: 'packed', unit: '500 g', stock: '5', mrp: '100' })
    assert.equal(refused.status, 422)
    assert.include(refused.$('#new-price-error').text(), 'above the MRP of ₹100')
    const wrong = await add({ sold_as: 'packed', unit: '500 g', stock: '5', mrp: 'abc' })
    assert.include(wrong.$('#new-mrp-error').text(), 'Enter the MRP in rupees')
    await add({ sold_as: 'packed', unit: '500 g', stock: '5', price: '100', mrp: '100' })
    const product = await Product.firstOrFail()
    assert.equal(product.mrpPaise, 10_000)
    const dearer = await edit(product, { price: '100.01' })
    assert.equal(dearer.status, 422)
    assert.include(dearer.$('#new-price-error').text(), 'above the MRP of ₹100')
    assert.equal((await edit(product, { mrp: '' })).status, 200)
    assert.isNull(product.mrpPaise)
    await product.merge({ mrpPaise: 10_000 }).save()
    await assert.rejects(
      () => db.from('products').where({ id: product.id }).update({ price_paise: 10_001 }),
      /products_price_within_mrp/
    )
  })

  test('say their label in the form', async ({ assert }) => {
    const product = await loose()
    const page = await edit(product, { country: 'IN', hsn_code: '0713', gst: '5', diet: 'veg' })
    assert.equal(page.status, 200)
    assert.containSubset(product.details, {
      ...{ country: 'IN', hsnCode: '0713', gstBasisPoints: 500, diet: 'veg' },
    })
    assert.equal((await edit(product, { hsn_code: '07' })).status, 422)
    await edit(product, { country: '', hsn_code: '', gst: '', diet: '' })
    assert.containSubset(product.details, {
      ...{ country: null, hsnCode: null, gstBasisPoints: null, diet: null },
    })
  })

  test('have no GST rate as long as the owner states none', async ({ assert }) => {
    await add({ gst: '' })
    const product = await Product.firstOrFail()
    assert.isNull(product.gstBasisPoints)
    await edit(product, { gst: '0' })
    assert.equal(product.gstBasisPoints, 0)
  })

  test('are edited in Hindi with the same values', async ({ assert }) => {
    const product = await loose()
    const path = `/owner/shops/${shop.id}/products/${product.id}/edit`
    const hindi = { 'accept-language': 'hi' }
    const page = await visitor.request('GET', path, undefined, hindi)
    assert.equal(page.$('[name=stock]').val(), '12.5 kg')
    assert.include(page.text, 'खुला')
    visitor.page = page
    const { action, fields } = visitor.form('#product-form')
    fields.set('stock', '१० किलो')
    assert.equal((await visitor.request('POST', action, fields, hindi)).status, 200)
    assert.equal((await product.refresh()).stock, 10_000)
  })
})
