import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Product from '#models/product'
import type Shop from '#models/shop'
import { announced } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const FORM = '#prices'

test.group("A shop's list of prices", (group) => {
  let shop: Shop
  let visitor: Visitor
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
    path = `/owner/shops/${shop.id}/prices`
  })

  const stock = (values: Partial<Product> = {}) =>
    createProduct({ shopId: shop.id, pricePaise: 40_00, stock: 20, ...values })

  const field = ({ id }: Product, name = 'price') => `rows[${id}][${name}]`

  /** A row as the page sends it. */
  const rowOf = ({ id }: Product, typed: Record<string, string>, shown: Record<string, string>) =>
    new URLSearchParams({
      ...Object.fromEntries(
        Object.entries(typed).map(([name, value]) => [`rows[${id}][${name}]`, value])
      ),
      ...Object.fromEntries(
        Object.entries(shown).map(([name, value]) => [`rows[${id}][shown][${name}]`, value])
      ),
    })

  const sendRow = (product: Product, typed: object, shown: object = { price: '40', stock: '20' }) =>
    visitor.fragment(
      'POST',
      `${path}?_method=PUT`,
      rowOf(product, typed as Record<string, string>, shown as Record<string, string>)
    )

  test('has a row for each product by name, with what it costs and what is there', async ({
    assert,
  }) => {
    const sugar = await stock({ name: 'Sugar', unit: '1 kg', mrpPaise: 45_00 })
    await stock({ name: 'Atta' })
    const { $, text } = await visitor.visit(path)
    assert.deepEqual(
      $('.price-row label')
        .map((_, label) => $(label).text().trim().split(/\s+/)[0])
        .get(),
      ['Atta', 'Sugar']
    )
    assert.equal($(`[name="${field(sugar)}"]`).val(), '40')
    assert.equal($(`[name="${field(sugar, 'stock')}"]`).val(), '20')
    assert.include(text, 'MRP ₹45')
    assert.include(text, '2 products')
  })

  test('saves a row that was changed, says what it was, and leaves its fields alone', async ({
    assert,
  }) => {
    const product = await stock()
    const { status, text, $ } = await sendRow(product, { price: '42', stock: '20' })
    assert.equal(status, 200)
    assert.include(text, 'Saved ₹42 (was ₹40)')
    assert.equal($('[data-undo]').val(), '40')
    assert.equal($(`[name="rows[${product.id}][shown][price]"]`).val(), '42')
    assert.lengthOf($('.price-input'), 0)
    assert.equal((await product.refresh()).pricePaise, 42_00)
  })

  test('writes the fields that were changed, and nothing else', async ({ assert }) => {
    const product = await stock()
    await product.merge({ stock: 7 }).save()
    await sendRow(product, { price: '42', stock: '20', name: 'Hacked' })
    await product.refresh()
    assert.equal(product.pricePaise, 42_00)
    assert.equal(product.stock, 7)
    assert.notEqual(product.name, 'Hacked')
  })

  test('adds to a stock and takes from it, also when it was sold from since', async ({
    assert,
  }) => {
    const product = await stock()
    await product.merge({ stock: 18 }).save()
    const { text } = await sendRow(product, { price: '40', stock: '+12' })
    assert.include(text, 'Stock saved: 30')
    assert.equal((await product.refresh()).stock, 30)
  })

  for (const [price, message] of [
    ['45', 'MRP'],
    ['a lot', 'price'],
    ['', 'price'],
    ['0', 'price'],
  ]) {
    test(`refuses the price "${price}" at its row`, async ({ assert }) => {
      const product = await stock({ mrpPaise: 44_00 })
      const { status, $ } = await sendRow(product, { price, stock: '20' })
      assert.equal(status, 422)
      assert.match($('.field-error').text(), new RegExp(message, 'i'))
      assert.equal($('.said').attr('data-wrong'), 'price')
      assert.equal((await product.refresh()).pricePaise, 40_00)
    })
  }

  test('shows a price that changed meanwhile, and accepts the typed one when it is sent again', async ({
    assert,
  }) => {
    const product = await stock()
    await product.merge({ pricePaise: 41_00 }).save()
    const { status, text, $ } = await sendRow(product, { price: '42' }, { price: '40' })
    assert.equal(status, 422)
    assert.include(text, '41')
    const shown = String($(`[name="rows[${product.id}][shown][price]"]`).val())
    assert.equal(shown, '41')
    assert.equal((await sendRow(product, { price: '42' }, { price: shown })).status, 200)
    assert.equal((await product.refresh()).pricePaise, 42_00)
  })

  test('saves a row that is sent again, however its price is written', async ({ assert }) => {
    const sugar = await stock({ name: 'Sugar' })
    for (const time of ['first', 'second']) {
      assert.equal((await sendRow(sugar, { price: '50.1' })).status, 200, time)
    }
    assert.equal((await sugar.refresh()).pricePaise, 50_10)
  })

  test('says that a product is gone which was deleted meanwhile', async ({ assert }) => {
    const product = await stock()
    await product.delete()
    const { status, $ } = await sendRow(product, { price: '42' })
    assert.equal(status, 422)
    assert.equal($('.said').attr('id'), `said-${product.id}`)
    assert.include($('.said').text(), 'This product is gone')
  })

  test('is that of the own shop: another one has none', async ({ assert }) => {
    const foreign = await createProduct({ pricePaise: 40_00 })
    assert.equal((await visitor.visit(`/owner/shops/${foreign.shopId}/prices`)).status, 404)
    const { text } = await sendRow(foreign, { price: '42' }, { price: '40' })
    assert.include(text, 'This product is gone')
    assert.equal((await foreign.refresh()).pricePaise, 40_00)
  })

  test('shows a category, what changed today and what is sold out, with their numbers', async ({
    assert,
  }) => {
    const dal = await stock({ name: 'Toor dal', category: 'dals' })
    await stock({ name: 'Rice', category: 'rice', stock: 0 })
    await stock({ name: 'Salt', category: 'spices' })
    await dal.merge({ pricePaise: 50_00 }).save()
    const names = async (query: string) => {
      const { $, text } = await visitor.visit(path + query)
      const labels = $('.price-row label').map((_, label) => $(label).text().trim())
      assert.include(text, `${labels.length} product`)
      return labels.get().map((label) => label.split(/\s\s|\n/)[0])
    }
    assert.deepEqual(await names('?category=dals'), ['Toor dal'])
    assert.deepEqual(await names('?changed=1'), ['Toor dal'])
    assert.deepEqual(await names('?out=1'), ['Rice'])
    assert.deepEqual(await names('?out=1&category=spices'), [])
    await db.rawQuery(`UPDATE price_changes SET made_at = made_at - interval '1 day'`)
    await announced()
    assert.deepEqual(await names('?changed=1'), [])
  })

  test('goes on as it is scrolled, and shows each product once', async ({ assert }) => {
    for (let n = 0; n < 130; n++) await stock({ name: `Product ${1_000 + n}` })
    const first = await visitor.visit(path)
    const ids = first.$('.price-row').map((_, row) => first.$(row).attr('id'))
    const seen: string[] = ids.get()
    assert.isBelow(seen.length, 40)
    let more = first.$('.price-more').attr('hx-get')
    while (more) {
      const page = await visitor.fragment('GET', more)
      assert.lengthOf(page.$('h1'), 0)
      seen.push(
        ...page
          .$('.price-row')
          .map((_, row) => page.$(row).attr('id'))
          .get()
      )
      more = page.$('.price-more').attr('hx-get')
    }
    assert.lengthOf(seen, 130)
    assert.lengthOf(new Set(seen), 130)
  })

  test('takes 200 rows of a page without JavaScript in one request, and writes those that changed', async ({
    assert,
  }) => {
    const products: Product[] = []
    for (let n = 0; n < 200; n++) {
      products.push(await stock({ name: `Product ${1_000 + n}`, unit: `${n + 1} g`, stock: 500 }))
    }
    await visitor.visit(`${path}?whole=1`)
    const { fields } = visitor.form(FORM)
    assert.lengthOf(
      [...fields.keys()].filter((name) => name.endsWith('][price]')),
      400
    )
    const typed = products.map((product, n) => [field(product), `${1_041 + n}.50`])
    const page = await visitor.submit(FORM, Object.fromEntries(typed))
    assert.equal(page.status, 200)
    assert.equal(page.path, `${path}?whole=1`)
    assert.include(page.text, '200 rows saved')
    for (const [n, product] of products.entries()) {
      assert.equal((await product.refresh()).pricePaise, (1_041 + n) * 100 + 50)
    }
    const { rows } = await db.rawQuery('SELECT count(DISTINCT transaction) AS n FROM price_changes')
    assert.equal(rows[0].n, 1)

    await visitor.visit(`${path}?whole=1`)
    await visitor.submit(FORM, { [field(products[7])]: '9' })
    assert.include(visitor.page!.text, '1 row saved')
  }).timeout(30_000)

  test('refuses a request with more fields than it reads, and saves none of them', async ({
    assert,
  }) => {
    const product = await stock()
    const body = rowOf(product, { price: '42' }, { price: '40' })
    for (let n = 0; n < 1_000; n++) body.append(`more${n}`, '1')
    const page = await visitor.request('POST', `${path}?_method=PUT`, body)
    assert.equal(page.status, 413)
    assert.include(page.text, 'too large')
    assert.equal((await product.refresh()).pricePaise, 40_00)
  })

  test('saves the other rows of a page when one is refused, and keeps what was typed there', async ({
    assert,
  }) => {
    const [dal, rice, salt] = [
      await stock({ name: 'Dal', mrpPaise: 44_00 }),
      await stock({ name: 'Rice' }),
      await stock({ name: 'Salt' }),
    ]
    await visitor.visit(`${path}?whole=1`)
    await salt.merge({ pricePaise: 41_00 }).save()
    const typed = { [field(dal)]: '45', [field(rice)]: '42', [field(salt)]: '43' }
    const page = await visitor.submit(FORM, typed)
    assert.equal(page.status, 422)
    assert.include(page.$('.summary').text(), '2 rows were not saved')
    assert.include(page.$('.summary').text(), '1 row saved')
    assert.equal(page.$(`[name="${field(dal)}"]`).val(), '45')
    assert.equal(page.$(`[name="${field(dal)}"]`).attr('aria-invalid'), 'true')
    assert.equal(page.$(`[name="${field(salt)}"]`).val(), '43')
    assert.equal((await rice.refresh()).pricePaise, 42_00)
    assert.equal((await salt.refresh()).pricePaise, 41_00)

    await visitor.submit(FORM, { [field(dal)]: '44' })
    assert.include(visitor.page!.text, '2 rows saved')
    assert.equal((await dal.refresh()).pricePaise, 44_00)
    assert.equal((await salt.refresh()).pricePaise, 43_00)
  })
})
