import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'
import ShopSettings from '#models/shop_settings'
import { Visitor } from '#tests/helpers/visitor'
import { oddTexts } from '#tests/functional/search/odd_texts'

const search = (parameters: Record<string, string>) => {
  return new Visitor().visit(`/search?${new URLSearchParams(parameters)}`)
}

test.group('Search page', (group) => {
  group.each.setup(emptyDatabase)

  test('finds what was misspelt', async ({ assert }) => {
    const shop = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
    await createProduct({ shopId: shop.id, name: 'Besan', nameHi: null })
    const page = await search({ q: 'besn' })
    assert.equal(page.status, 200)
    assert.include(page.$('#results').text(), 'Besan')
    assert.include(page.$('#results').text(), 'Gupta Kirana')
  })

  test('invites to search before anything was typed', async ({ assert }) => {
    assert.equal((await search({})).status, 200)
  })

  test('takes whatever is typed', async ({ assert }) => {
    await createProduct({ name: 'Besan' })
    const texts = [...oddTexts(40, 7), 'x'.repeat(10_000), '😀'.repeat(1_000), '\0', '%', '%%00']
    for (const q of texts) {
      const page = await search({ q: q.toWellFormed() })
      assert.equal(page.status, 200, JSON.stringify(q.slice(0, 80)))
    }
  }).timeout(60_000)

  test('leaves out what makes no sense in the address, and shows the rest', async ({ assert }) => {
    await createProduct({ name: 'Besan' })
    const unknown: [string, string][] = [
      ['type', 'nonsense'],
      ['size', '99'],
      ['size', 'many'],
      ['city', 'a\0'],
      ['pin', 'x'],
      ['category', 'weapons'],
      ['price', '77'],
      ['price', '0x1'],
      ['price', '1e0'],
      ['size', '0x32'],
      ['order', 'sideways'],
      ['country', 'in'],
      ['country', 'XY'],
    ]
    for (const [name, value] of unknown) {
      const page = await search({ q: 'besan', [name]: value })
      assert.equal(page.status, 200, name)
      assert.include(page.$('#results').text(), 'Besan', name)
    }
  })

  test('narrows and orders by links, which say how many there are', async ({ assert }) => {
    const [pune, indore] = [
      await createShop({ city: 'Pune', pinCode: '411001' }),
      await createShop({ city: 'Indore', pinCode: '452001' }),
    ]
    await createProduct({ shopId: pune.id, name: 'Besan', pricePaise: 4000 })
    await createProduct({ shopId: indore.id, name: 'Besan Sev', category: 'snacks', stock: 0 })
    const visitor = new Visitor()
    const page = await visitor.visit('/search?q=besan')
    const links = page.$('.facets a').toArray()
    const link = (text: string) => {
      return page.$(links.find((one) => page.$(one).text().includes(text))!)
    }
    assert.include(link('Atta and flours').text(), '(1)')
    const snacks = await visitor.visit(link('Namkeen').attr('href')!)
    assert.include(snacks.$('#results').text(), 'Besan Sev')
    assert.lengthOf(snacks.$('#results .product'), 1)
    assert.lengthOf(
      snacks.$('.facets [aria-current]').filter((_, one) => /Namkeen/.test(snacks.$(one).text())),
      1
    )
    const stocked = await visitor.visit(link('In stock only').attr('href')!)
    assert.lengthOf(stocked.$('#results .product'), 1)
    assert.include((await visitor.visit(link('Pune').attr('href')!)).$('#results').text(), 'Pune')
  })

  test('narrows to a brand, which the card names', async ({ assert }) => {
    const shop = await createShop()
    const brand = `Mother's & "Own" <b>`
    await createProduct({ shopId: shop.id, name: 'Mango pickle', brand })
    await createProduct({ shopId: shop.id, name: 'Mixed pickle' })
    const visitor = new Visitor()
    const page = await visitor.visit('/search?q=pickle')
    const links = page.$('.facets a').filter((_, one) => page.$(one).text().includes(brand))
    assert.include(links.text(), '(1)')
    const narrowed = await visitor.visit(links.attr('href')!)
    assert.lengthOf(narrowed.$('#results .product'), 1)
    assert.include(narrowed.$('#results .product').text(), `Brand: ${brand}`)
    assert.include(narrowed.$('.facets [aria-current]').text(), brand)
    const wide = narrowed.$('.facets [aria-current]').filter((_, one) => {
      return narrowed.$(one).text().includes(brand)
    })
    assert.lengthOf((await visitor.visit(wide.attr('href')!)).$('#results .product'), 2)
  })

  test('narrows to a country of origin, and sorts by it', async ({ assert }) => {
    const shop = await createShop()
    const origins = [null, 'US', 'IN']
    for (const [index, country] of origins.entries()) {
      await createProduct({ shopId: shop.id, name: `Badam ${index}`, nameHi: null, country })
    }
    const visitor = new Visitor()
    const page = await visitor.visit('/search?q=badam')
    const link = (text: string) => {
      return page
        .$('.facets a')
        .filter((_, one) => page.$(one).text().replace(/\s+/g, ' ').includes(text))
    }
    assert.include(link('Made in India').text(), '(1)')
    assert.include(link('Made in United States').text(), '(1)')
    assert.include(link('Not stated').text(), '(1)')
    const namesOn = async (text: string) => {
      const { $ } = await visitor.visit(link(text).first().attr('href')!)
      return $('#results .product h3')
        .toArray()
        .map((one) => $(one).text().trim())
    }
    assert.deepEqual(await namesOn('Made in India ('), ['Badam 2'])
    assert.deepEqual(await namesOn('Made in United States'), ['Badam 1'])
    assert.deepEqual(await namesOn('Not stated'), ['Badam 0'])
    assert.deepEqual(await namesOn('Made in India first'), ['Badam 2', 'Badam 1', 'Badam 0'])
    const { $ } = await visitor.visit('/search?q=badam&country=IN')
    assert.include($('.facets [aria-current=true]').text(), 'Made in India')
  })

  test('says countries in Hindi', async ({ assert }) => {
    await createProduct({ name: 'Badam', country: 'IN' })
    const visitor = new Visitor({ 'accept-language': 'hi' })
    const { $ } = await visitor.visit('/search?q=badam')
    assert.include($('.facets').text(), 'भारत में बना')
  })

  test('puts what is cheapest per kg first', async ({ assert }) => {
    const shop = await createShop()
    for (const [name, unit, pricePaise] of [
      ['Besan Fine', '500 g', 5200],
      ['Besan Mota', '5 kg', 45_000],
    ] as const) {
      await createProduct({ shopId: shop.id, name, nameHi: null, unit, pricePaise })
    }
    const visitor = new Visitor()
    const page = await visitor.visit('/search?q=besan')
    const links = page.$('.facets a').filter((_, one) => /per kg/.test(page.$(one).text()))
    const href = links.attr('href')!
    assert.include(href, 'order=unit_price')
    const { $ } = await visitor.visit(href)
    assert.match($('#results .product').first().text(), /Besan Mota/)
    const amount = await visitor.visit('/search?q=besan+500g')
    assert.match(amount.$('#results .product').first().text(), /Besan Fine/)
  })

  test('puts the shops nearest to a pin code first', async ({ assert }) => {
    for (const [city, pinCode] of [
      ['Delhi', '110001'],
      ['Pune', '411001'],
      ['Mumbai', '400001'],
    ]) {
      const { id } = await createShop({ city, pinCode })
      await createProduct({ shopId: id, name: 'Besan' })
    }
    const { $ } = await search({ q: 'besan', pin: '411 030', type: 'product' })
    assert.match($('#results .product').first().text(), /Pune/)
    assert.match($('#results .product').eq(1).text(), /Mumbai/)
  })

  test('shows what is delivered to a pin code first, and folds the rest', async ({ assert }) => {
    const delivering = await createShop({ name: 'Within', city: 'Pune', pinCode: '411030' })
    const other = await createShop({ name: 'Next door', city: 'Pune', pinCode: '411001' })
    const elsewhere = { deliveryArea: 'pins' as const, deliveryPins: ['411004'] }
    await ShopSettings.create({ shopId: other.id, ...elsewhere })
    await createProduct({ shopId: delivering.id, name: 'Besan', pricePaise: 9000 })
    await createProduct({ shopId: other.id, name: 'Besan', pricePaise: 1000 })
    const { $ } = await search({ q: 'besan', pin: '411001', type: 'product' })
    assert.match($('#results .product').first().text(), /Within/)
    assert.match($('.further .product').text(), /Next door/)
    assert.match($('.further summary').text(), /1 result from shops that do not deliver to 411001/)
  })

  test('lists a category of the shops near by, and asks for the place without one', async ({
    assert,
  }) => {
    const { id: shopId } = await createShop({ city: 'Pune', pinCode: '411030' })
    await createProduct({ shopId, name: 'Chana', category: 'dals' })
    await createProduct({ shopId, name: 'Besan', category: 'flours' })
    const near = await search({ category: 'dals', pin: '411001' })
    assert.match(near.$('#results h2').text(), /1 result for “Dals and pulses”/)
    assert.lengthOf(near.$('#results .product'), 1)
    const far = await search({ category: 'dals', pin: '799001' })
    assert.match(far.$('#results').text(), /No results for “Dals and pulses”/)
    const nowhere = await search({ category: 'dals' })
    const form = nowhere.$('#results form')
    assert.equal(form.find('[name=back]').val(), '/search?category=dals')
    assert.lengthOf(form.find('[name=pin_code]'), 1)
  })

  test('shows what several shops sell once, with the others and their prices', async ({
    assert,
  }) => {
    for (const [name, pricePaise] of [
      ['Gupta Kirana', 5000],
      ['Om Provision', 4000],
    ] as const) {
      const shop = await createShop({ name })
      await createProduct({ shopId: shop.id, name: 'Besan', pricePaise })
    }
    const { $ } = await search({ q: 'besan' })
    assert.lengthOf($('#results .product'), 1)
    assert.match($('#results .product .from').text(), /Om Provision/)
    assert.match($('.offers').text(), /1 other shop sells it[^]*Gupta Kirana[^]*₹50/)
  })

  test('helps when nothing is found', async ({ assert }) => {
    const shop = await createShop({ city: 'Pune' })
    await createProduct({ shopId: shop.id, name: 'Besan', nameHi: null })
    const elsewhere = await search({ q: 'besan', city: 'Indore' })
    assert.lengthOf(elsewhere.$('#results a[href="/search?q=besan"]'), 1)
    assert.lengthOf(elsewhere.$('.instead a[href="/search?q=Besan"]'), 1)
    const besides = await search({ q: 'besan', category: 'rice' })
    assert.include(besides.$('#results').text(), 'A filter may hide')
    assert.notInclude(besides.$('#results').text(), 'shorter words')
    assert.equal(
      besides.$('#results a[href="/search?q=besan"]').text().trim(),
      'Remove the filters'
    )
    const nowhere = await search({ q: 'zzzzqqqq' })
    assert.include(nowhere.$('#results').text(), 'Try fewer or shorter words')
    assert.isAtLeast(nowhere.$('.instead a').length, 5)
  })
})
