import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Product from '#models/product'
import type Shop from '#models/shop'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const BESAN = {
  name: 'Besan',
  name_hi: 'बेसन',
  category: 'flours',
  unit: '500 g',
  price: '52.50',
  stock: '20',
}

test.group("Owner's products", (group) => {
  let visitor: Visitor
  let shop: Shop

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
  })

  const add = async (values: Partial<typeof BESAN> & { brand?: string } = {}) => {
    await visitor.visit(`/owner/shops/${shop.id}/products/create`)
    return visitor.submit(`form[action$="/owner/shops/${shop.id}/products"]`, {
      ...BESAN,
      ...values,
    })
  }

  test('are added, with the price in rupees becoming whole paise', async ({ assert }) => {
    const page = await add()
    assert.equal(page.path, `/owner/shops/${shop.id}`)
    assert.include(page.text, '₹52.50')
    const product = await Product.firstOrFail()
    assert.equal(product.pricePaise, 5250)
    assert.equal(product.shopName, shop.name)
  })

  test('that were renamed because of another one are named until they have a name of their own', async ({
    assert,
  }) => {
    const product = await createProduct({ shopId: shop.id, name: 'Besan (2)' })
    await db
      .table('renamed')
      .insert({ product_id: product.id, name_before: 'Besan', name_after: 'Besan (2)' })
    const notice = async () => (await visitor.visit(`/owner/shops/${shop.id}`)).$('.notice').text()
    assert.include(await notice(), 'Besan (2)')
    await product.merge({ name: 'Besan, coarse' }).save()
    assert.notInclude(await notice(), 'Besan')
  })

  for (const [price, paise] of [
    ['52', 5200],
    ['52.5', 5250],
    ['0.01', 1],
    ['1,23,456.50', 12345650],
    ['19.99', 1999],
    ['1000000', 100000000],
  ] as const) {
    test(`cost exactly what was typed: ${price}`, async ({ assert }) => {
      assert.equal((await add({ price })).status, 200)
      assert.equal((await Product.firstOrFail()).pricePaise, paise)
    })
  }

  for (const price of [
    'abc',
    '-1',
    '1e9',
    '10.999',
    '0',
    '0.00',
    '',
    '₹',
    '1000000.01',
    'NaN',
    '٣',
  ]) {
    test(`refuse the price "${price}" at the field`, async ({ assert }) => {
      const page = await add({ price })
      assert.equal(page.status, 422)
      assert.equal(page.$('[name=price]').attr('aria-invalid'), 'true')
      assert.equal(page.$('[name=price]').val() ?? '', price)
      assert.equal(page.$('[name=name]').val(), 'Besan')
      assert.isNull(await Product.first())
    })
  }

  test('refuse nonsense in the other fields', async ({ assert }) => {
    for (const [field, value] of [
      ['name', 'a'.repeat(10_000)],
      ['name', ''],
      ['unit', 'a'.repeat(41)],
      ['brand', 'a'.repeat(61)],
      ['brand', 'a\u0007b'],
      ['stock', '-1'],
      ['stock', '1.5'],
      ['stock', '1000001'],
      ['category', 'weapons'],
    ]) {
      const page = await add({ [field]: value })
      assert.equal(page.status, 422, `${field} ${value}`)
      assert.equal(page.$(`[name=${field}]`).attr('aria-invalid'), 'true', `${field} ${value}`)
    }
  })

  test('have one name each within a shop, whatever its case', async ({ assert }) => {
    await add()
    const page = await add({ name: 'BESAN' })
    assert.equal(page.status, 422)
    assert.equal(page.$('[name=name]').attr('aria-invalid'), 'true')
    await createProduct({ name: 'Besan' })
    assert.equal((await Product.all()).length, 2)
  })

  test('are changed and deleted', async ({ assert }) => {
    await add()
    const product = await Product.firstOrFail()
    await visitor.visit(`/owner/shops/${shop.id}/products/${product.id}/edit`)
    const form = `form[action$="/products/${product.id}?_method=PUT"]`
    assert.equal(visitor.form(form).fields.get('price'), '52.50')
    const changed = await visitor.submit(form, { price: '48' })
    assert.include(changed.text, '₹48')
    const path = `/owner/shops/${shop.id}/products/${product.id}`
    const deleted = await visitor.request('DELETE', path, body())
    assert.notInclude(deleted.$('main').text(), '₹48')
    assert.isNull(await Product.first())
  })

  test('may have a brand, which customers see on the card', async ({ assert }) => {
    await add({ brand: '  Rajdhani ' })
    const product = await Product.firstOrFail()
    assert.equal(product.brand, 'Rajdhani')
    const card = async () => (await visitor.visit(`/shops/${shop.id}`)).$('.product').text()
    assert.include(await card(), 'Brand: Rajdhani')
    assert.include((await visitor.visit(`/owner/shops/${shop.id}`)).text, 'Brand: Rajdhani')

    await visitor.visit(`/owner/shops/${shop.id}/products/${product.id}/edit`)
    const form = `form[action$="/products/${product.id}?_method=PUT"]`
    assert.equal(visitor.form(form).fields.get('brand'), 'Rajdhani')
    const refused = await visitor.submit(form, { brand: 'x'.repeat(61), price: '48' })
    assert.equal(refused.status, 422)
    assert.equal(refused.$('[name=brand]').val(), 'x'.repeat(61))
    assert.equal(refused.$('[name=price]').val(), '48')
    assert.include(refused.text, 'The brand can have at most 60 characters')
    await visitor.submit(form, { brand: '' })
    assert.isNull((await product.refresh()).brand)
    assert.notInclude(await card(), 'Brand')
  })

  test('are found and paged within the shop', async ({ assert }) => {
    const names = Array.from({ length: 70 }, (_, n) => `Item ${String(n).padStart(2, '0')}`)
    for (const name of names) await createProduct({ shopId: shop.id, name })
    const seen: string[] = []
    let path: string | undefined = `/owner/shops/${shop.id}`
    while (path) {
      const page = await visitor.visit(path)
      seen.push(...new Set(page.text.match(/Item \d\d/g) ?? []))
      path = page.$('a[href*="after="]').first().attr('href')
    }
    assert.deepEqual([...new Set(seen)], names)
    const found = await visitor.visit(`/owner/shops/${shop.id}?q=item+42`)
    assert.deepEqual([...new Set(found.text.match(/Item \d\d/g) ?? [])], ['Item 42'])
    assert.equal(
      (await visitor.visit(`/owner/shops/${shop.id}?q=%25`)).text.match(/Item \d\d/g),
      null
    )
  })

  test('are found as customers find them: {expected} by "{typed}"')
    .with([
      { typed: 'sarso tel', expected: ['Mustard Oil'] },
      { typed: 'sorsher tel', expected: ['Mustard Oil'] },
      { typed: 'gram flour', expected: ['Besan'] },
      { typed: 'besn', expected: ['Besan'] },
      { typed: 'चीनी', expected: ['Sugar', 'Brown Sugar'] },
      { typed: 'sakhar', expected: ['Sugar', 'Brown Sugar'] },
      { typed: 'haldirams', expected: ['Haldiram’s Sev'] },
      { typed: 'haldiram‘s', expected: ['Haldiram’s Sev'] },
      { typed: '5star', expected: ['5 Star'] },
      { typed: 'दाल–चीनी', expected: ['Cinnamon'] },
      { typed: 'besan sharma', expected: ['Besan'] },
      { typed: 'qwertyuiop', expected: [] },
    ])
    .run(async ({ assert }, { typed, expected }) => {
      const shelf = [
        ['Cinnamon', 'दालचीनी'],
        ['Besan', 'बेसन'],
        ['Mustard Oil', null],
        ['Brown Sugar', 'ब्राउन शुगर'],
        ['Sugar', 'चीनी'],
        ['Haldiram’s Sev', null],
        ['5 Star', null],
      ] as const
      for (const [name, nameHi] of shelf) await createProduct({ shopId: shop.id, name, nameHi })
      await createProduct({ shopId: (await createShop()).id, name: 'Sugar', nameHi: 'चीनी' })
      const { $ } = await visitor.visit(`/owner/shops/${shop.id}?q=${encodeURIComponent(typed)}`)
      const ids = $('#products > li[id]')
        .toArray()
        .map((row) => $(row).attr('id')!.replace('product-', ''))
      const products = await Product.findMany(ids)
      const names = ids.map((id) => products.find((product) => product.id === id)!.name)
      assert.deepEqual(names, expected)
    })

  test('are paged when they are found, the best match first', async ({ assert }) => {
    for (let n = 0; n < 65; n++) await createProduct({ shopId: shop.id, name: `Chini ${n}` })
    const best = await createProduct({ shopId: shop.id, name: 'Sugar', nameHi: 'चीनी' })
    const seen: string[] = []
    let path: string | undefined = `/owner/shops/${shop.id}?q=${encodeURIComponent('चीनी')}`
    while (path) {
      const { $ } = await visitor.visit(path)
      const ids = $('#products > li[id]')
        .toArray()
        .map((row) => $(row).attr('id')!)
      seen.push(...ids)
      path = $('a[href*="after="]').first().attr('href')
    }
    assert.lengthOf(seen, 66)
    assert.lengthOf(new Set(seen), 66)
    assert.include(seen[0], best.id)
  })

  test('are found as soon as they are renamed', async ({ assert }) => {
    const product = await createProduct({ shopId: shop.id, name: 'Toor Dal', nameHi: null })
    const found = async (q: string) => {
      const { $ } = await visitor.visit(`/owner/shops/${shop.id}?q=${q}`)
      return $('#products > li[id]').length
    }
    assert.equal(await found('toor'), 1)
    const path = `/owner/shops/${shop.id}/products/${product.id}`
    await visitor.visit(`${path}/edit`)
    await visitor.submit(`form[action$="/products/${product.id}?_method=PUT"]`, { name: 'Zafrani' })
    assert.equal(await found('toor'), 0)
    assert.equal(await found('zafrani'), 1)
  })

  test('have a stock that is set or counted up and down, never below zero', async ({ assert }) => {
    const { id } = await createProduct({ shopId: shop.id, stock: 3 })
    const stock = async (values: Record<string, string>) => {
      const path = `/owner/shops/${shop.id}/products/${id}/stock`
      const { status } = await visitor.request('PUT', path, body(values))
      return status === 200 ? (await Product.findOrFail(id)).stock : status
    }
    assert.equal(await stock({ change: '-1' }), 2)
    assert.equal(await stock({ 'stock': '40', 'shown[stock]': '2' }), 40)
    assert.equal(await stock({ 'stock': '-1', 'shown[stock]': '40' }), 39)
    assert.equal(await stock({ change: '-1000' }), 0)
    assert.equal(await stock({ 'stock': '1.5', 'shown[stock]': '0' }), 422)
  })

  test('under htmx are edited in their row', async ({ assert }) => {
    await add()
    const { id } = await Product.firstOrFail()
    const path = `/owner/shops/${shop.id}/products/${id}`
    const form = await visitor.fragment('GET', `${path}/edit`)
    assert.notInclude(form.html, '<html')
    assert.equal(form.$('[name=price]').val(), '52.50')
    const refused = await visitor.fragment('PUT', path, body({ ...BESAN, price: 'abc' }))
    assert.equal(refused.status, 422)
    assert.equal(refused.$('[name=price]').attr('aria-invalid'), 'true')
    const row = await visitor.fragment(
      'PUT',
      path,
      body({ ...BESAN, 'price': '48', 'shown[price]': '52.50' })
    )
    assert.equal(row.status, 200)
    assert.include(row.text, '₹48')
    assert.notInclude(row.html, '<html')
  })

  function body(values: Record<string, string> = {}) {
    return new URLSearchParams(values)
  }
})
