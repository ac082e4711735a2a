import { test } from '@japa/runner'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const LOOSE: Partial<Product> = {
  soldAs: 'loose',
  measure: 'weight',
  netQuantity: 1_000,
  unit: 'kg',
  smallest: 250,
  step: 250,
  presets: [500],
  stock: 5_000,
}

test.group("A shop's prices for WhatsApp", (group) => {
  let owner: User
  let shop: Shop
  let visitor: Visitor
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id, name: 'Gupta *Kirana*' })
    visitor = await loggedIn(owner)
    path = `/owner/shops/${shop.id}/price-message`
  })

  const stock = (values: Partial<Product> = {}) =>
    createProduct({ shopId: shop.id, pricePaise: 140_00, unit: '1 kg', ...values })

  const messages = async (query = '') => {
    const { $ } = await visitor.visit(path + query)
    return $('textarea')
      .map((_, area) => $(area).text())
      .get()
  }

  test('are by category, with unit and price, and say what is out of stock', async ({ assert }) => {
    await stock({ name: 'Toor dal', category: 'dals' })
    await stock({ name: 'Basmati', category: 'rice', stock: 0, pricePaise: 90_50 })
    await stock({ name: 'Chana dal', category: 'dals', pricePaise: 1_250_00 })
    await stock({ name: 'Broom', category: null, unit: '1 piece' })
    await stock({ ...LOOSE, name: 'Potato', category: 'vegetables' })
    const [text, ...more] = await messages()
    assert.lengthOf(more, 0)
    const [title, day, ...lines] = text.split('\n')
    assert.equal(title, '*Gupta Kirana*')
    assert.match(day, /^Prices of \d+ \w+ \d{4}$/)
    assert.deepEqual(lines.slice(0, -1), [
      '',
      '*Dals and pulses*',
      'Chana dal, 1 kg: ₹1,250',
      'Toor dal, 1 kg: ₹140',
      '',
      '*Rice*',
      'Basmati, 1 kg: ₹90.50 (Out of stock)',
      '',
      '*Vegetables*',
      'Potato, per kg: ₹140',
      '',
      '*Other products*',
      'Broom, 1 piece: ₹140',
      '',
      'Order here:',
    ])
    assert.match(lines.at(-1)!, new RegExp(`^https?://.*/shops/${shop.id}$`))
  })

  test('are in the language of the owner', async ({ assert }) => {
    await stock({ name: 'Toor dal', nameHi: 'अरहर दाल', category: 'dals' })
    visitor = await loggedIn(owner, new Visitor({ 'accept-language': 'hi' }))
    const [text] = await messages()
    assert.include(text, 'अरहर दाल, 1 किलो: ₹140')
    assert.include(text, 'ऑर्डर यहाँ करें:')
  })

  test('open WhatsApp with the text, however long its address is', async ({ assert }) => {
    await stock({ name: 'Toor dal & more' })
    const { $ } = await visitor.visit(path)
    const url = new URL($('a[href*="wa.me"]').attr('href')!)
    assert.equal(url.searchParams.get('text'), $('textarea').text())
    for (let n = 0; n < 100; n++) await stock({ name: `${'लंबा नाम '.repeat(6)}${n}` })
    const long = await visitor.visit(path)
    assert.isAbove(long.$('textarea').length, 1)
    const links = long.$('a[href*="wa.me"]').map((_, link) => long.$(link).attr('href')!.length)
    for (const length of links.get()) assert.isAtMost(length, 8_000)
    assert.equal(links.length, long.$('textarea').length)
  })

  test('have no marks of WhatsApp in what a shop named', async ({ assert }) => {
    await shop.merge({ name: '*Gupta* _Kirana_' }).save()
    await stock({ name: '~Toor~ *dal* `new`_', category: 'dals' })
    const [text] = await messages()
    const [title, , , , line] = text.split('\n')
    assert.equal(title, '*Gupta Kirana*')
    assert.equal(line, 'Toor dal new, 1 kg: ₹140')
  })

  test('have every product of a long list, in texts that WhatsApp takes', async ({ assert }) => {
    for (let n = 0; n < 200; n++) await stock({ name: `Product ${1_000 + n}` })
    const texts = await messages()
    assert.isAbove(texts.length, 1)
    for (const text of texts) assert.isAtMost(text.length, 4_096)
    const names = texts.join('\n').match(/Product \d+/g)!
    assert.lengthOf(new Set(names), 200)
    assert.lengthOf(names, 200)
  })

  test('can be those that changed today alone', async ({ assert }) => {
    const dal = await stock({ name: 'Toor dal' })
    await stock({ name: 'Sugar' })
    assert.include((await visitor.visit(`${path}?changed=1`)).text, 'No products here')
    await dal.merge({ pricePaise: 150_00 }).save()
    const [text] = await messages('?changed=1')
    assert.include(text, 'Toor dal, 1 kg: ₹150')
    assert.notInclude(text, 'Sugar')
  })
})
