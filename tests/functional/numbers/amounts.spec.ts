import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import Product from '#models/product'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import type { Visit, Visitor } from '#tests/helpers/visitor'
import { AMOUNTS, NO_NUMBERS } from '#tests/unit/numbers/spellings'

type Assert = import('@japa/assert').Assert

/** Some of each kind, where each try needs a record of its own. */
const SOME = ['₹ 1,250.00', '52/-', '.5', '१२.५०', '1,00,000'].map((text) => {
  return [text, AMOUNTS[text]] as const
})

test.group('Amounts are read as people type them', (group) => {
  let owner: User
  let shop: Shop
  let visitor: Visitor
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
    path = `/owner/shops/${shop.id}`
  })

  /** The field says what to type, and keeps what was typed. */
  const isRefused = (assert: Assert, page: Visit, field: string, text: string) => {
    assert.equal(page.status, 422, text)
    const input = page.$(`[name=${field}][aria-invalid=true]`)
    assert.equal(input.val(), text)
    assert.include(page.$(`#${input.attr('id')}-error`).text(), 'with a dot before the paise', text)
  }

  test('as the price of a new product', async ({ assert }) => {
    const form = `form[action$="${path}/products"]`
    const besan = { unit: '500 g', stock: '1' }
    for (const [price, paise] of SOME) {
      await visitor.visit(`${path}/products/create`)
      await visitor.submit(form, { ...besan, name: price, price })
      assert.equal((await Product.query().orderBy('id', 'desc').firstOrFail()).pricePaise, paise)
    }
    await Product.query().delete()
    for (const price of NO_NUMBERS) {
      await visitor.visit(`${path}/products/create`)
      isRefused(
        assert,
        await visitor.submit(form, { ...besan, name: 'Besan', price }),
        'price',
        price
      )
    }
    assert.isNull(await Product.first())
  })

  test('as the price of a product that is edited', async ({ assert }) => {
    const product = await createProduct({ shopId: shop.id, pricePaise: 7_77 })
    const edit = async (price: string) => {
      await visitor.visit(`${path}/products/${product.id}/edit`)
      return visitor.submit('form:has([name=price])', { price })
    }
    for (const [price, paise] of Object.entries(AMOUNTS)) {
      assert.equal((await edit(price)).status, 200, price)
      assert.equal((await product.refresh()).pricePaise, paise, price)
    }
    const { pricePaise } = product
    for (const price of NO_NUMBERS) isRefused(assert, await edit(price), 'price', price)
    assert.equal((await product.refresh()).pricePaise, pricePaise)
  })

  test('as a price in a list', async ({ assert }) => {
    const cells = [...Object.keys(AMOUNTS), ...NO_NUMBERS]
    const rows = cells.map((cell, n) => `Product ${n},1 kg,"${cell}",5`)
    const body = new FormData()
    body.set('form_key', randomUUID())
    body.set('csv', ['name,unit,price,stock', ...rows].join('\n'))
    visitor.page = await visitor.request('POST', `${path}/product-imports`, body)
    await visitor.submit('#import-form')
    const products = await Product.query()
    assert.lengthOf(products, Object.keys(AMOUNTS).length)
    for (const { name, pricePaise } of products) {
      const cell = cells[Number(name.slice('Product '.length))]
      assert.equal(pricePaise, AMOUNTS[cell], cell)
    }
  })

  test('as the terms of a shop', async ({ assert }) => {
    const set = async (values: Record<string, string>) => {
      await visitor.visit(`${path}/settings`)
      return visitor.submit('#settings-form', values)
    }
    for (const [text, paise] of Object.entries(AMOUNTS)) {
      assert.equal((await set({ minimum_order: text, delivery_fee: text })).status, 200, text)
      const settings = await ShopSettings.of(shop.id)
      assert.equal(settings.minimumOrderPaise, paise, text)
      assert.equal(settings.deliveryFeePaise, paise, text)
    }
    const before = (await ShopSettings.of(shop.id)).details
    for (const text of NO_NUMBERS) {
      isRefused(assert, await set({ minimum_order: text }), 'minimum_order', text)
      isRefused(assert, await set({ delivery_fee: text }), 'delivery_fee', text)
    }
    assert.deepEqual((await ShopSettings.of(shop.id)).details, before)
  })

  test('as the limit of a khata', async ({ assert }) => {
    const khata = await openKhata(shop.id, await createUser(), 7_77)
    const set = async (limit: string) => {
      await visitor.visit(`${path}/khatas/${khata.id}`)
      return visitor.submit('#limit-form', { limit })
    }
    for (const [limit, paise] of Object.entries(AMOUNTS)) {
      await set(limit)
      assert.equal((await khata.refresh()).limitPaise, paise, limit)
    }
    for (const limit of NO_NUMBERS) isRefused(assert, await set(limit), 'limit', limit)
  })

  test('as the limit that is offered with a khata', async ({ assert }) => {
    const offer = async (form: string, values: Record<string, string>) => {
      await visitor.visit(`${path}/khatas`)
      return visitor.submit(form, values)
    }
    for (const [text, paise] of SOME) {
      const { username } = await createUser()
      for (const [form, values] of [
        ['#khata-form', { username, limit: text }],
        ['#code-form', { code_limit: text }],
      ] as const) {
        await offer(form, values)
        const made = await KhataInvitation.query().orderBy('id', 'desc').firstOrFail()
        assert.equal(made.limitPaise, paise, `${form} ${text}`)
        await KhataInvitation.query().delete()
      }
    }
    for (const text of NO_NUMBERS) {
      const refused = await offer('#khata-form', { username: 'asha', limit: text })
      isRefused(assert, refused, 'limit', text)
      isRefused(assert, await offer('#code-form', { code_limit: text }), 'code_limit', text)
    }
    assert.isNull(await KhataInvitation.first())
  })

  test('as what was paid back on a khata', async ({ assert }) => {
    const customer = await createUser()
    const khata = await openKhata(shop.id, customer, 10_00_000_00)
    const product = await createProduct({ shopId: shop.id, pricePaise: 9_00_000_00 })
    await createOrder({ customer, product, paymentMethod: 'khata' })
    let owed = 9_00_000_00
    const settle = async (amount: string) => {
      await visitor.visit(`${path}/khatas/${khata.id}`)
      return visitor.submit('#settlement-form', { amount, method: 'cash' })
    }
    for (const [amount, paise] of Object.entries(AMOUNTS)) {
      await settle(amount)
      owed -= paise
      assert.equal(await khata.balancePaise(), owed, amount)
    }
    for (const amount of NO_NUMBERS) isRefused(assert, await settle(amount), 'amount', amount)
    assert.equal(await (await Khata.firstOrFail()).balancePaise(), owed)
  })

  test('as what was paid for an order, by the customer and by the shop', async ({ assert }) => {
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    const customer = await createUser()
    const buyer = await loggedIn(customer)
    const product = await createProduct({ shopId: shop.id, pricePaise: 1_250_00 })
    const order = await createOrder({ customer, product, paymentMethod: 'upi' })
    const claim = (amount: string) => {
      return buyer.submit('form[action$="/payment"]', { amount, reference: '405512345678' })
    }
    const confirm = (amount: string) => visitor.submit('form[action$="/payment"]', { amount })
    for (const amount of NO_NUMBERS) {
      await buyer.visit(`/orders/${order.id}`)
      assert.equal((await claim(amount)).status, 422, amount)
      await visitor.visit(`/owner/orders/${order.id}`)
      assert.equal((await confirm(amount)).status, 422, amount)
    }
    await buyer.visit(`/orders/${order.id}`)
    await claim('Rs. 1,250/-')
    assert.equal((await order.refresh()).paymentState, 'claimed')
    assert.equal(order.paidPaise, 1_250_00)
    await visitor.visit(`/owner/orders/${order.id}`)
    await confirm('₹ १,२५०.००')
    assert.equal((await order.refresh()).paymentState, 'confirmed')
    assert.equal(order.paidPaise, 1_250_00)
  })
})
