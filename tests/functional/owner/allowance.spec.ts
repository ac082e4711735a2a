import config from '@adonisjs/core/services/config'
import { test } from '@japa/runner'
import Product from '#models/product'
import Shop from '#models/shop'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const VALUES = { unit: '1 kg', pricePaise: 100, stock: 1 }
const PRODUCT = { name: 'Suji', unit: '1 kg', price: '20', stock: '5' }

test.group('What one owner may have', (group) => {
  let owner: User
  let shop: Shop

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    const usual = config.get<object>('orders.allowance')
    config.set('orders.allowance', { ...usual, shops: 2, products: 3 })
    return () => config.set('orders.allowance', usual)
  })

  const fillShops = () => createShop({ ownerId: owner.id })
  const fillProducts = async () => {
    for (const name of ['Besan', 'Poha', 'Atta']) await createProduct({ shopId: shop.id, name })
  }

  for (const [language, shops, products] of [
    ['en', 'You can have at most 2 shops', 'You can have at most 3 products'],
    ['hi', 'आप ज़्यादा से ज़्यादा 2 दुकानें', 'ज़्यादा से ज़्यादा 3 चीज़ें'],
  ] as const) {
    test(`is said at the field when it is too much (${language})`, async ({ assert }) => {
      await fillShops()
      await fillProducts()
      const visitor = await loggedIn(owner, new Visitor({ 'accept-language': language }))
      await visitor.visit('/owner/shops/create')
      const shopPage = await visitor.submit('#shop-form', { name: 'Third', city: 'Indore' })
      assert.equal(shopPage.status, 422)
      assert.include(shopPage.$('.field-error').text(), shops)
      assert.equal(shopPage.$('[name=name]').val(), 'Third')

      await visitor.visit(`/owner/shops/${shop.id}/products/create`)
      const page = await visitor.submit('form:has([name=price])', PRODUCT)
      assert.equal(page.status, 422)
      assert.include(page.$('.field-error').text(), products)
      assert.equal(page.$('[name=name]').val(), 'Suji')

      const csv = 'name,unit,price,stock\nSuji,1 kg,20,5\nBesan,500 g,77,9'
      await visitor.visit(`/owner/shops/${shop.id}/product-imports/create`)
      await visitor.submit('#import-form', { csv })
      const imported = await visitor.submit('#import-form')
      assert.equal(imported.status, 422)
      assert.include(imported.$('.field-error').text(), products)
      assert.lengthOf(await Shop.all(), 2)
      assert.lengthOf(await Product.all(), 3)
      assert.lengthOf(await Product.query().where('price_paise', 7_700), 0)
    })
  }

  test('is said to programs', async ({ assert }) => {
    await fillShops()
    await fillProducts()
    const client = await ApiClient.of(owner)
    const third = await client.post('/api/shops', { json: { name: 'Third', city: 'Indore' } })
    assert.equal(third.status, 409)
    assert.equal(third.body.detail, 'An owner has at most 2 shops')
    const json = { name: 'Suji', price: 20 }
    const fourth = await client.post(`/api/shops/${shop.id}/products`, { json })
    assert.equal(fourth.status, 409)
    assert.equal(fourth.body.detail, 'An owner has at most 3 products')
  })

  test('is not passed by ten who add at once', async ({ assert }) => {
    const ten = <T>(add: (n: number) => Promise<T>) =>
      Promise.allSettled(Array.from({ length: 10 }, (_, n) => add(n)))
    await ten((n) => owner.openShop({ name: `Shop ${n}`, city: 'Indore' }))
    assert.lengthOf(await Shop.all(), 2)
    await ten((n) => shop.addProduct({ ...VALUES, name: `Product ${n}` }))
    assert.lengthOf(await Product.all(), 3)
  })

  test('counts over all shops of the owner, and not those of others', async ({ assert }) => {
    const second = await fillShops()
    await createProduct()
    await fillProducts()
    const failure = await second.addProduct({ ...VALUES, name: 'Suji' }).catch((error) => error)
    assert.equal(failure.code, 'E_ALLOWANCE_REACHED')
  })

  test('lets an owner who has more keep it and change it', async ({ assert }) => {
    await fillProducts()
    await createProduct({ shopId: shop.id, name: 'Suji' })
    const visitor = await loggedIn(owner)
    await visitor.visit(`/owner/shops/${shop.id}/product-imports/create`)
    await visitor.submit('#import-form', { csv: 'name,unit,price,stock\nSuji,1 kg,77,5' })
    await visitor.submit('#import-form')
    const suji = await Product.findByOrFail('name', 'Suji')
    assert.equal(suji.pricePaise, 7_700)
  })
})
