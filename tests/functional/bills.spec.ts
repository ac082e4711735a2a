import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { billed, orderOf, stateTaxScheme } from '#tests/helpers/bills'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

test.group('The bill of an order, as a page', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let besan: Product
  let buyer: Visitor
  let keeper: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser({ fullName: 'Asha Verma' })
    shop = await createShop({ ownerId: owner.id })
    besan = await createProduct({
      ...{ shopId: shop.id, name: 'Besan', nameHi: 'बेसन', pricePaise: 10_500, stock: 100 },
      ...{ hsnCode: '11061000', gstBasisPoints: 500 },
    })
    buyer = await loggedIn(customer)
    keeper = await loggedIn(owner)
  })

  test('is linked from the delivered order, for both sides, and not before', async ({ assert }) => {
    const order = await moveTo(await createOrder({ customer, product: besan }), 'packed', owner)
    const sides = [
      [buyer, `/orders/${order.id}`],
      [keeper, `/owner/orders/${order.id}`],
    ] as const
    for (const [visitor, path] of sides) {
      const { $ } = await visitor.visit(path)
      assert.lengthOf($(`a[href="${path}/bill"]`), 0)
    }
    for (const verb of ['send', 'deliver'] as const) await order.move(verb, owner)
    for (const [visitor, path] of sides) {
      assert.lengthOf((await visitor.visit(path)).$(`a[href="${path}/bill"]`), 1)
      const { $, text } = await visitor.visit(`${path}/bill`)
      assert.equal($('h1').text(), 'Bill')
      for (const expected of ['Asha Verma', 'Besan', '1 × 500 g', '₹105', 'Gupta Kirana']) {
        assert.include(text, expected)
      }
      for (const lang of ['en', 'hi']) {
        assert.lengthOf($(`a[href="${path}/bill.pdf?lang=${lang}"]`), 1)
      }
    }
  })

  test('shows tax, HSN summary and place of supply of a regular taxpayer', async ({ assert }) => {
    await stateTaxScheme(shop.id, 'regular', {
      ...{ legalName: 'Gupta Traders', fssaiNumber: '12345678901234' },
    })
    const { orderId, number } = await billed(owner, { customer, product: besan, quantity: 2 })
    const { $, text } = await buyer.visit(`/orders/${orderId}/bill`)
    assert.equal($('h1').text(), 'Tax invoice')
    const said = [number, 'Gupta Traders', '23AAACK1234F1Z5', '12345678901234', 'HSN 11061000']
    for (const expected of [...said, 'GST 5%', 'Madhya Pradesh (23)']) {
      assert.include(text, expected)
    }
    const cells = $('tbody td')
      .get()
      .map((cell) => $(cell).text().trim())
    assert.deepEqual(cells, ['11061000', '5%', '₹200', '₹5', '₹5', '₹210'])
  })

  test('says what a composition taxpayer must say', async ({ assert }) => {
    await stateTaxScheme(shop.id, 'composition')
    const { orderId } = await billed(owner, { customer, product: besan })
    const { $, text } = await buyer.visit(`/orders/${orderId}/bill`)
    assert.equal($('h1').text(), 'Bill of supply')
    assert.include(text, 'Composition taxable person, not eligible to collect tax on supplies')
    assert.lengthOf($('table'), 0)
  })

  test('says which goods have no rate', async ({ assert }) => {
    await stateTaxScheme(shop.id, 'regular')
    const rice = await createProduct({ shopId: shop.id })
    const { orderId } = await billed(owner, { customer, product: rice })
    const { text } = await buyer.visit(`/orders/${orderId}/bill`)
    assert.include(text, 'GST rate not stated')
    assert.include(text, 'No tax is shown for them.')
  })

  test('shows what was ordered beside what was packed', async ({ assert }) => {
    const dal = await createProduct({
      ...{ shopId: shop.id, soldAs: 'loose', measure: 'weight', unit: 'kg', stock: 50_000 },
      ...{ name: 'Toor dal', pricePaise: 12_000 },
    })
    const order = await orderOf(customer, { lines: [{ product: dal, quantity: 500 }] })
    await moveTo(order, 'accepted', owner)
    await db.rawQuery('UPDATE order_items SET packed_quantity = 480, amount_paise = 5760')
    await db.rawQuery('UPDATE orders SET items_paise = 5760, total_paise = 5760')
    await order.refresh()
    for (const verb of ['pack', 'send', 'deliver'] as const) await order.move(verb, owner)
    const { text } = await buyer.visit(`/orders/${order.id}/bill`)
    assert.include(text, '480 g · ₹120 per kg')
    assert.include(text, 'Ordered: 500 g')
    assert.include(text, 'Total ₹57.60')
  })

  test('is in the language of the reader', async ({ assert }) => {
    await stateTaxScheme(shop.id, 'regular')
    const { orderId } = await billed(owner, { customer, product: besan })
    await customer.merge({ locale: 'hi' }).save()
    const reader = await loggedIn(customer)
    const { $, text } = await reader.visit(`/orders/${orderId}/bill`)
    assert.equal($('h1').text(), 'टैक्स इनवॉइस')
    for (const expected of ['बेसन', 'मध्य प्रदेश (23)', 'सीजीएसटी']) assert.include(text, expected)
  })

  test('says why there is none', async ({ assert }) => {
    const why = async (id: string) => {
      const { status, text } = await buyer.visit(`/orders/${id}/bill`)
      assert.equal(status, 200)
      assert.equal((await buyer.visit(`/orders/${id}/bill.pdf`)).status, 404)
      return text
    }
    const order = await createOrder({ customer, product: besan })
    assert.include(await why(order.id), 'when the order is completed')
    await moveTo(order, 'delivered', owner)
    await db.rawQuery(
      'ALTER TABLE bills DISABLE TRIGGER USER; DELETE FROM bills; ALTER TABLE bills ENABLE TRIGGER USER'
    )
    assert.include(await why(order.id), 'before Kirana Ghar wrote bills')
    const declined = await moveTo(
      await createOrder({ customer, product: besan }),
      'declined',
      owner
    )
    assert.include(await why(declined.id), 'was not delivered')
  })

  test('says that it is cancelled', async ({ assert }) => {
    const order = await moveTo(await createOrder({ customer, product: besan }), 'delivered', owner)
    await order.stepBack(owner, 'delivered')
    await order.move('cancel', owner, 'Nobody at home')
    const { text } = await keeper.visit(`/owner/orders/${order.id}/bill`)
    assert.include(text, 'The order was not delivered.')
    assert.include(text, 'Cancelled on')
  })
})
