import { test } from '@japa/runner'
import { CATEGORIES } from '#models/category'
import ShopSettings from '#models/shop_settings'
import { eventually } from '#tests/helpers/eventually'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

test.group('Home page', (group) => {
  group.each.setup(emptyDatabase)

  test('asks for the place, and then shows the shops there with fee and distance', async ({
    assert,
  }) => {
    const shop = await createShop({ name: 'Gupta Kirana', pinCode: '452010' })
    const terms = { deliveryFeePaise: 20_00, minimumOrderPaise: 150_00 }
    await ShopSettings.create({ shopId: shop.id, ...terms })
    const visitor = new Visitor()
    await visitor.visit('/')
    await visitor.submit('main form[action*="/place"]', { pin_code: '452001' })
    await eventually(async () => {
      const { $ } = await visitor.visit('/')
      assert.lengthOf($('main form[action*="/place"]'), 0)
      const card = $('[aria-labelledby=near-deliver] .shop').text()
      assert.match(card, /Gupta Kirana[^]*about \d+ km away[^]*Home delivery ₹20\s+from ₹150/)
    })
  })

  test('says that no shop is near', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.visit('/')
    await visitor.submit('main form[action*="/place"]', { pin_code: '799001' })
    assert.include((await visitor.visit('/')).$('main').text(), 'No shop near 799001 yet')
  })

  test('leads to a search in each category, with a drawing from one file', async ({ assert }) => {
    const { $ } = await new Visitor().visit('/')
    const links = $('.tiles a').get()
    const paths = links.map(({ attribs }) => attribs.href)
    assert.deepEqual(
      paths,
      CATEGORIES.map((category) => `/search?category=${category}`)
    )
    const files = new Set(
      $('.tiles use')
        .get()
        .map(({ attribs }) => attribs.href.split('#')[0])
    )
    assert.lengthOf([...files], 1)
    const sprite = await fetch(new URL([...files][0], `http://127.0.0.1:${process.env.PORT}`))
    assert.include(sprite.headers.get('content-type'), 'image/svg+xml')
    assert.include(sprite.headers.get('cache-control'), 'immutable')
  })

  test('leads owners to their shops', async ({ assert }) => {
    const owner = await loggedIn(await createOwner())
    const { $ } = await owner.visit('/')
    assert.lengthOf($('.hero a[href="/owner/shops"]'), 1)
  })
})
