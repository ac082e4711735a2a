import { test } from '@japa/runner'
import type Shop from '#models/shop'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { noteRenderings } from '#tests/helpers/renderings'
import type { Visitor } from '#tests/helpers/visitor'

const rendered = noteRenderings()
const rows = () => rendered.filter((path) => path.endsWith('product_row.edge')).length

test.group('Rows that are kept by what they show', (group) => {
  let shop: Shop
  let owner: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    const user = await createOwner()
    shop = await createShop({ ownerId: user.id })
    owner = await loggedIn(user)
    await createProduct({ shopId: shop.id, name: 'Besan', nameHi: 'बेसन', pricePaise: 5_200 })
    await createProduct({ shopId: shop.id, name: 'Rice', nameHi: null, pricePaise: 9_000 })
  })

  const visit = () => owner.visit(`/owner/shops/${shop.id}`)

  test('are rendered again when they show something else, and no other is', async ({ assert }) => {
    await visit()
    const before = rows()
    await visit()
    assert.equal(rows(), before)
    const product = await shop.related('products').query().where('name', 'Rice').firstOrFail()
    await product.merge({ pricePaise: 9_100 }).save()
    const { text } = await visit()
    assert.include(text, '₹91')
    assert.notInclude(text, '₹90')
    assert.include(text, '₹52')
    assert.equal(rows(), before + 1)
  })

  test('are as long when they are new as when they are kept', async ({ assert }) => {
    await shop.merge({ name: 'Gupta & Sons' }).save()
    const first = await visit()
    assert.equal((await visit()).html.length, first.html.length)
    assert.include(first.text, 'Gupta & Sons')
  })

  test('speak the language of the reader', async ({ assert }) => {
    await visit()
    const english = owner.page!
    await owner.submit('header button[lang=hi]')
    const hindi = await visit()
    assert.equal(hindi.$('#products [lang=hi]').first().text(), 'बेसन')
    assert.notEqual(
      hindi.$('#products li .button').text(),
      english.$('#products li .button').text()
    )
  })
})
