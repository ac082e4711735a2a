import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createShop } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'

const ADD = 'form[action*="/cart/items"]'

async function visitorWith(...products: { id: string; shopId: string }[]) {
  const visitor = new Visitor()
  for (const { id, shopId } of products) {
    await eventually(async () => {
      await visitor.visit(`/shops/${shopId}`)
      visitor.form(ADD)
    })
    await visitor.submit(ADD, { product_id: id })
  }
  await visitor.visit('/cart')
  return visitor
}

const update = (visitor: Visitor, id: string, quantity: string | number) =>
  visitor.request(
    'POST',
    `/cart/items/${id}?_method=PUT`,
    new URLSearchParams({ quantity: String(quantity) })
  )

test.group('Cart', (group) => {
  group.each.setup(emptyDatabase)

  test('is empty at first and says where to go', async ({ assert }) => {
    const page = await new Visitor().visit('/cart')
    assert.equal(page.status, 200)
    assert.isAbove(page.$('main a[href*="/shops"]').length, 0)
  })

  test('holds products of several shops, grouped, with totals', async ({ assert }) => {
    const indore = await createShop({ name: 'Gupta Kirana' })
    const chennai = await createShop({ name: 'Iyer Provision', city: 'Chennai' })
    const besan = await createProduct({ shopId: indore.id, name: 'Besan', pricePaise: 5200 })
    const idli = await createProduct({ shopId: chennai.id, name: 'Idli Rava', pricePaise: 6050 })
    const visitor = await visitorWith(besan, besan, idli)
    const { text } = visitor.page!
    for (const expected of [
      'Gupta Kirana',
      'Iyer Provision',
      'Besan',
      'Idli Rava',
      '₹104',
      '₹60.50',
      '₹164.50',
    ]) {
      assert.include(text, expected)
    }
  })

  test('of more shops than are kept apart in the cache shows what changed too', async ({
    assert,
  }) => {
    const products = []
    for (let n = 0; n < 11; n++) products.push(await createProduct({ name: `Rice ${n}` }))
    const visitor = await visitorWith(...products)
    assert.lengthOf(visitor.page!.$('.cart-group'), 11)
    await products[3].merge({ stock: 0 }).save()
    await eventually(async () => {
      assert.include((await visitor.visit('/cart')).$('[data-change]').text(), 'Out of stock')
    })
  })

  test('counts two clicks on Add that come at once as two', async ({ assert }) => {
    const product = await createProduct({ name: 'Besan', pricePaise: 5200 })
    const visitor = new Visitor()
    await visitor.visit(`/shops/${product.shopId}`)
    const body = new URLSearchParams({ product_id: product.id })
    const clicks = await Promise.all(
      Array.from({ length: 5 }, () => visitor.request('POST', '/cart/items', body))
    )
    for (const { status, text } of clicks) assert.equal(status, 200, text)
    assert.include((await visitor.visit('/cart')).text, '₹260')
  })

  test('changes quantities, and drops an item at zero', async ({ assert }) => {
    const product = await createProduct({ name: 'Besan', pricePaise: 5200 })
    const visitor = await visitorWith(product)
    assert.include((await update(visitor, product.id, 3)).text, '₹156')
    assert.notInclude((await update(visitor, product.id, 0)).$('main').text(), 'Besan')
  })

  test('refuses quantities that make no sense', async ({ assert }) => {
    const product = await createProduct({ name: 'Besan', pricePaise: 5200 })
    const visitor = await visitorWith(product)
    for (const quantity of ['-1', 'abc', '1.5', '1e9', '']) {
      assert.equal((await update(visitor, product.id, quantity)).status, 422, quantity)
    }
    assert.include((await visitor.visit('/cart')).text, '₹52')
  })

  test('is cleared in one go', async ({ assert }) => {
    const visitor = await visitorWith(await createProduct({ name: 'Besan' }))
    await visitor.submit('form[action*="/cart?_method=DELETE"]')
    assert.notInclude((await visitor.visit('/cart')).$('main').text(), 'Besan')
  })

  test('shows what changed: a price, a shortage, a product that went', async ({ assert }) => {
    const shop = await createShop()
    const dearer = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 4800 })
    const scarce = await createProduct({ shopId: shop.id, name: 'Poha', stock: 5 })
    const gone = await createProduct({ shopId: shop.id, name: 'Suji', pricePaise: 99900 })
    const visitor = await visitorWith(dearer, scarce, gone)
    await dearer.merge({ pricePaise: 5200 }).save()
    await scarce.merge({ stock: 0 }).save()
    await gone.delete()
    await eventually(async () => {
      assert.equal((await visitor.visit('/cart')).$('[data-change]').length, 3)
    })
    const { text, $ } = visitor.page!
    assert.include(text, '₹48')
    assert.include(text, '₹52')
    assert.include(text, 'Suji')
    assert.notInclude(text, '₹999')
    assert.include($('.total-grand').text(), '₹52', 'what nobody can buy is not counted')
  })

  test('does not take what is out of stock or does not exist', async ({ assert }) => {
    const sold = await createProduct({ name: 'Besan', stock: 0 })
    const visitor = new Visitor()
    await visitor.visit(`/shops/${sold.shopId}`)
    const refused = await visitor.request(
      'POST',
      '/cart/items',
      new URLSearchParams({ product_id: sold.id })
    )
    assert.equal(refused.status, 200)
    assert.notInclude((await visitor.visit('/cart')).$('main').text(), 'Besan')
    for (const [id, status] of [
      [randomUUID(), 404],
      ['x', 422],
    ] as const) {
      const page = await visitor.request(
        'POST',
        '/cart/items',
        new URLSearchParams({ product_id: id })
      )
      assert.equal(page.status, status)
    }
  })

  test('under htmx Add answers with the badge, and a change with the contents', async ({
    assert,
  }) => {
    const product = await createProduct({ name: 'Besan', pricePaise: 5200 })
    const visitor = new Visitor()
    await visitor.visit(`/shops/${product.shopId}`)
    const added = await visitor.fragment(
      'POST',
      '/cart/items',
      new URLSearchParams({ product_id: product.id })
    )
    assert.notInclude(added.html, '<html')
    assert.isAbove(added.$('#cart-badge').length, 0)
    const changed = await visitor.fragment(
      'POST',
      `/cart/items/${product.id}?_method=PUT`,
      new URLSearchParams({ quantity: '2' })
    )
    assert.notInclude(changed.html, '<html')
    assert.include(changed.text, '₹104')
  })

  for (const way of ['request', 'fragment'] as const) {
    test(`an old page does not undo what another tab did (${way})`, async ({ assert }) => {
      const besan = await createProduct({ name: 'Besan', pricePaise: 5200 })
      const poha = await createProduct({ shopId: besan.shopId, name: 'Poha', pricePaise: 4000 })
      const visitor = await visitorWith(besan)
      const more = visitor.form(`#more-${besan.id}`)
      const clear = visitor.form('form[action*="/cart?_method=DELETE"]')
      await update(visitor, besan.id, 5)
      const added = new URLSearchParams({ product_id: poha.id })
      await visitor.request('POST', '/cart/items', added)

      for (const { action, fields } of [more, clear]) {
        const answer = await visitor[way]('POST', action, fields)
        assert.equal(answer.status, way === 'fragment' ? 409 : 200)
        assert.include(answer.$('#status').text(), 'changed in another tab')
        assert.include(answer.$('#cart').text(), '₹260')
      }
      assert.include((await visitor.visit('/cart')).text, '₹300')
      await visitor.submit(`#more-${besan.id}`)
      assert.include((await visitor.visit('/cart')).text, '₹352')
    })
  }
})
