import { randomUUID } from 'node:crypto'
import { openKhata } from '#tests/helpers/khatas'
import { test } from '@japa/runner'
import Order from '#models/order'
import type Product from '#models/product'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import {
  closeShop,
  createOwner,
  createProduct,
  createShop,
  createUser,
} from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'

test.group('Closed shops, for customers', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    shop = await createShop({ ownerId: owner.id, name: 'Gupta Kirana', city: 'Indore' })
    product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_000, stock: 50 })
    await createShop({ name: 'Verma Stores', city: 'Pune' })
  })

  const add = async (visitor: Visitor) => {
    await visitor.visit(`/shops/${shop.id}`)
    await visitor.submit(`#buy-${product.id} form`)
    return visitor
  }
  const deliver = async (values: Parameters<typeof createOrder>[0] = {}) => {
    return moveTo(await createOrder({ customer, product, ...values }), 'delivered', owner)
  }

  test('leave every page without waiting for time to pass, and come back', async ({ assert }) => {
    const visitor = new Visitor()
    const pages = [
      '/shops',
      '/shops?city=Indore',
      '/?city=Indore',
      '/search?q=besan',
      '/search?q=gupta',
      '/search/suggestions?q=gup',
      `/shops/${shop.id}`,
    ]
    const shown = async () => {
      const found: string[] = []
      for (const path of pages) {
        const { $, status } = await visitor.visit(path)
        const text = $('main').text()
        if (status === 200 && /Gupta Kirana|Besan/.test(text)) found.push(path)
      }
      return found
    }
    await eventually(async () => assert.deepEqual(await shown(), pages))
    await closeShop(shop)
    await eventually(async () => assert.deepEqual(await shown(), []))
    assert.equal((await visitor.visit(`/shops/${shop.id}`)).status, 404)
    assert.notInclude((await visitor.visit('/shops')).text, 'Indore')
    await shop.reopen()
    await eventually(async () => assert.deepEqual(await shown(), pages))
  })

  test('sell nothing: what is in a cart is gone, and nothing is added', async ({ assert }) => {
    const visitor = await add(new Visitor())
    await visitor.visit(`/shops/${shop.id}`)
    await closeShop(shop)
    await eventually(async () => {
      const { text, $ } = await visitor.visit('/cart')
      assert.include(text, 'The shop no longer sells this')
      assert.include($('.total-grand').text(), '₹0')
    })
    const body = new URLSearchParams({ product_id: product.id })
    assert.equal((await visitor.request('POST', '/cart/items', body)).status, 404)
    await shop.reopen()
    await eventually(async () => {
      assert.notInclude((await visitor.visit('/cart')).text, 'The shop no longer sells this')
    })
  })

  test('take no orders: the checkout says so, before and after it was filled in', async ({
    assert,
  }) => {
    const visitor = await add(await loggedIn(customer))
    await visitor.visit(`/shops/${shop.id}/checkout`)
    await closeShop(shop)
    const refused = await visitor.submit('#checkout-form', { note: 'Ring twice' })
    assert.equal(refused.status, 409)
    assert.include(refused.text, 'This shop has closed. Your order was not placed.')
    const asked = await visitor.visit(`/shops/${shop.id}/checkout`)
    assert.include(asked.text, 'This shop has closed. Your order was not placed.')
    assert.lengthOf(asked.$('#checkout-form'), 0)
    assert.isNull(await Order.first())
    assert.equal((await product.refresh()).stock, 50)
  })

  test('keep the page of an order, where it can still be paid', async ({ assert }) => {
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    const order = await deliver({ paymentMethod: 'upi' })
    const visitor = await loggedIn(customer)
    const before = await visitor.visit(`/orders/${order.id}`)
    assert.lengthOf(before.$(`a[href="/shops/${shop.id}"]`), 1)
    assert.lengthOf(before.$(`form[action="/orders/${order.id}/reorder"]`), 1)

    await shop.close()
    const page = await visitor.visit(`/orders/${order.id}`)
    assert.include(page.text, 'This shop has closed')
    assert.lengthOf(page.$(`a[href="/shops/${shop.id}"]`), 0)
    assert.lengthOf(page.$(`form[action="/orders/${order.id}/reorder"]`), 0)
    assert.include(page.$('a[href^="upi:"]').attr('href')!, 'pa=gupta@okaxis&')
    const code = await visitor.request('GET', page.$('img[src*="/upi.svg"]').attr('src')!)
    assert.equal(code.status, 200)
    await visitor.submit(`form[action="/orders/${order.id}/payment"]`, {
      reference: '412345678901',
    })
    assert.equal((await order.refresh()).paymentState, 'claimed')
    assert.include((await visitor.visit('/orders')).text, 'Gupta Kirana')
  })

  test('keep the page of a khata, with what is owed', async ({ assert }) => {
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    const khata = await openKhata(shop.id, customer, 50_000)
    await deliver({ quantity: 3, paymentMethod: 'khata' })
    await shop.close()
    const visitor = await loggedIn(customer)
    assert.include((await visitor.visit('/khatas')).text, 'Gupta Kirana')
    const page = await visitor.visit(`/khatas/${khata.id}`)
    assert.include(page.text, '₹150')
    assert.lengthOf(page.$('a[href^="upi:"]'), 1)
  })

  test('put nothing into the cart when something is ordered again', async ({ assert }) => {
    const order = await deliver()
    await shop.close()
    const visitor = await loggedIn(customer)
    const body = new URLSearchParams({
      form_key: randomUUID(),
    })
    const page = await visitor.request('POST', `/orders/${order.id}/reorder`, body)
    assert.include(page.text, 'No longer sold: Besan')
    assert.include(page.$('main').text(), 'Your cart is empty')
  })
})
