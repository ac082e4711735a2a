import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Product from '#models/product'
import Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import {
  closeShop,
  createOwner,
  createProduct,
  createShop,
  createUser,
} from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { everythingPassed } from '#tests/helpers/passed'
import { countAsked, readyAt } from '#tests/helpers/ready'
import { Visitor, type Visit } from '#tests/helpers/visitor'

const LABEL = {
  mrpPaise: 6_000,
  country: 'IN',
  maker: 'Bharat Foods',
  makerAddress: '7 Mill Road, Dewas 455001',
  bestBefore: '2027-03-31',
  diet: 'veg',
  hsnCode: '110610',
  gstBasisPoints: 500,
} as const

const dataOf = ({ $ }: Visit) => JSON.parse($('script[type="application/ld+json"]').text())

test.group('The page of a product', (group) => {
  let product: Product
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    const shop = await createShop({ name: 'Gupta Kirana' })
    await ShopSettings.create({
      shopId: shop.id,
      fssaiNumber: '10012022000234',
      gstin: '27AAPFU0939F1ZV',
      taxScheme: 'regular',
      legalName: 'Gupta Traders',
      legalAddress: '12 MG Road',
    })
    product = await createProduct({
      shopId: shop.id,
      name: 'Besan',
      brand: 'Rajdhani',
      pricePaise: 5_500,
      ...LABEL,
    })
    path = `/shops/${shop.id}/products/${product.id}`
  })

  const shown = async (check: (page: Visit) => void, visitor = () => new Visitor()) =>
    eventually(async () => check(await visitor().visit(path)))

  test('says what the label and the shop say', async ({ assert }) => {
    const { $, status } = await new Visitor().visit(path)
    assert.equal(status, 200)
    assert.match($('title').text(), /^Besan, Gupta Kirana/)
    assert.equal($('link[rel=canonical]').attr('href'), path)
    assert.include($('meta[name=description]').attr('content'), 'Besan at Gupta Kirana')
    const text = $('main').text().replace(/\s+/g, ' ')
    for (const said of [
      ...['₹55', '500 g', 'MRP ₹60, you pay ₹55', '₹110 per kg', 'India', 'Bharat Foods'],
      ...['7 Mill Road, Dewas 455001', '31 Mar 2027', 'Vegetarian', '110610', '5%'],
      ...['10012022000234', '27AAPFU0939F1ZV', 'Gupta Traders', '12 MG Road', 'Indore', '452001'],
    ]) {
      assert.include(text, said)
    }
    assert.equal($('svg[role=img]').attr('aria-label'), 'Vegetarian')
    assert.lengthOf($('form[action="/cart/items"]'), 1)
  })

  test('speaks Hindi', async ({ assert }) => {
    const { $ } = await new Visitor({ 'accept-language': 'hi' }).visit(path)
    assert.match($('title').text(), /^बेसन/)
    assert.include($('main').text(), 'भारत')
    assert.include($('main').text(), 'एमआरपी ₹60, आपके लिए ₹55')
    assert.equal($('svg[role=img]').attr('aria-label'), 'शाकाहारी')
  })

  test('says nothing that was not stated', async ({ assert }) => {
    const bare = await createProduct({ name: 'Salt', unit: '1 packet' })
    const page = await new Visitor().visit(`/shops/${bare.shopId}/products/${bare.id}`)
    assert.lengthOf(page.$('svg[role=img]'), 0)
    for (const word of ['MRP', 'Country', 'Made or packed', 'Best before', 'FSSAI', 'GST', 'HSN']) {
      assert.notInclude(page.$('main dl, .offer > .sheet').text(), word)
    }
    const data = dataOf(page)
    assert.notProperty(data, 'countryOfOrigin')
    assert.notProperty(data, 'manufacturer')
  })

  test('has the product and its offer for search engines', async ({ assert }) => {
    const data = dataOf(await new Visitor().visit(path))
    assert.equal(data['@type'], 'Product')
    assert.equal(data.name, 'Besan')
    assert.equal(data.url, path)
    assert.equal(data.countryOfOrigin.name, 'IN')
    const { offers } = data
    assert.equal(offers['@type'], 'Offer')
    assert.equal(offers.price, '55.00')
    assert.equal(offers.priceCurrency, 'INR')
    assert.equal(offers.availability, 'https://schema.org/InStock')
    const [paid, mrp] = offers.priceSpecification
    assert.equal(paid['@type'], 'UnitPriceSpecification')
    assert.include(paid.referenceQuantity, { value: 500, unitCode: 'GRM' })
    assert.include(paid.referenceQuantity.valueReference, { value: 1, unitCode: 'KGM' })
    assert.equal(mrp.price, '60.00')
    assert.equal(offers.seller.taxID, '27AAPFU0939F1ZV')
  })

  test('of loose goods is out of stock when less is left than is sold', async ({ assert }) => {
    const shop = product.shopId
    const loose = await createProduct({
      ...{ shopId: shop, name: 'Toor Dal', soldAs: 'loose', measure: 'weight' },
      stock: 40,
    })
    const page = await new Visitor().visit(`/shops/${shop}/products/${loose.id}`)
    assert.equal(page.$('.stock').text().trim(), 'Out of stock')
    assert.equal(dataOf(page).offers.availability, 'https://schema.org/OutOfStock')
    assert.include((await new Visitor().visit(`/shops/${shop}`)).text, 'Out of stock')
  })

  test('of loose goods has their price for a unit', async ({ assert }) => {
    const loose = await createProduct({
      shopId: product.shopId,
      name: 'Toor Dal',
      soldAs: 'loose',
      measure: 'weight',
      pricePaise: 12_000,
      stock: 0,
    })
    const page = await new Visitor().visit(`/shops/${product.shopId}/products/${loose.id}`)
    assert.include(page.$('main').text().replace(/\s+/g, ' '), '₹120 per kg')
    const { offers } = dataOf(page)
    assert.equal(offers.availability, 'https://schema.org/OutOfStock')
    assert.include(offers.priceSpecification[0].referenceQuantity, {
      value: 1000,
      unitCode: 'GRM',
    })
  })

  test('shows a name that would end the script as text', async ({ assert }) => {
    const name = '</script><script>alert(1)</script><!--'
    await product.merge({ name, maker: '<b id="x">' }).save()
    await shown((page) => {
      assert.equal(page.$('h1 bdi').first().text(), name)
      assert.lengthOf(page.$('#x'), 0)
      assert.equal(dataOf(page).name, name)
      assert.lengthOf(page.$('script:not([src])'), 1)
      assert.notInclude(page.html, '<script>alert')
    })
  })

  test('follows every change of the product, its shop and its licences', async ({ assert }) => {
    const says = (text: string) => shown(({ $ }) => assert.include($('main').text(), text))
    await db.rawQuery('UPDATE products SET price_paise = 5400, country = ? WHERE id = ?', [
      'TH',
      product.id,
    ])
    await says('₹54')
    await says('Thailand')
    await db.from('shops').where('id', product.shopId).update({ name: 'Sharma Stores' })
    await says('Sharma Stores')
    await db.from('shop_settings').update({ fssai_number: '21526042000123' })
    await says('21526042000123')
    await db.from('shop_settings').update({ gstin: '29AAGCB7383J1Z4' })
    await says('29AAGCB7383J1Z4')
    await db.from('shop_settings').update({ legal_address: '9 New Road' })
    await says('9 New Road')
    await db.from('shop_settings').update({ address: '7 Fort Road' })
    await says('7 Fort Road')
    await db.from('shop_settings').delete()
    await shown(({ $ }) => assert.notInclude($('main').text(), '9 New Road'))
    await ShopSettings.create({ shopId: product.shopId, fssaiNumber: '10012022000234' })
    await says('10012022000234')
  })

  test('is where its name leads: on the shop page, in search, the cart and the order', async ({
    assert,
  }) => {
    const link = `main a[href="${path}"]`
    const shop = await new Visitor().visit(`/shops/${product.shopId}`)
    assert.include(shop.$(link).text(), 'Besan')
    const found = await new Visitor().visit('/search?q=besan')
    assert.include(found.$(link).text(), 'Besan')
    const customer = await createUser()
    const order = await createOrder({ customer, product })
    const visitor = await loggedIn(customer)
    const bought = await visitor.visit(`/orders/${order.id}`)
    assert.include(bought.$(link).text(), 'Besan')
    await visitor.visit(path)
    await visitor.submit(`#buy-${product.id} form`)
    assert.include((await visitor.visit('/cart')).$(link).text(), 'Besan')
    await product.delete()
    assert.lengthOf((await visitor.visit(`/orders/${order.id}`)).$(link), 0)
    assert.lengthOf((await visitor.visit('/cart')).$(link), 0)
  })

  test('is not alone in saying who the shop is', async ({ assert }) => {
    const { $ } = await new Visitor().visit(`/shops/${product.shopId}`)
    for (const said of ['10012022000234', '27AAPFU0939F1ZV', 'Gupta Traders', '12 MG Road']) {
      assert.include($('main').text(), said)
    }
  })

  test('is gone with the product, and while the shop is closed', async ({ assert }) => {
    const shop = await Shop.findOrFail(product.shopId)
    await new Visitor().visit(path)
    await closeShop(shop)
    await shown(({ status }) => assert.equal(status, 404))
    await shop.merge({ closedAt: null }).save()
    await shown(({ status }) => assert.equal(status, 200))
    await product.delete()
    await shown(({ status }) => assert.equal(status, 404))
  })

  test('exists in its own shop only', async ({ assert }) => {
    const other = await createShop({ name: 'Iyer Provision' })
    for (const wrong of [
      `/shops/${other.id}/products/${product.id}`,
      `/shops/${product.shopId}/products/${other.id}`,
      `/shops/${product.shopId}/products/besan`,
    ]) {
      assert.equal((await new Visitor().visit(wrong)).status, 404, wrong)
    }
    const [inUpperCase, id] = [product.shopId, product.id].map((text) => text.toUpperCase())
    const page = await new Visitor().visit(`/shops/${inUpperCase}/products/${id}`)
    assert.equal(page.$('link[rel=canonical]').attr('href'), path)
  })

  test('is kept for guests, shows a person their name, and sets no cookie', async ({
    assert,
    cleanup,
  }) => {
    cleanup(countAsked())
    await everythingPassed()
    const page = await readyAt(path)
    assert.equal(page.status, 200)
    assert.equal(page.headers['cache-control'], 'public, no-cache')
    assert.isUndefined(page.headers['set-cookie'])
    const owner = await loggedIn(await createOwner({ fullName: 'Ramesh Gupta' }))
    assert.equal((await owner.visit(path)).$('header strong').text(), 'Ramesh Gupta')
    assert.notInclude((await new Visitor().visit(path)).html, 'Ramesh')
  })

  test('lets its product be put into the cart, and knows how many are there', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    await visitor.visit(path)
    await visitor.submit(`#buy-${product.id} form`)
    const page = await visitor.visit(path)
    assert.match(page.$(`#buy-${product.id} .in-cart`).text(), /1/)
    assert.equal(page.headers.get('cache-control'), 'private, no-store')
  })
})
