import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import Order from '#models/order'
import Product from '#models/product'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'
import { COUNTS, NO_NUMBERS } from '#tests/unit/numbers/spellings'

test.group('Counts are read as people type them', (group) => {
  let owner: User
  let shop: Shop
  let product: Product
  let visitor: Visitor
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, stock: 77 })
    visitor = await loggedIn(owner)
    path = `/owner/shops/${shop.id}`
  })

  const stock = async () => (await product.refresh()).stock

  test('as the stock in a row, which is told from a change by its sign', async ({ assert }) => {
    const set = async (text: string) => {
      await visitor.visit(path)
      return visitor.submit(`#set-${product.id}`, { stock: text })
    }
    for (const [text, count] of Object.entries(COUNTS)) {
      assert.equal((await set(text)).status, 200, text)
      assert.equal(await stock(), count, text)
    }
    await set('10')
    await set('+१०')
    assert.equal(await stock(), 20)
    await set('–3')
    assert.equal(await stock(), 17)
    for (const text of NO_NUMBERS) {
      const page = await set(text)
      assert.equal(page.status, 422, text)
      const input = page.$('[name=stock][aria-invalid=true]')
      assert.equal(input.val(), text)
      assert.include(page.$(`#${input.attr('id')}-error`).text(), 'whole number', text)
    }
    assert.equal(await stock(), 17)
  })

  test('as the stock of a product that is edited or new', async ({ assert }) => {
    const edit = async (text: string) => {
      await visitor.visit(`${path}/products/${product.id}/edit`)
      return visitor.submit('form:has([name=price])', { stock: text })
    }
    const add = async (text: string) => {
      await visitor.visit(`${path}/products/create`)
      const values = { name: randomUUID(), unit: '1 kg', price: '5', stock: text }
      return visitor.submit(`form[action$="${path}/products"]`, values)
    }
    for (const [text, count] of Object.entries(COUNTS)) {
      await edit(text)
      assert.equal(await stock(), count, text)
      await add(text)
      assert.equal((await Product.query().orderBy('id', 'desc').firstOrFail()).stock, count, text)
    }
    const before = await stock()
    for (const text of NO_NUMBERS) {
      for (const page of [await edit(text), await add(text)]) {
        assert.equal(page.status, 422, text)
        assert.equal(page.$('[name=stock][aria-invalid=true]').val(), text)
      }
    }
    assert.equal(await stock(), before)
  })

  test('as the stock in a list', async ({ assert }) => {
    await Product.query().delete()
    const cells = [...Object.keys(COUNTS), ...NO_NUMBERS, '+5', '−5']
    const rows = cells.map((cell, n) => `Product ${n},1 kg,5,"${cell}"`)
    const body = new FormData()
    body.set('form_key', randomUUID())
    body.set('csv', ['name,unit,price,stock', ...rows].join('\n'))
    visitor.page = await visitor.request('POST', `${path}/product-imports`, body)
    await visitor.submit('#import-form')
    const products = await Product.query()
    assert.lengthOf(products, Object.keys(COUNTS).length)
    for (const { name, stock: counted } of products) {
      const cell = cells[Number(name.slice('Product '.length))]
      assert.equal(counted, COUNTS[cell], cell)
    }
  })

  test('as the change of a button, which nobody types', async ({ assert }) => {
    const change = (text: string) => {
      const body = new URLSearchParams({ change: text })
      return visitor.request('PUT', `${path}/products/${product.id}/stock`, body)
    }
    for (const text of NO_NUMBERS) assert.equal((await change(text)).status, 422, text)
    assert.equal(await stock(), 77)
  })

  test('as the minutes to accept an order', async ({ assert }) => {
    const set = async (text: string) => {
      await visitor.visit(`${path}/settings`)
      return visitor.submit('#settings-form', { accept_within: text })
    }
    const minutes = async () => (await ShopSettings.of(shop.id)).acceptWithinMinutes
    for (const [text, count] of Object.entries({
      '१५': 15,
      '1,000': 1_000,
      '060': 60,
      ' 20 ': 20,
    })) {
      await set(text)
      assert.equal(await minutes(), count, text)
    }
    for (const text of [...NO_NUMBERS, '0x20', '1e2']) {
      const page = await set(text)
      assert.equal(page.status, 422, text)
      assert.equal(page.$('[name=accept_within][aria-invalid=true]').val(), text)
    }
    assert.equal(await minutes(), 20)
  })

  test('as quantities of the cart and of what is bought at once', async ({ assert }) => {
    const guest = new Visitor()
    const send = (method: string, to: string, values: Record<string, string>) => {
      return guest.request(method, to, new URLSearchParams(values))
    }
    const quantity = async () => (await guest.visit('/cart')).$('[name=seen]').val()
    for (const text of NO_NUMBERS) {
      const values = { product_id: product.id, quantity: text }
      assert.equal((await send('POST', '/cart/items', values)).status, 422, text)
    }
    await send('POST', '/cart/items', { product_id: product.id, quantity: '१०' })
    assert.equal(await quantity(), '10')
    await send('PUT', `/cart/items/${product.id}`, { quantity: '१२', seen: '१०' })
    assert.equal(await quantity(), '12')
    for (const text of NO_NUMBERS) {
      for (const values of [
        { quantity: text, seen: '12' },
        { quantity: '5', seen: text },
      ]) {
        assert.equal((await send('PUT', `/cart/items/${product.id}`, values)).status, 422, text)
      }
    }
    assert.equal(
      (await send('PUT', `/cart/items/${product.id}`, { 'quantity[]': '5' })).status,
      422
    )
    assert.equal(await quantity(), '12')
  })

  test('as quantities and prices of a checkout', async ({ assert }) => {
    const buyer = await loggedIn(await createUser())
    const order = async (field: string, text: string) => {
      await buyer.visit(`/products/${product.id}/checkout?quantity=२`)
      assert.equal(buyer.page!.$('[name="items[0][quantity]"]').val(), '2')
      return buyer.submit('#checkout-form', { [field]: text })
    }
    for (const field of ['items[0][quantity]', 'items[0][price_paise]', 'delivery_fee_paise']) {
      for (const text of ['0x10', '1e3', '0b11', 'NaN', '-0', '52,50']) {
        assert.notEqual(
          (await order(field, text)).path.split('?')[0],
          '/orders',
          `${field} ${text}`
        )
      }
    }
    assert.isNull(await Order.first())
  })

  test('as the amount of a refund, which the page sent', async ({ assert }) => {
    const order = await createOrder({ product })
    await order.confirmPayment(owner)
    await order.move('decline', owner, 'Closed')
    for (const text of NO_NUMBERS) {
      await visitor.visit(`/owner/orders/${order.id}`)
      const values = { reference: '405512345678', amount_paise: text }
      assert.equal((await visitor.submit('form[action$="/refund"]', values)).status, 422, text)
    }
    assert.equal((await order.refresh()).refundedPaise ?? 0, 0)
  })

  test('as numbers of the API, which are JSON numbers and no text', async ({ assert }) => {
    const client = await ApiClient.of(owner)
    const to = `/api/shops/${shop.id}/products/${product.id}`
    for (const text of [...Object.keys(COUNTS), ...NO_NUMBERS, '5']) {
      for (const field of ['stock', 'stock_change', 'price']) {
        assert.equal((await client.patch(to, { [field]: text })).status, 422, `${field} ${text}`)
      }
    }
    assert.equal((await client.patch(to, { stock: 1e3 })).body.stock, 1_000)
  })

  test('as the length of a page of the API', async ({ assert }) => {
    const client = await ApiClient.of(await createUser())
    const other = await createShop({ ownerId: owner.id })
    for (const list of ['/api/shops/', `/api/shops/${other.id}/products/`, '/api/orders/me']) {
      assert.equal((await client.get(`${list}?limit=१`)).status, 200)
      for (const text of NO_NUMBERS) {
        const { status } = await client.get(`${list}?limit=${encodeURIComponent(text)}`)
        assert.equal(status, 422, `${list} ${text}`)
      }
    }
    assert.lengthOf((await client.get('/api/shops/?limit=१')).body, 1)
    for (const text of NO_NUMBERS) {
      const { status } = await client.get(`/api/search?q=besan&size=${encodeURIComponent(text)}`)
      assert.equal(status, 422, text)
    }
  })
})
