import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Product from '#models/product'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { Visitor, type Visit } from '#tests/helpers/visitor'

test.group('The page of a shop', (group) => {
  let shop: Shop
  let besan: Product
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    shop = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
    besan = await createProduct({
      ...{ shopId: shop.id, name: 'Besan', nameHi: 'बेसन', category: 'flours' },
      pricePaise: 5_200,
    })
    await createProduct({ shopId: shop.id, name: 'Jeera', nameHi: 'जीरा', category: 'spices' })
    await createProduct({ shopId: shop.id, name: 'Toor Dal', category: 'dals' })
    await createProduct({ name: 'Jeera of another shop', category: 'spices' })
    path = `/shops/${shop.id}`
    await standbyCaughtUp()
  })

  const namesOn = ({ $ }: Visit) =>
    $('.product h3 > a')
      .get()
      .map((link) => $(link).text().trim().split(/\s/)[0])

  test('says how the shop is reached and what an order costs', async ({ assert }) => {
    await ShopSettings.create({
      ...{ shopId: shop.id, phone: '9876543210', address: '12 MG Road' },
      ...{ minimumOrderPaise: 199_00, deliveryFeePaise: 20_00 },
    })
    await eventually(async () => {
      const { $ } = await new Visitor().visit(path)
      assert.equal($('.contacts a').first().attr('href'), 'tel:+919876543210')
    })
    const { $ } = await new Visitor().visit(path)
    assert.lengthOf($('a[href="https://wa.me/919876543210"]'), 1)
    const map = new URL($('a[href^="https://www.openstreetmap.org"]').attr('href')!)
    assert.equal(map.searchParams.get('query'), '12 MG Road, Indore')
    const facts = $('.shop-facts').text().replace(/\s+/g, ' ')
    assert.include(facts, 'Home delivery ₹20 from ₹199')
    assert.include(facts, 'Pick up')
    await db.from('shop_settings').update({ delivery_fee_paise: 0 })
    await eventually(async () => {
      assert.include((await new Visitor().visit(path)).text, 'Home delivery free')
    })
  })

  test('says what a delivery to the place costs, also in its bar and at a product', async ({
    assert,
  }) => {
    await ShopSettings.create({
      ...{ shopId: shop.id, minimumOrderPaise: 199_00, deliveryFeePaise: 20_00 },
      ...{ freeDeliveryFromPaise: 300_00 },
    })
    await standbyCaughtUp()
    const visitor = new Visitor()
    const facts = async (at = path) => {
      return (await visitor.visit(at)).$('.shop-facts').text().replace(/\s+/g, ' ')
    }
    const bar = () => visitor.page!.$('#shop-bar').text().replace(/\s+/g, ' ')
    const be = async (pin: string) => {
      await visitor.visit('/place')
      await visitor.submit('#place-form', { pin_code: pin })
    }
    await eventually(async () => assert.include(await facts(), 'Delivers to PIN codes 452…'))
    await be('452001')
    const near = await facts()
    assert.include(near, 'Home delivery ₹20 from ₹199 · free from ₹300'.replace(' ·', ''))
    assert.notInclude(near, 'Delivers to PIN codes')
    await visitor.submit(`#buy-${besan.id} form`)
    assert.include(bar(), '₹147 more for home delivery')
    await be('482001')
    for (const at of [path, `${path}/products/${besan.id}`]) {
      const far = await facts(at)
      assert.include(far, 'Not delivered to 482001')
      assert.include(far, 'Pick up')
      assert.notInclude(far, 'Home delivery')
      assert.include(bar(), 'Not delivered to 482001: pick up only')
    }
  })

  test('says nothing of a phone or an address that the shop has not given', async ({ assert }) => {
    const { $ } = await new Visitor().visit(path)
    assert.lengthOf($('.contacts, a[href^="tel:"], a[href*="wa.me"]'), 0)
  })

  test('is searched in its own products, also when they are misspelt', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.visit(path)
    assert.deepEqual(namesOn(await visitor.submit('form.within', { q: 'जीरा' })), ['Jeera'])
    assert.deepEqual(namesOn(await visitor.visit(`${path}?q=jira`)), ['Jeera'])
    assert.equal(visitor.page!.$('#shop-q').val(), 'jira')
    const none = await visitor.visit(`${path}?q=toothpaste`)
    assert.include(none.text, 'This shop has nothing for “toothpaste”')
    assert.lengthOf(none.$('a[href="/search?q=toothpaste"]'), 1)
    const fragment = await visitor.fragment('GET', `${path}?q=jeera`)
    assert.deepEqual(namesOn(fragment), ['Jeera'])
    assert.lengthOf(fragment.$('header'), 0)
  })

  test('finds a product again after its name changed', async ({ assert }) => {
    assert.deepEqual(namesOn(await new Visitor().visit(`${path}?q=poha`)), [])
    await besan.merge({ name: 'Poha', nameHi: null }).save()
    await eventually(async () => {
      assert.deepEqual(namesOn(await new Visitor().visit(`${path}?q=poha`)), ['Poha'])
    })
  })

  test('has a link to each of its categories, and shows one of them', async ({ assert }) => {
    const { $ } = await new Visitor().visit(path)
    assert.lengthOf($('.rail a'), 4)
    const spices = await new Visitor().visit($('.rail a[href*="spices"]').attr('href')!)
    assert.deepEqual(namesOn(spices), ['Jeera'])
    assert.lengthOf(spices.$('.rail [aria-current]'), 1)
    assert.include(spices.$('.rail [aria-current]').text(), 'Spices')
    const none = await new Visitor().visit(`${path}?category=pooja`)
    assert.include(none.text, 'nothing in this category')
    for (const odd of ['category=nonsense', 'q[]=1', 'bought=1', `q=${'a'.repeat(500)}`]) {
      assert.lengthOf(namesOn(await new Visitor().visit(`${path}?${odd}`)), 3, odd)
    }
  })

  test('pages through a category, each product once', async ({ assert }) => {
    const names = Array.from({ length: 40 }, (_, n) => `Dal${String(n).padStart(2, '0')}`)
    for (const name of names) await createProduct({ shopId: shop.id, name, category: 'dals' })
    await standbyCaughtUp()
    const visitor = new Visitor()
    const first = await visitor.visit(`${path}?category=dals`)
    const second = await visitor.visit(first.$('[rel=next]').attr('href')!)
    assert.deepEqual([...namesOn(first), ...namesOn(second)], [...names, 'Toor'])
  })

  test('shows a customer what they bought before, and nobody else', async ({ assert }) => {
    const asha = await createUser()
    await createOrder({ customer: asha, product: besan })
    const toor = await createProduct({ shopId: shop.id, name: 'Aam Papad' })
    const cancelled = await createOrder({ customer: asha, product: toor })
    await cancelled.move('withdraw', asha)
    const visitor = await loggedIn(asha)
    const link = (await visitor.visit(path)).$('a[href*="bought=1"]')
    assert.lengthOf(link, 1)
    assert.deepEqual(namesOn(await visitor.visit(link.attr('href')!)), ['Besan'])
    for (const other of [new Visitor(), await loggedIn(await createUser())]) {
      assert.lengthOf((await other.visit(path)).$('a[href*="bought=1"]'), 0)
      assert.lengthOf(namesOn(await other.visit(`${path}?bought=1`)), 4)
    }
  })

  test('shows what was ordered a moment ago as bought before', async ({ assert }) => {
    const asha = await createUser()
    const visitor = await loggedIn(asha)
    assert.lengthOf((await visitor.visit(path)).$('a[href*="bought=1"]'), 0)
    await createOrder({ customer: asha, product: besan })
    await eventually(async () => {
      assert.lengthOf((await visitor.visit(path)).$('a[href*="bought=1"]'), 1)
    })
  })

  test('sums up the cart of this shop at the bottom, and what is missing', async ({ assert }) => {
    await ShopSettings.create({ shopId: shop.id, minimumOrderPaise: 199_00 })
    const other = await createProduct({ name: 'Poha' })
    await standbyCaughtUp()
    const visitor = new Visitor()
    const bar = () => visitor.page!.$('#shop-bar')
    await visitor.visit(`/shops/${other.shopId}`)
    await visitor.submit(`#buy-${other.id} form`)
    await visitor.visit(path)
    assert.isDefined(bar().attr('hidden'))
    await visitor.submit(`#buy-${besan.id} form`)
    assert.isUndefined(bar().attr('hidden'))
    const said = () => bar().text().replace(/\s+/g, ' ')
    assert.include(said(), '₹52 · 1 item ₹147 more for home delivery')
    await besan.merge({ pricePaise: 20_000 }).save()
    await eventually(async () => {
      await visitor.visit(path)
      assert.include(said(), '₹200 · 1 item')
      assert.notInclude(said(), 'more for')
    })
  })
})

test.group('A row of a shop', (group) => {
  let besan: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    besan = await createProduct({ name: 'Besan', pricePaise: 5_200 })
    await standbyCaughtUp()
    visitor = new Visitor()
    await visitor.visit(`/shops/${besan.shopId}`)
  })

  const ask = (fields: Record<string, string>) => {
    const body = new URLSearchParams({ product_id: besan.id, ...fields })
    const headers = {
      'hx-request': 'true',
      'hx-request-type': 'partial',
      'referer': `${visitor.origin}/shops/${besan.shopId}`,
    }
    return visitor.request('POST', '/cart/items', body, headers)
  }

  test('becomes a stepper in place, with badge and bar', async ({ assert }) => {
    const added = await ask({ seen: '0' })
    assert.equal(added.status, 200)
    assert.lengthOf(added.$('header'), 0)
    assert.match(added.$(`#buy-${besan.id} .in-cart`).text(), /1 in your cart/)
    assert.match(added.$('#cart-badge[hx-swap-oob]').text(), /^\s*1/)
    assert.include(added.$('#shop-bar[hx-swap-oob]').text(), '₹52')
    const less = await ask({ seen: '1', by: '-1' })
    assert.lengthOf(less.$('.in-cart'), 0)
    assert.isDefined(less.$('#shop-bar').attr('hidden'))
    assert.match(less.$('#cart-badge').text(), /^\s*0/)
  })

  test('does not go down twice for a tap that was sent twice, nor over a newer tap', async ({
    assert,
  }) => {
    for (const seen of ['0', '1', '2']) await ask({ seen })
    const down = { seen: '3', by: '-1' }
    const answers = await Promise.all([ask(down), ask(down)])
    for (const answer of answers) assert.match(answer.$('.in-cart').text(), /2 in your cart/)
    const old = await ask({ seen: '1', by: '-1' })
    assert.match(old.text, /changed in another tab/)
    assert.match(old.$('.in-cart').text(), /2 in your cart/)
  })

  test('comes back to itself without JavaScript', async ({ assert }) => {
    const { action, fields } = visitor.form(`#buy-${besan.id} form`)
    const answer = await visitor.send('POST', action, fields.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      'referer': `${visitor.origin}/shops/${besan.shopId}?category=flours`,
    })
    const back = answer.headers.get('location')
    assert.equal(back, `/shops/${besan.shopId}?category=flours#buy-${besan.id}`)
  })

  test('says that nothing is left, and no more than that', async ({ assert }) => {
    assert.notInclude(visitor.page!.$('.product').text(), 'In stock')
    await besan.merge({ stock: 0 }).save()
    await eventually(async () => {
      const { $ } = await visitor.visit(`/shops/${besan.shopId}`)
      assert.include($('.product').text(), 'Out of stock')
      assert.isDefined($(`#add-${besan.id}`).attr('disabled'))
    })
  })
})
