import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { MEASURES } from '#measures/goods'
import { CATEGORIES } from '#models/category'
import Product from '#models/product'
import { clean } from '#text/clean'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const SIGNS = ['=', '+', '-', '@', "'", "''", '"', '＝', ',', ';', '🥭', 'बेसन', 'name', '9"', ' ']

const text = (most: number) =>
  fc
    .array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ unit: 'grapheme', maxLength: 5 })), {
      minLength: 1,
      maxLength: 6,
    })
    .map((parts) => clean(parts.join('')))
    .filter((made) => made !== '' && [...made].length <= most && !/\p{Cc}/u.test(made))

const common = fc.record({
  name: text(120),
  nameHi: fc.option(text(120)),
  brand: fc.option(text(60)),
  category: fc.option(fc.constantFrom(...CATEGORIES)),
  pricePaise: fc.integer({ min: 1, max: 100_000_000 }),
  country: fc.option(fc.constantFrom('IN', 'US', 'NP')),
  maker: fc.option(text(120)),
  diet: fc.option(fc.constantFrom('veg' as const, 'non_veg' as const)),
  hsnCode: fc.option(fc.constantFrom('0713', '071390', '07139090')),
  gstBasisPoints: fc.option(fc.constantFrom(0, 25, 500, 1800)),
})

const packs = fc.record({
  soldAs: fc.constant('packed' as const),
  unit: fc.oneof(text(40), fc.constantFrom('500 g', '1 kg', 'kg', '1 dozen', '2 x 100 g')),
  stock: fc.integer({ min: 0, max: 1_000_000 }),
})

const loose = fc.record({
  soldAs: fc.constant('loose' as const),
  measure: fc.constantFrom(...MEASURES),
  unit: fc.constant('kg'),
  smallest: fc.integer({ min: 1, max: 300 }),
  step: fc.integer({ min: 1, max: 1_188 }),
  presets: fc.array(fc.integer({ min: 300, max: 1_188 }), { maxLength: 8 }),
  stock: fc.integer({ min: 0, max: 100_000_000 }),
})

const product = fc.tuple(common, fc.oneof(packs, loose)).map(([values, goods]) => {
  const pricePaise = goods.soldAs === 'loose' ? values.pricePaise + 1_000 : values.pricePaise
  const mrpPaise = goods.soldAs === 'packed' && values.diet ? pricePaise : null
  return { ...values, ...goods, pricePaise: Math.min(pricePaise, 100_000_000), mrpPaise }
})

test.group('Importing a list', (group) => {
  let visitor: Visitor
  let shopId: string

  group.each.timeout(300_000)
  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    shopId = (await createShop({ ownerId: owner.id })).id
    visitor = await loggedIn(owner)
  })

  const check = (csv: string, language = 'en') => {
    const body = new FormData()
    body.set('file', new File([csv], 'products.csv'))
    const headers = { 'accept-language': language }
    return visitor.request('POST', `/owner/shops/${shopId}/product-imports`, body, headers)
  }

  test('that was exported changes nothing, however the products are called', async ({ assert }) => {
    const property = fc.asyncProperty(
      fc.array(product, { minLength: 1, maxLength: 40 }),
      async (products) => {
        await db.from('products').delete()
        const keys = await Product.keysOf(products.map(({ name }) => name))
        const unlike = products.filter((_, index) => keys.indexOf(keys[index]) === index)
        await Product.createMany(unlike.map((values) => ({ ...values, shopId })))
        for (const language of ['en', 'hi']) {
          const headers = { 'accept-language': language }
          const from = `/owner/shops/${shopId}/products.csv`
          const { html } = await visitor.request('GET', from, undefined, headers)
          const { text: said } = await check(html)
          const expected = `0 new, 0 changed, ${unlike.length} without a change, 0 with errors`
          assert.include(said, expected)
        }
      }
    )
    await fc.assert(property, { numRuns: 15 })
  })

  test('of any text is answered, and stores nothing before it is confirmed', async ({ assert }) => {
    const anything = fc.array(
      fc.oneof(
        fc.constantFrom(...SIGNS, '\n', '\r\n', '\t', 'name,unit,price,stock\n', '\u200b', '\0'),
        fc.string({ unit: 'binary', maxLength: 8 })
      ),
      { maxLength: 60 }
    )
    await fc.assert(
      fc.asyncProperty(anything, async (parts) => {
        const { status } = await check(parts.join(''))
        assert.include([200, 422], status)
      }),
      { numRuns: 40 }
    )
    assert.lengthOf(await Product.all(), 0)
  })
})
