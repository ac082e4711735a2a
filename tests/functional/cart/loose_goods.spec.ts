import { test } from '@japa/runner'
import Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { Visitor } from '#tests/helpers/visitor'

const DAL: Partial<Product> = {
  name: 'Toor Dal',
  nameHi: 'तूर दाल',
  soldAs: 'loose',
  measure: 'weight',
  pricePaise: 12_500,
  stock: 20_000,
}

const ADD = '.buy form'

async function shopOf(product: Product, language = 'en') {
  await standbyCaughtUp()
  const visitor = new Visitor({ 'accept-language': language })
  await visitor.visit(`/shops/${product.shopId}`)
  return visitor
}

test.group('Loose goods', (group) => {
  group.each.setup(emptyDatabase)

  test('are shown with their price per kilo and usual amounts', async ({ assert }) => {
    const { page } = await shopOf(await createProduct(DAL))
    assert.include(page!.$('.cost').text().replace(/\s+/g, ' '), '₹125 per kg')
    assert.deepEqual(
      page!
        .$('.preset')
        .get()
        .map((button) => page!.$(button).text().trim()),
      ['100 g', '250 g', '500 g', '1 kg']
    )
  })

  test('"{typed}" puts {shown} into the cart')
    .with([
      { typed: '250 g', shown: '250 g', total: '₹31.25' },
      { typed: '१/२ किलो', shown: '500 g', total: '₹62.50' },
      { typed: 'पाव', shown: '250 g', total: '₹31.25' },
      { typed: 'dhai sau gram', shown: '250 g', total: '₹31.25' },
      { typed: '1.25', shown: null, total: null },
      { typed: '₹20', shown: '160 g', total: '₹20' },
      { typed: 'bees rupaye ka', shown: '160 g', total: '₹20' },
      { typed: '', shown: '50 g', total: '₹6.25' },
    ])
    .run(async ({ assert }, { typed, shown, total }) => {
      const visitor = await shopOf(await createProduct(DAL))
      const answer = await visitor.submit(ADD, { amount: typed })
      assert.equal(answer.status, shown ? 200 : 422, answer.text)
      await visitor.visit('/cart')
      if (!shown) return assert.lengthOf(visitor.page!.$('.line'), 0)
      assert.include(visitor.page!.$('.quantity').text(), shown)
      assert.include(visitor.page!.$('.line-total').text(), total)
      assert.include(visitor.page!.text, '₹125 per kg')
      assert.include(visitor.page!.$('#cart-badge').text(), '1 item')
    })

  test('for twenty rupees say what they give', async ({ assert }) => {
    const even = await createProduct(DAL)
    const visitor = await shopOf(even)
    const answer = await visitor.submit(ADD, { amount: '₹20' })
    assert.include(answer.$('#status').text(), '₹20 gives 160 g of Toor Dal, for ₹20.')
    const odd = await createProduct({ ...DAL, pricePaise: 12_000 })
    const other = await shopOf(odd, 'hi')
    const said = await other.submit(ADD, { amount: 'बीस रुपये का' })
    assert.include(said.$('#status').text(), '₹20 में 166 ग्राम तूर दाल, दाम ₹19.92।')
  })

  test('"{typed}" is refused at the field and kept')
    .with([
      { typed: 'besan', said: 'Write an amount such as 250 g, or rupees such as ₹20.' },
      { typed: '1,5 kg', said: 'Write an amount such as 250 g, or rupees such as ₹20.' },
      { typed: '1.234', said: 'Write an amount such as 250 g, or rupees such as ₹20.' },
      { typed: '20 g', said: 'The smallest amount is 50 g.' },
      { typed: '0', said: 'The smallest amount is 50 g.' },
      { typed: '₹5', said: '₹5 gives 40 g. The smallest amount is 50 g, for ₹6.25.' },
      { typed: '130 g', said: 'Sold in steps of 50 g: write 100 g or 150 g.' },
      { typed: '100 kg', said: 'At most 99 kg of one product.' },
      { typed: '99.001 kg', said: 'At most 99 kg of one product.' },
      { typed: '25 kg', said: 'Only 20 kg left.' },
      { typed: '<b>"1 kg"', said: 'Write an amount such as 250 g, or rupees such as ₹20.' },
    ])
    .run(async ({ assert }, { typed, said }) => {
      const product = await createProduct(DAL)
      const visitor = await shopOf(product)
      const { action, fields } = visitor.form(ADD)
      fields.set('amount', typed)
      const fragment = await visitor.fragment('POST', action, fields)
      const page = await visitor.submit(ADD, { amount: typed })
      for (const { status, $, text } of [fragment, page]) {
        assert.equal(status, 422)
        assert.include(text, said)
        assert.equal($('[name=amount]').attr('value'), typed)
        assert.equal($('[name=amount]').attr('aria-invalid'), 'true')
      }
      assert.lengthOf(fragment.$('html .buy'), 1)
      assert.equal(page.$('.summary a').attr('href'), `#${page.$('[name=amount]').attr('id')}`)
      assert.lengthOf((await visitor.visit('/cart')).$('.line'), 0)
    })

  test('are added up, by preset and by step, as far as they are in stock', async ({ assert }) => {
    const product = await createProduct({ ...DAL, stock: 730 })
    const visitor = await shopOf(product)
    assert.isDefined(visitor.page!.$('.preset[value=1000]').attr('disabled'))
    await visitor.submit('.preset[value=500]')
    assert.include(visitor.page!.$('.in-cart').text(), '500 g in your cart')
    await visitor.submit('[name=by][value=1]')
    assert.include(visitor.page!.$('.in-cart').text(), '550 g in your cart')
    const most = await visitor.submit(ADD, { amount: '250 g' })
    assert.equal(most.status, 422)
    assert.include(most.text, 'Only 730 g left.')
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit('[name=by][value="-1"]')
    assert.include(visitor.page!.$('.in-cart').text(), '500 g in your cart')
  })

  test('are added by amount to what the page showed, and not again from an old page', async ({
    assert,
  }) => {
    const visitor = await shopOf(await createProduct(DAL))
    const old = visitor.form('.amounts form')
    for (const shown of ['250 g', '500 g']) {
      await visitor.submit('.amounts form', { amount: '250 g' })
      assert.include(visitor.page!.$('.in-cart').text(), shown)
    }
    old.fields.set('amount', '250 g')
    const answer = await visitor.fragment('POST', old.action, old.fields)
    assert.include(answer.text, 'is in your cart already: 500 g')
    assert.include(answer.$('.in-cart').text(), '500 g')
  })

  test('go below the smallest amount out of the cart', async ({ assert }) => {
    const visitor = await shopOf(await createProduct(DAL))
    await visitor.submit(ADD)
    assert.include(visitor.page!.$('.in-cart').text(), '50 g in your cart')
    await visitor.submit('[name=by][value="-1"]')
    assert.lengthOf(visitor.page!.$('.in-cart'), 0)
    assert.lengthOf((await visitor.visit('/cart')).$('.line'), 0)
  })

  test('step from an odd weight to the next round one', async ({ assert }) => {
    const visitor = await shopOf(await createProduct(DAL))
    await visitor.submit(ADD, { amount: '₹20' })
    await visitor.visit('/cart')
    assert.equal(visitor.page!.$('[id^=less]').attr('value'), '150')
    await visitor.submit('[id^=more]')
    assert.include(visitor.page!.$('.quantity').text(), '200 g')
  })

  test('are changed in the cart by amount and by rupees', async ({ assert }) => {
    const visitor = await shopOf(await createProduct(DAL))
    await visitor.submit(ADD, { amount: '250 g' })
    await visitor.visit('/cart')
    await visitor.submit('.line .portion', { amount: 'dedh kilo' })
    assert.include(visitor.page!.$('.quantity').text(), '1.5 kg')
    await visitor.submit('.line .portion', { amount: '40 rs' })
    assert.include(visitor.page!.$('#status').text(), '₹40 gives 320 g of Toor Dal, for ₹40.')
    const { action, fields } = visitor.form('.line .portion')
    for (const [typed, said] of [
      ['30 kg', 'Only 20 kg left.'],
      ['20 g', 'The smallest amount is 50 g.'],
      ['', 'Write an amount such as 250 g'],
      ['much', 'Write an amount such as 250 g'],
    ]) {
      fields.set('amount', typed)
      const fragment = await visitor.fragment('POST', action, fields)
      const page = await visitor.request('POST', action, fields)
      for (const { status, $, text } of [fragment, page]) {
        assert.equal(status, 422)
        assert.include(text, said)
        assert.equal($('.line [name=amount]').attr('value'), typed)
      }
    }
    assert.include((await visitor.visit('/cart')).$('.quantity').text(), '320 g')
  })

  test('of an old page are not changed over what was done since', async ({ assert }) => {
    const visitor = await shopOf(await createProduct(DAL))
    await visitor.submit(ADD, { amount: '250 g' })
    await visitor.visit('/cart')
    const { action, fields } = visitor.form('.line .portion')
    await visitor.submit('.line .portion', { amount: '1 kg' })
    fields.set('amount', '500 g')
    const answer = await visitor.request('POST', action, fields)
    assert.include(answer.text, 'Your cart changed in another tab')
    assert.include(answer.$('.quantity').text(), '1 kg')
  })

  test('by the dozen are bought by piece and priced by piece', async ({ assert }) => {
    const eggs = { ...DAL, name: 'Eggs', measure: 'pieces', pricePaise: 8400, stock: 30 } as const
    const visitor = await shopOf(await createProduct(eggs))
    assert.include(visitor.page!.$('.cost').text().replace(/\s+/g, ' '), 'per dozen ₹7 per piece')
    await visitor.submit(ADD, { amount: 'half dozen' })
    const { $ } = await visitor.visit('/cart')
    assert.include($('.quantity').text(), '6 pieces')
    assert.include($('.line-total').text(), '₹42')
  })

  test('with less in stock than can be bought are sold out', async ({ assert }) => {
    const { page } = await shopOf(await createProduct({ ...DAL, stock: 40 }))
    assert.isDefined(page!.$('.buy .step').attr('disabled'))
    assert.lengthOf(page!.$('.buy [name=amount]'), 0)
    assert.include(page!.text, 'Out of stock')
  })

  test('of which less is left are shown so, with what can be taken', async ({ assert }) => {
    const product = await createProduct(DAL)
    const visitor = await shopOf(product)
    await visitor.submit(ADD, { amount: '1 kg' })
    await product.merge({ stock: 730 }).save()
    await standbyCaughtUp()
    await visitor.visit('/cart')
    assert.include(visitor.page!.$('[data-change]').text(), 'Only 730 g left')
    await visitor.submit('.stepper button[value=730]')
    assert.include(visitor.page!.$('.quantity').text(), '730 g')
    assert.lengthOf(visitor.page!.$('[data-change]'), 0)
  })

  test('that are sold from more now are not counted until that is taken', async ({ assert }) => {
    const product = await createProduct(DAL)
    const visitor = await shopOf(product)
    await visitor.submit(ADD, { amount: '100 g' })
    await product.merge({ smallest: 250, presets: [250, 500] }).save()
    await standbyCaughtUp()
    await visitor.visit('/cart')
    assert.include(visitor.page!.$('[data-change]').text(), 'from 250 g now')
    assert.include(visitor.page!.$('.total-grand').text(), '₹0')
    await visitor.submit('.stepper button[value=250]:not(.step)')
    assert.include(visitor.page!.$('.total-grand').text(), '₹31.25')
  })
})

test.group('Packed goods', (group) => {
  group.each.setup(emptyDatabase)

  test('are shown with their unit price on card and in the cart', async ({ assert }) => {
    const shop = await createShop()
    await createProduct({ shopId: shop.id, name: 'Besan', unit: '500 g', pricePaise: 5250 })
    await createProduct({ shopId: shop.id, name: 'Gift box', unit: 'family pack' })
    const visitor = await shopOf(await Product.findByOrFail('name', 'Besan'))
    const prices = visitor.page!.$('.unit-price')
    assert.equal(prices.text().trim(), '₹105 per kg')
    await visitor.submit(ADD)
    assert.include((await visitor.visit('/cart')).$('.line .unit-price').text(), '₹105 per kg')
  })

  test('take no typed amount', async ({ assert }) => {
    const product = await createProduct({ name: 'Besan' })
    const visitor = await shopOf(product)
    const body = new URLSearchParams({ product_id: product.id, amount: '250 g' })
    assert.equal((await visitor.request('POST', '/cart/items', body)).status, 422)
    await visitor.submit(ADD)
    const action = `/cart/items/${product.id}?_method=PUT`
    const change = new URLSearchParams({ amount: '250 g' })
    assert.equal((await visitor.request('POST', action, change)).status, 422)
    assert.include((await visitor.visit('/cart')).$('.quantity').text(), '1')
  })
})
