import { test } from '@japa/runner'
import { openKhata } from '#tests/helpers/khatas'
import Order from '#models/order'
import ShopSettings from '#models/shop_settings'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop, createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { ownCluster, pauseReplay, resumeReplay } from '#tests/helpers/standby'
import { Visitor, type Visit } from '#tests/helpers/visitor'

const FORM = '#checkout-form'
const BUY_NOW = 'form[action$="/checkout"]'

/** Puts the product into the cart by its button on the shop's page. */
async function add(visitor: Visitor, { id, shopId }: Product) {
  await visitor.visit(`/shops/${shopId}`)
  await visitor.submit(`#buy-${id} form`)
}

test.group('Checkout page', (group) => {
  let customer: User
  let shop: Shop
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    customer = await createUser({ username: 'asha' })
    shop = await createShop()
    product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5250 })
  })

  const checkout = async (visitor?: Visitor) => {
    const buyer = visitor ?? (await loggedIn(customer))
    await add(buyer, product)
    await buyer.visit(`/shops/${shop.id}/checkout`)
    return buyer
  }

  test('is filled in from the profile and places the order', async ({ assert }) => {
    const visitor = await checkout()
    assert.equal(visitor.page!.$('[name=address]').val(), '12 MG Road, Indore')
    assert.equal(visitor.page!.$('[name=pin_code]').val(), '452001')
    assert.equal(visitor.page!.$('[name=mobile]').val(), customer.mobile)
    const page = await visitor.submit(FORM, { note: 'Ring twice', missing_items: 'replace' })
    const order = await Order.firstOrFail()
    assert.equal(page.path, `/orders/${order.id}`)
    assert.include(page.text, '₹52.50')
    assert.include(page.text, 'Ring twice')
    assert.equal(order.missingItems, 'replace')
    assert.equal((await product.refresh()).stock, 19)
    assert.notInclude((await visitor.visit('/cart')).$('main').text(), 'Besan')
  })

  test('orders from one shop and leaves what is from others in the cart', async ({ assert }) => {
    const other = await createProduct({ name: 'Idli Rava' })
    const visitor = await loggedIn(customer)
    await add(visitor, other)
    await checkout(visitor)
    await visitor.submit(FORM)
    assert.lengthOf(await Order.all(), 1)
    assert.include((await visitor.visit('/cart')).$('main').text(), 'Idli Rava')
  })

  test('Buy now takes a guest through login to exactly that, beside the cart', async ({
    assert,
  }) => {
    const visitor = new Visitor()
    await add(visitor, product)
    await add(visitor, product)
    await visitor.visit(`/shops/${shop.id}/products/${product.id}`)
    await visitor.submit(BUY_NOW)
    assert.match(visitor.page!.path, /^\/login/)
    const page = await visitor.submit('#session-form', { username: 'asha', password: PASSWORD })
    assert.equal(page.path, `/products/${product.id}/checkout?quantity=1`)
    await visitor.submit(FORM)
    const order = await Order.firstOrFail()
    assert.equal(order.totalPaise, 5250)
    const cart = await visitor.visit('/cart')
    assert.include(cart.$(`#line-${product.id}`).text(), '₹105')
  })

  test('Buy now is one piece however often it is tapped, and each page counts', async ({
    assert,
  }) => {
    const visitor = await loggedIn(customer)
    await visitor.visit(`/shops/${shop.id}/products/${product.id}`)
    const { action, fields } = visitor.form(BUY_NOW)
    const pages = await Promise.all(
      Array.from({ length: 2 }, () => visitor.request('GET', `${action}?${fields}`))
    )
    for (const page of pages) {
      assert.equal(page.$('[name="items[0][quantity]"]').val(), '1')
      visitor.page = page
      await visitor.submit(FORM)
    }
    assert.lengthOf(await Order.all(), 2)
    assert.equal((await product.refresh()).stock, 18)
  })

  test('Buy now takes as many as asked, and says when there are fewer or none', async ({
    assert,
  }) => {
    const visitor = await loggedIn(customer)
    const path = `/products/${product.id}/checkout`
    const quantity = (page: Visit) => page.$('[name="items[0][quantity]"]').val()
    assert.equal(quantity(await visitor.visit(`${path}?quantity=3`)), '3')
    for (const odd of ['0', '100', 'x', '']) {
      assert.equal(quantity(await visitor.visit(`${path}?quantity=${odd}`)), '1', odd)
    }
    await product.merge({ stock: 2 }).save()
    const short = await visitor.visit(`${path}?quantity=3`)
    assert.equal(quantity(short), '2')
    assert.include(short.text, 'Only 2 left')
    await product.merge({ stock: 0 }).save()
    const none = await visitor.visit(path)
    assert.include(none.text, 'Out of stock')
    assert.lengthOf(none.$(FORM), 0)
    await product.delete()
    assert.equal((await visitor.visit(path)).status, 404)
  })

  test('comes back after registering too', async ({ assert }) => {
    const visitor = new Visitor()
    await add(visitor, product)
    await visitor.visit(`/shops/${shop.id}/checkout`)
    const link = visitor.page!.$('a[href*="/register/customer"]').attr('href')!
    await visitor.visit(link)
    const page = await visitor.submit('#account-form', {
      full_name: 'Meena Joshi',
      mobile: '9876543210',
      address: '4 Station Road',
      username: 'meena',
      password: PASSWORD,
      password_confirmation: PASSWORD,
    })
    assert.equal(page.path, `/shops/${shop.id}/checkout`)
  })

  test('never sends anybody to another site after login', async ({ assert }) => {
    for (const evil of ['//evil.example', 'https://evil.example', '/\\evil.example', 'evil']) {
      const visitor = new Visitor()
      await visitor.visit(`/login?return_to=${encodeURIComponent(evil)}`)
      assert.lengthOf(visitor.page!.$('[name=return_to]'), 0)
      const body = { username: 'asha', password: PASSWORD, return_to: evil }
      const page = await visitor.request('POST', '/login', new URLSearchParams(body))
      assert.equal(page.path, '/shops')
    }
  })

  test('shows what changed since it was shown and lets the customer decide', async ({ assert }) => {
    const scarce = await createProduct({ shopId: shop.id, name: 'Poha', stock: 5 })
    const gone = await createProduct({ shopId: shop.id, name: 'Suji' })
    const visitor = await loggedIn(customer)
    await add(visitor, scarce)
    await add(visitor, gone)
    await checkout(visitor)
    await product.merge({ pricePaise: 6000 }).save()
    await scarce.merge({ stock: 0 }).save()
    await gone.delete()
    await ShopSettings.create({ shopId: shop.id, deliveryFeePaise: 1500 })

    const page = await visitor.submit(FORM, { note: 'Ring twice' })
    assert.equal(page.status, 409)
    const changes = page.$('[data-change]').text().replace(/\s+/g, ' ')
    assert.include(changes, '₹52.50 → ₹60')
    assert.include(changes, '₹0 → ₹15')
    assert.include(changes, 'Out of stock')
    assert.include(changes, 'no longer sells')
    assert.equal(page.$('[name=note]').val(), 'Ring twice')
    assert.lengthOf(await Order.all(), 0)

    await visitor.submit(FORM)
    const order = await Order.firstOrFail()
    assert.equal(order.totalPaise, 7500)
    assert.lengthOf(await order.related('items').query(), 1)
  })

  test('offers no more than an order takes', async ({ assert }) => {
    for (const [stock, wanted] of [
      [119, 1000],
      [119, 110],
      [5000, 1000],
    ]) {
      await (await product.refresh()).merge({ stock }).save()
      const visitor = await loggedIn(customer)
      await visitor.visit(`/products/${product.id}/checkout`)
      const page = await visitor.submit(FORM, { 'items[0][quantity]': String(wanted) })
      assert.equal(page.$('[name="items[0][quantity]"]').val(), '99')
      assert.match(page.$('[data-change]').text(), /An order takes at most 99, you wanted 1/)
      assert.match((await visitor.submit(FORM)).path, /^\/orders\//)
    }
  })

  test('sent twice, at once or after the answer was lost, it is one order', async ({ assert }) => {
    const visitor = await checkout()
    const { action, fields } = visitor.form(FORM)
    const pages = await Promise.all(
      Array.from({ length: 5 }, () => visitor.request('POST', action, fields))
    )
    assert.lengthOf(new Set(pages.map(({ path }) => path)), 1)
    assert.lengthOf(await Order.all(), 1)
    assert.equal((await product.refresh()).stock, 19)
  })

  test('a repeated submission leaves alone what came into the cart meanwhile', async ({
    assert,
  }) => {
    const visitor = await checkout()
    const { action, fields } = visitor.form(FORM)
    await visitor.request('POST', action, fields)
    const later = await createProduct({ shopId: shop.id, name: 'Poha' })
    await add(visitor, later)
    await visitor.request('POST', action, fields)
    assert.include((await visitor.visit('/cart')).$('main').text(), 'Poha')
  })

  test('with its key and other content it is refused, and keeps what was typed', async ({
    assert,
  }) => {
    const visitor = await checkout()
    const { action, fields } = visitor.form(FORM)
    await visitor.request('POST', action, fields)
    const other = await createProduct({ name: 'Idli Rava', stock: 5 })
    await add(visitor, other)
    await visitor.visit(`/shops/${other.shopId}/checkout`)
    const key = fields.get('form_key')!
    const page = await visitor.submit(FORM, { form_key: key, note: 'Ring twice' })
    assert.equal(page.status, 422)
    assert.include(page.$('[role=alert]').text(), 'already sent this form with other details')
    assert.equal(page.$('[name=note]').val(), 'Ring twice')
    assert.lengthOf(await Order.all(), 1)
    assert.include((await visitor.visit('/cart')).$('main').text(), 'Idli Rava')

    visitor.page = page
    await visitor.submit(FORM)
    assert.equal((await other.refresh()).stock, 4)
  })

  test('a second one of the same cart says that it was ordered, and leads to the order', async ({
    assert,
  }) => {
    const visitor = await checkout()
    const second = visitor.page!
    await visitor.visit(`/shops/${shop.id}/checkout`)
    await visitor.submit(FORM)
    const order = await Order.firstOrFail()
    visitor.page = second
    const page = await visitor.submit(FORM, { note: 'Ring twice' })
    assert.equal(page.status, 409)
    assert.include(page.$('[role=alert]').text(), 'You have already ordered this')
    assert.equal(page.$('[role=alert] a').attr('href'), `/orders/${order.id}`)
    assert.lengthOf(await Order.all(), 1)
    assert.equal((await product.refresh()).stock, 19)
  })

  test('two of the same cart, sent at once, are one order', async ({ assert }) => {
    const first = await checkout()
    const second = new Visitor()
    for (const [name, value] of first.cookies) second.cookies.set(name, value)
    await second.visit(`/shops/${shop.id}/checkout`)
    const pages = await Promise.all([first.submit(FORM), second.submit(FORM)])
    assert.sameMembers(
      pages.map(({ status }) => status),
      [200, 409]
    )
    assert.lengthOf(await Order.all(), 1)
  })

  test('what another page ordered is left out, and the rest can be ordered', async ({ assert }) => {
    const poha = await createProduct({ shopId: shop.id, name: 'Poha', stock: 5 })
    const visitor = await checkout()
    const older = visitor.page!
    await add(visitor, poha)
    await visitor.visit(`/shops/${shop.id}/checkout`)
    const newer = visitor.page!
    visitor.page = older
    await visitor.submit(FORM)
    visitor.page = newer
    const page = await visitor.submit(FORM, { note: 'Ring twice' })
    assert.equal(page.status, 409)
    assert.equal(page.$('[name="items[0][product_id]"]').val(), poha.id)
    assert.equal(page.$('[name=note]').val(), 'Ring twice')
    await visitor.submit(FORM)
    assert.equal((await product.refresh()).stock, 19)
    assert.equal((await poha.refresh()).stock, 4)
  })

  test('what came to a line meanwhile stays in the cart and can be ordered', async ({ assert }) => {
    const visitor = await checkout()
    const open = visitor.page!
    await add(visitor, product)
    visitor.page = open
    await visitor.submit(FORM)
    assert.include((await visitor.visit('/cart')).$(`#line-${product.id}`).text(), '₹52.50')
    await visitor.visit(`/shops/${shop.id}/checkout`)
    await visitor.submit(FORM)
    assert.lengthOf(await Order.all(), 2)
    assert.equal((await product.refresh()).stock, 18)
  })

  test('the same products in a cart that was filled again are ordered again', async ({
    assert,
  }) => {
    const visitor = await checkout()
    await visitor.submit(FORM)
    await checkout(visitor)
    await visitor.submit(FORM)
    assert.lengthOf(await Order.all(), 2)
  })

  for (const [field, value] of [
    ['address', ''],
    ['mobile', '12345'],
    ['note', 'a'.repeat(301)],
    ['fulfilment', 'drone'],
    ['payment_method', 'card'],
    ['payment_method', 'upi'],
    ['payment_method', 'khata'],
    ['missing_items', 'burn'],
  ]) {
    test(`refuses the ${field} "${value.slice(0, 10)}" at the field`, async ({ assert }) => {
      const visitor = await checkout()
      const page = await visitor.submit(FORM, { address: 'At the temple', [field]: value })
      assert.equal(page.status, 422)
      assert.isAbove(page.$(`.field-wrong [name=${field}]`).length, 0)
      const address = field === 'address' ? value : 'At the temple'
      assert.equal(page.$('[name=address]').val(), address)
      assert.lengthOf(await Order.all(), 0)
    })
  }

  test('says what is missing to the minimum of a delivery, and takes a pick-up', async ({
    assert,
  }) => {
    await ShopSettings.create({ shopId: shop.id, minimumOrderPaise: 10_000 })
    const visitor = await checkout()
    assert.include(visitor.page!.text, '₹47.50')
    const refused = await visitor.submit(FORM, { fulfilment: 'delivery' })
    assert.equal(refused.status, 422)
    await visitor.submit(FORM, { fulfilment: 'pickup' })
    assert.equal((await Order.firstOrFail()).fulfilment, 'pickup')
  })

  test('a pick-up needs no address and keeps none', async ({ assert }) => {
    for (const address of ['', 'Behind the temple']) {
      const visitor = await checkout()
      await visitor.submit(FORM, { fulfilment: 'pickup', address })
      assert.isNull((await Order.query().orderBy('id', 'desc').firstOrFail()).address)
    }
    assert.lengthOf(await Order.all(), 2)
  })

  test('offers UPI and the khata only where there is one', async ({ assert }) => {
    const visitor = await checkout()
    assert.lengthOf(visitor.page!.$('[name=payment_method]'), 1)
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    await openKhata(shop.id, customer, 100_000)
    const page = await visitor.visit(`/shops/${shop.id}/checkout`)
    assert.lengthOf(page.$('[name=payment_method]'), 3)
    await visitor.submit(FORM, { payment_method: 'khata' })
    assert.equal((await Order.firstOrFail()).paymentState, 'on_khata')
  })

  test('with nothing of the shop in the cart leads back to it', async ({ assert }) => {
    const visitor = await loggedIn(customer)
    assert.equal((await visitor.visit(`/shops/${shop.id}/checkout`)).path, '/cart')
  })

  test('the buyer sees the order and the lower stock at once, while the replica stands still', async ({
    assert,
    cleanup,
  }) => {
    const scarce = await createProduct({ shopId: shop.id, name: 'Poha', stock: 2 })
    const visitor = await loggedIn(customer)
    await pauseReplay()
    cleanup(resumeReplay)
    await add(visitor, scarce)
    await visitor.visit(`/shops/${shop.id}/checkout`)
    const page = await visitor.submit(FORM)
    assert.include(page.text, 'Poha')
    assert.include((await visitor.visit('/orders')).text, (await Order.firstOrFail()).shopName)
    assert.include((await visitor.visit(`/shops/${shop.id}`)).text, 'Only 1 left')
  }).skip(!ownCluster, 'needs the embedded cluster')
})
