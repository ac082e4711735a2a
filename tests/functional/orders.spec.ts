import { test } from '@japa/runner'
import QRCode from 'qrcode'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'

const SVG = { type: 'svg', margin: 2, errorCorrectionLevel: 'M' } as const

test.group("Customer's orders", (group) => {
  let owner: User
  let customer: User
  let product: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5200 })
    visitor = await loggedIn(customer)
  })

  test('are listed, the newest first, page by page', async ({ assert }) => {
    for (let count = 0; count < 21; count++)
      await createOrder({ customer, product, quantity: 1 }).catch(() =>
        product
          .merge({ stock: 50 })
          .save()
          .then(() => createOrder({ customer, product }))
      )
    const page = await visitor.visit('/orders')
    assert.lengthOf(page.$('.order-card'), 20)
    const next = await visitor.visit(page.$('a[rel=next]').attr('href')!)
    assert.lengthOf(next.$('.order-card'), 1)
  })

  test('say their state once, in large, with what comes next and whom to call', async ({
    assert,
  }) => {
    await ShopSettings.create({ shopId: product.shopId, phone: '9123456780' })
    const order = await createOrder({ customer, product, fulfilment: 'pickup' })
    const state = async () => (await visitor.visit(`/orders/${order.id}`)).$('.now')
    const placed = await state()
    assert.equal(placed.find('.state').text().trim(), 'Placed')
    assert.match(placed.text(), /The shop has until .* to accept/)
    assert.equal(placed.find('a').attr('href'), 'tel:+919123456780')
    assert.lengthOf(visitor.page!.$('main .state'), 1)
    await moveTo(order, 'packed', owner)
    assert.include((await state()).text(), 'Pick it up at the shop')
    await order.move('cancel', owner, 'Nobody came')
    assert.include((await state()).text(), 'The shop says: Nobody came')
  })

  test('of others do not exist, whatever one does with them', async ({ assert }) => {
    const order = await createOrder({ product })
    for (const path of [`/orders/${order.id}`, `/orders/${order.id}/upi.svg`]) {
      assert.equal((await visitor.visit(path)).status, 404, path)
    }
    for (const path of ['cancellation', 'payment', 'reorder']) {
      const body = new URLSearchParams({ reference: '405512345678' })
      const answer = await visitor.request('POST', `/orders/${order.id}/${path}`, body)
      assert.equal(answer.status, 404, path)
    }
    await order.refresh()
    assert.equal(order.state, 'placed')
    assert.equal(order.paymentState, 'due')
  })

  test('are asked for a login when nobody is logged in', async ({ assert }) => {
    const guest = new Visitor()
    const order = await createOrder({ customer, product })
    const page = await guest.visit(`/orders/${order.id}`)
    assert.equal(page.path, `/login?return_to=${encodeURIComponent(`/orders/${order.id}`)}`)
  })

  test('are cancelled until they are packed', async ({ assert }) => {
    const order = await createOrder({ customer, product, quantity: 3 })
    await visitor.visit(`/orders/${order.id}`)
    const page = await visitor.submit('form[action$="/cancellation"]')
    assert.include(page.text, 'Order cancelled')
    assert.equal((await order.refresh()).state, 'cancelled')
    assert.equal((await product.refresh()).stock, 20)
  })

  test('say so when it was too late to cancel', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    await visitor.visit(`/orders/${order.id}`)
    await moveTo(order, 'packed', owner)
    const page = await visitor.submit('form[action$="/cancellation"]')
    assert.include(page.text, 'too late for that')
    assert.equal((await order.refresh()).state, 'packed')
    assert.lengthOf(page.$('form[action$="/cancellation"]'), 0)
    const again = await visitor.fragment(
      'POST',
      `/orders/${order.id}/cancellation`,
      new URLSearchParams()
    )
    assert.equal(again.status, 409)
  })

  test('are put into the cart again, with a word on what is no longer there', async ({
    assert,
  }) => {
    const gone = await createProduct({ shopId: product.shopId, name: 'Suji' })
    const scarce = await createProduct({ shopId: product.shopId, name: 'Poha' })
    const lines = [{ product, quantity: 2 }, { product: gone }, { product: scarce, quantity: 3 }]
    const order = await place(customer, product.shopId, requestFor(lines))
    await gone.delete()
    await scarce.merge({ stock: 1 }).save()
    await visitor.visit(`/orders/${order.id}`)
    const page = await visitor.submit('form[action$="/reorder"]')
    assert.equal(page.path, '/cart')
    assert.include(page.$('.notice').text(), 'Suji')
    assert.include(page.$('.notice').text(), 'Poha')
    assert.include(page.text, '₹104')
    assert.equal(page.$(`#line-${scarce.id} .quantity`).text().replace(/\D/g, ''), '1')
  })

  test('raise what the cart has of them to what was ordered, and no further', async ({
    assert,
  }) => {
    const order = await createOrder({ customer, product, quantity: 6 })
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit(`#buy-${product.id} form`, { quantity: '5' })
    await visitor.visit(`/orders/${order.id}`)
    const { action, fields } = visitor.form('form[action$="/reorder"]')
    const quantity = async () =>
      (await visitor.visit('/cart')).$(`#line-${product.id} .quantity`).text().replace(/\D/g, '')
    const sendings = Array.from({ length: 2 }, () => visitor.request('POST', action, fields))
    await Promise.all(sendings)
    assert.equal(await quantity(), '6')
    await product.merge({ stock: 3 }).save()
    await visitor.visit(`/orders/${order.id}`)
    const page = await visitor.submit('form[action$="/reorder"]')
    assert.include(page.$('.notice').text(), product.name)
    assert.equal(await quantity(), '6')
  })

  test('are shared by a link to WhatsApp', async ({ assert }) => {
    const order = await createOrder({ customer, product, quantity: 2 })
    const page = await visitor.visit(`/orders/${order.id}`)
    const link = new URL(page.$('a[href^="https://wa.me/"]').attr('href')!)
    assert.include(link.searchParams.get('text')!, '2 × Besan')
    assert.include(link.searchParams.get('text')!, '₹104')
  })

  test('are shared without what was left out, in the language of the page', async ({ assert }) => {
    const shared = { shopId: product.shopId, nameHi: 'पोहा' }
    const poha = await createProduct({ ...shared, name: 'Poha' })
    const request = requestFor([{ product }, { product: poha }])
    const order = await place(customer, product.shopId, request)
    const item = await order.related('items').query().where('name', 'Besan').firstOrFail()
    await order.leaveOut(item.id, owner)
    const hindi = await loggedIn(customer, new Visitor({ 'accept-language': 'hi' }))
    const page = await hindi.visit(`/orders/${order.id}`)
    const { searchParams } = new URL(page.$('a[href^="https://wa.me/"]').attr('href')!)
    assert.include(searchParams.get('text')!, '1 × पोहा')
    assert.notInclude(searchParams.get('text')!, 'Besan')
  })

  test('that one fetches do not say that they come to the address', async ({ assert }) => {
    const address = 'Behind the temple, 452001'
    for (const [fulfilment, times] of [
      ['delivery', 1],
      ['pickup', 0],
    ] as const) {
      const order = await createOrder({ customer, product, fulfilment, address })
      const theirs = await visitor.visit(`/orders/${order.id}`)
      assert.equal(theirs.text.split(address).length - 1, times)
      const seller = await loggedIn(owner)
      for (const path of ['', '/packing-slip']) {
        const ours = await seller.visit(`/owner/orders/${order.id}${path}`)
        assert.equal(ours.text.split(address).length - 1, times, path)
      }
    }
  })

  test('by UPI have a link and a code to pay the shop, and never claim that it was paid', async ({
    assert,
  }) => {
    await ShopSettings.create({ shopId: product.shopId, upiId: 'gupta@okaxis' })
    const order = await createOrder({ customer, product, paymentMethod: 'upi' })
    const page = await visitor.visit(`/orders/${order.id}`)
    const href = page.$('a[href^="upi:"]').attr('href')!
    assert.include(href, '?pa=gupta@okaxis&pn=Gupta%20Kirana&')
    const link = new URL(href)
    assert.deepEqual(Object.fromEntries(link.searchParams), {
      pa: 'gupta@okaxis',
      pn: 'Gupta Kirana',
      am: '52.00',
      cu: 'INR',
      tn: `Order ${order.number}`,
      tr: `KG${order.shopId!.slice(-12)}N${order.number}`,
    })
    const code = await visitor.request('GET', page.$('img[src*="upi.svg"]').attr('src')!)
    assert.equal(code.headers.get('content-type'), 'image/svg+xml; charset=utf-8')
    assert.equal(code.html, await QRCode.toString(href, SVG))
    assert.notMatch(code.html, /style=/)

    await visitor.visit(`/orders/${order.id}`)
    const wrong = await visitor.submit('form[action$="/payment"]', { reference: '!!' })
    assert.equal(wrong.status, 422)
    assert.equal(wrong.$('[name=reference]').attr('aria-invalid'), 'true')
    assert.equal(wrong.$('[name=reference]').val(), '!!')
    assert.equal(wrong.$('[role=alert] a').attr('href'), '#reference')
    const claimed = await visitor.submit('form[action$="/payment"]', { reference: '405512345678' })
    assert.include(claimed.text, 'customer says it is paid')
    assert.include(claimed.text, 'does not see the payment')
    assert.lengthOf(claimed.$('a[href^="upi:"]'), 0, 'nobody is asked to pay twice')
    await visitor.submit('form[action$="/payment"]', { reference: '405512345679' })
    assert.equal((await order.refresh()).paymentReference, '405512345679')
    assert.equal((await order.refresh()).paymentState, 'claimed')
    await order.confirmPayment(owner)
    assert.lengthOf((await visitor.visit(`/orders/${order.id}`)).$('a[href^="upi:"]'), 0)
    assert.equal((await visitor.visit(`/orders/${order.id}/upi.svg`)).status, 404)
  })

  test('paid before the shop gave up its UPI id can still be said to be', async ({ assert }) => {
    const { shopId } = product
    const settings = await ShopSettings.create({ shopId, upiId: 'gupta@okaxis' })
    const order = await createOrder({ customer, product, paymentMethod: 'upi' })
    await settings.merge({ upiId: null }).save()
    await visitor.visit(`/orders/${order.id}`)
    await visitor.submit('form[action$="/payment"]', { reference: '405512345678' })
    assert.equal((await order.refresh()).paymentState, 'claimed')
  })

  test('in cash have no code', async ({ assert }) => {
    const order = await createOrder({ customer, product })
    assert.equal((await visitor.visit(`/orders/${order.id}/upi.svg`)).status, 404)
  })
})
