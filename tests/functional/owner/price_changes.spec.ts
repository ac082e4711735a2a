import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Product from '#models/product'
import type Shop from '#models/shop'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const FORM = '#price-change'
const PREVIEW = `${FORM} [name=show]`
const APPLY = '.price-save button'
const UNDO = '.last-change'
const FIVE_PERCENT = { direction: 'raise', size: '5', sized_in: 'percent', rounding: '100' }

test.group('Many prices at once', (group) => {
  let shop: Shop
  let visitor: Visitor
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
    path = `/owner/shops/${shop.id}/price-changes/create`
  })

  const stock = (values: Partial<Product> = {}) =>
    createProduct({ shopId: shop.id, pricePaise: 40_00, ...values })

  const preview = async (values: Record<string, string> = {}, query = '') => {
    await visitor.visit(path + query)
    return visitor.submit(PREVIEW, { ...FIVE_PERCENT, ...values })
  }
  const shown = () => {
    const { $ } = visitor.page!
    const rows = $('.change-row').map((_, row) => $(row).text().replace(/\s+/g, ' ').trim())
    return rows.get()
  }
  const ticked = () => visitor.page!.$('.change-row :checked').length
  const priceOf = async (product: Product) => (await product.refresh()).pricePaise
  const transactions = async () => {
    const { rows } = await db.rawQuery('SELECT count(DISTINCT transaction) AS n FROM price_changes')
    return Number(rows[0].n)
  }

  test('are shown old and new before anything changes', async ({ assert }) => {
    const dal = await stock({ name: 'Dal', unit: '1 kg' })
    await stock({ name: 'Rice', unit: '5 kg', pricePaise: 333_00 })
    const page = await preview()
    assert.equal(page.status, 200)
    assert.deepEqual(shown(), ['Dal 1 kg was ₹40 becomes ₹42', 'Rice 5 kg was ₹333 becomes ₹350'])
    assert.include(page.text, '2 new prices')
    assert.equal(await priceOf(dal), 40_00)
  })

  test('change in one transaction, and go back in one', async ({ assert }) => {
    const products = [await stock(), await stock({ pricePaise: 60_00 }), await stock()]
    await preview()
    const page = await visitor.submit(APPLY)
    assert.equal(page.path, `/owner/shops/${shop.id}/prices`)
    assert.include(page.text, '3 prices changed.')
    assert.deepEqual(await Promise.all(products.map(priceOf)), [42_00, 63_00, 42_00])
    assert.equal(await transactions(), 1)

    const undone = await visitor.submit(UNDO)
    assert.include(undone.text, '3 prices are back.')
    assert.deepEqual(await Promise.all(products.map(priceOf)), [40_00, 60_00, 40_00])
    assert.equal(await transactions(), 2)
  })

  test('are those of the list it came from, and it is returned to', async ({ assert }) => {
    const dal = await stock({ name: 'Dal', category: 'dals' })
    const rice = await stock({ name: 'Rice', category: 'rice' })
    await visitor.visit(`/owner/shops/${shop.id}/prices?category=dals`)
    const link = visitor.page!.$('a[href*="price-changes"]').attr('href')!
    await preview({}, link.slice(link.indexOf('?')))
    assert.lengthOf(shown(), 1)
    const page = await visitor.submit(APPLY)
    assert.equal(page.path, `/owner/shops/${shop.id}/prices?category=dals`)
    assert.deepEqual([await priceOf(dal), await priceOf(rice)], [42_00, 40_00])
  })

  test('are only the ticked ones, also after another preview', async ({ assert }) => {
    const dal = await stock({ name: 'Dal' })
    const rice = await stock({ name: 'Rice' })
    await preview()
    assert.equal(ticked(), 2)
    await visitor.submit(`${FORM} [name=show][value=none]`)
    assert.equal(ticked(), 0)
    await visitor.submit(PREVIEW, {
      size: '2',
      sized_in: 'rupees',
      [`rows[${rice.id}]`]: '4000',
    })
    assert.equal(ticked(), 1)
    assert.include(shown()[1], '₹42')
    await visitor.submit(APPLY)
    assert.deepEqual([await priceOf(dal), await priceOf(rice)], [40_00, 42_00])
  })

  test('are previewed by the Enter key, which names no button', async ({ assert }) => {
    const dal = await stock({ name: 'Dal' })
    await stock({ name: 'Rice' })
    await preview()
    const { action, fields } = visitor.form(FORM)
    fields.delete(`rows[${dal.id}]`)
    visitor.page = await visitor.request('POST', action, fields)
    assert.equal(visitor.page.status, 200)
    assert.lengthOf(shown(), 2)
    assert.equal(ticked(), 1)
    assert.equal(await transactions(), 0)
  })

  test('say at once what is above the MRP, and leave it', async ({ assert }) => {
    const dal = await stock({ name: 'Dal', mrpPaise: 41_00 })
    const rice = await stock({ name: 'Rice' })
    const page = await preview()
    assert.include(shown()[0], '₹42 is above the MRP of ₹41. Not changed.')
    assert.include(page.text, '1 new price')
    const { text } = await visitor.submit(APPLY)
    assert.include(text, '1 price changed. 1 was not allowed and stays.')
    assert.deepEqual([await priceOf(dal), await priceOf(rice)], [40_00, 42_00])
  })

  test('leave a price that was changed since the preview, and show it again', async ({
    assert,
  }) => {
    const dal = await stock({ name: 'Dal' })
    const rice = await stock({ name: 'Rice' })
    await preview()
    await dal.merge({ pricePaise: 50_00 }).save()
    const page = await visitor.submit(APPLY)
    assert.equal(page.status, 422)
    assert.include(page.$('.summary').text(), '1 price was changed meanwhile')
    assert.deepEqual([await priceOf(dal), await priceOf(rice)], [50_00, 42_00])
    assert.lengthOf(shown(), 1)
    assert.match(shown()[0], /Dal .* was ₹50 becomes ₹53/)
    await visitor.submit(APPLY)
    assert.equal(await priceOf(dal), 53_00)
  })

  test('change once when the form is sent twice, and once back', async ({ assert }) => {
    const dal = await stock()
    await preview()
    const { action, fields } = visitor.form(APPLY)
    for (let time = 0; time < 2; time++) {
      const page = await visitor.request('POST', action, fields)
      assert.include(page.text, '1 price changed.')
      assert.equal(await priceOf(dal), 42_00)
    }
    await visitor.visit(`/owner/shops/${shop.id}/prices?whole=1`)
    const undo = visitor.form(UNDO)
    for (let time = 0; time < 2; time++) {
      assert.include(
        (await visitor.request('POST', undo.action, undo.fields)).text,
        '1 price is back.'
      )
      assert.equal(await priceOf(dal), 40_00)
    }
  })

  test('do not go back where they were changed since, or where the MRP is lower now', async ({
    assert,
  }) => {
    const [dal, rice, salt] = [await stock(), await stock(), await stock({ mrpPaise: 50_00 })]
    await preview({ direction: 'lower', size: '2', sized_in: 'rupees' })
    await visitor.submit(APPLY)
    const undo = visitor.form(UNDO)
    await rice.refresh()
    await rice.merge({ pricePaise: 45_00 }).save()
    await salt.refresh()
    await salt.merge({ mrpPaise: 39_00 }).save()
    const { text } = await visitor.request('POST', undo.action, undo.fields)
    assert.include(text, '1 price is back. 2 were changed since and stay.')
    assert.deepEqual(await Promise.all([dal, rice, salt].map(priceOf)), [40_00, 45_00, 38_00])
  })

  test('do not go back where they are for another amount since', async ({ assert }) => {
    const [dal, rice] = [await stock({ unit: '1 kg' }), await stock({ unit: '1 kg' })]
    await preview({ size: '100' })
    await visitor.submit(APPLY)
    const undo = visitor.form(UNDO)
    await rice.refresh()
    await rice.merge({ unit: '2 kg' }).save()
    const { text } = await visitor.request('POST', undo.action, undo.fields)
    assert.include(text, '1 price is back. 1 was changed since and stays.')
    assert.deepEqual([await priceOf(dal), await priceOf(rice)], [40_00, 80_00])
  })

  test('of loose goods change by their price unit', async ({ assert }) => {
    const rice = await stock({
      ...({ soldAs: 'loose', measure: 'weight', netQuantity: 1_000, unit: 'kg' } as const),
      ...{ smallest: 250, step: 250, presets: [500], stock: 5_000, name: 'Rice' },
    })
    await preview()
    assert.deepEqual(shown(), ['Rice per kg was ₹40 becomes ₹42'])
    await visitor.submit(APPLY)
    assert.equal(await priceOf(rice), 42_00)
  })

  for (const size of ['', '0', '-5', 'five', '101']) {
    test(`refuse a change by "${size}" at its field, and keep what was typed and ticked`, async ({
      assert,
    }) => {
      const dal = await stock({ name: 'Dal' })
      await stock({ name: 'Rice' })
      await preview()
      await visitor.submit(`${FORM} [name=show][value=none]`)
      const page = await visitor.submit(PREVIEW, { size, [`rows[${dal.id}]`]: '4000' })
      assert.equal(page.status, 422)
      assert.equal(page.$('#size').attr('aria-invalid'), 'true')
      assert.equal(page.$('#size').val(), size)
      await visitor.submit(PREVIEW, { size: '5 %' })
      assert.equal(ticked(), 1)
      assert.equal(await priceOf(dal), 40_00)
    })
  }

  test('do not change by what was not previewed, which is previewed then', async ({ assert }) => {
    const dal = await stock({ name: 'Dal' })
    const rice = await stock({ name: 'Rice' })
    await preview()
    const typed = visitor.form(APPLY)
    typed.fields.set('size', '50')
    typed.fields.delete(`rows[${rice.id}]`)
    const page = await visitor.request('POST', typed.action, typed.fields)
    visitor.page = page
    assert.equal(page.status, 422)
    assert.include(page.$('.summary').text(), 'Nothing is changed yet')
    assert.deepEqual([await priceOf(dal), await priceOf(rice)], [40_00, 40_00])
    assert.match(shown()[0], /Dal .* was ₹40 becomes ₹60/)
    assert.equal(ticked(), 1)
    await visitor.submit(APPLY)
    assert.deepEqual([await priceOf(dal), await priceOf(rice)], [60_00, 40_00])
  })

  test('change by what was previewed, however it is written', async ({ assert }) => {
    const dal = await stock()
    await preview()
    await visitor.submit(APPLY, { size: '5.0 %' })
    assert.equal(await priceOf(dal), 42_00)
  })

  test('need one that is ticked', async ({ assert }) => {
    await stock()
    await preview()
    await visitor.submit(`${FORM} [name=show][value=none]`)
    const page = await visitor.submit(APPLY)
    assert.equal(page.status, 422)
    assert.include(page.$('.summary').text(), 'Tick at least one product')
    assert.lengthOf(shown(), 1)
  })

  test('can be 900 in one request', async ({ assert }) => {
    await db.rawQuery(
      `INSERT INTO products (shop_id, name, unit, price_paise, stock)
       SELECT ?, 'Product ' || n, '1 kg', 99999900, 5 FROM generate_series(1, 901) AS n`,
      [shop.id]
    )
    await preview({ direction: 'lower' })
    assert.lengthOf(shown(), 900)
    const { text } = await visitor.submit(APPLY)
    assert.include(text, '900 prices changed.')
    assert.equal(await transactions(), 1)
    await visitor.visit(path)
    await visitor.submit(PREVIEW, { ...FIVE_PERCENT, direction: 'lower' })
    const next = await visitor.visit(visitor.page!.$('[rel=next]').attr('href')!)
    assert.equal(next.$('#size').val(), '5')
    assert.lengthOf(shown(), 1)
    assert.equal(ticked(), 1)
    assert.include((await visitor.submit(APPLY)).text, '1 price changed.')
  }).timeout(60_000)

  test('of another shop are left alone', async ({ assert }) => {
    const foreign = await createProduct({ pricePaise: 40_00 })
    const own = await stock()
    await preview()
    const { action, fields } = visitor.form(APPLY)
    fields.set(`rows[${foreign.id}]`, '4000')
    await visitor.request('POST', action, fields)
    assert.deepEqual([await priceOf(own), await priceOf(foreign)], [42_00, 40_00])
    await foreign.merge({ pricePaise: 41_00 }).save()
    const { id } = await db.from('price_changes').where('product_id', foreign.id).firstOrFail()
    for (const shopId of [shop.id, foreign.shopId]) {
      const undo = `/owner/shops/${shopId}/price-changes/${id}?_method=DELETE`
      assert.equal((await visitor.request('POST', undo, new URLSearchParams())).status, 404)
    }
    assert.equal(await priceOf(foreign), 41_00)
  })
})
