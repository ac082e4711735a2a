import ShopSettings from '#models/shop_settings'
import KhataInvitation from '#models/khata_invitation'
import { openKhata } from '#tests/helpers/khatas'
import { test } from '@japa/runner'
import type Product from '#models/product'
import Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

const CLOSE = 'form[action*="_method=DELETE"]'

test.group('Closed shops, for their owner', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let product: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser({ fullName: 'Asha Verma' })
    shop = await createShop({ ownerId: owner.id, name: 'Gupta Kirana' })
    product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 10_000, stock: 3 })
    visitor = await loggedIn(owner)
  })

  const ask = () => visitor.visit(`/owner/shops/${shop.id}/edit`)
  const deliver = async (values: Parameters<typeof createOrder>[0] = {}) => {
    return moveTo(await createOrder({ customer, product, ...values }), 'delivered', owner)
  }

  test('the question says that a shop without orders is deleted, with empty khatas', async ({
    assert,
  }) => {
    await openKhata(shop.id, customer, 1_000)
    const { text } = await ask()
    assert.include(text, 'Gupta Kirana is deleted with its product. This cannot be undone.')
    assert.include(text, '1 khata in which nothing is written goes too')
    assert.include((await visitor.submit(CLOSE)).text, 'Shop deleted')
    assert.isNull(await Shop.first())
  })

  test('the question names the orders that customers wait for, and nothing closes', async ({
    assert,
  }) => {
    const order = await createOrder({ customer, product })
    const page = await ask()
    assert.include(page.text, 'Customers wait for 1 order')
    assert.lengthOf(page.$(`a[href="/owner/orders/${order.id}"]`), 1)
    assert.lengthOf(page.$(CLOSE), 0)
    const body = new URLSearchParams()
    const refused = await visitor.request('DELETE', `/owner/shops/${shop.id}`, body)
    assert.equal(refused.path, `/owner/shops/${shop.id}/edit`)
    assert.include(refused.text, 'Not closed: the shop has open orders')
    assert.isFalse((await shop.refresh()).isClosed)
  })

  test('the question says what goes, what stays, and what is not settled', async ({ assert }) => {
    await openKhata(shop.id, customer, 50_000)
    await deliver()
    await deliver({ paymentMethod: 'khata' })
    const paid = await createOrder({ customer, product })
    await paid.confirmPayment(owner)
    await paid.move('decline', owner, 'Closed')
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    const claimed = await createOrder({ customer, product, paymentMethod: 'upi' })
    await claimed.claimPayment(customer, '405512345678')
    await claimed.move('decline', owner, 'Closed')
    const page = await ask()
    for (const expected of [
      'Gupta Kirana and its product leave the lists, search and every cart.',
      'You keep its orders, exports and khata.',
      '1 delivered order not noted as paid: ₹100',
      'To give back for 2 orders: ₹200',
      'Of these, ₹100 for 1 order only if the payment came',
      '1 customer owes you ₹100 on khata',
    ]) {
      assert.include(page.text, expected)
    }
    assert.include((await visitor.submit(CLOSE)).text, 'Shop closed')
    assert.isTrue((await shop.refresh()).isClosed)
  })

  test('give no more credit until they are open again', async ({ assert }) => {
    await deliver()
    const invitation = await KhataInvitation.send(shop, customer.username, 50_000)
    const khatas = `/owner/shops/${shop.id}/khatas`
    await visitor.visit(khatas)
    const forms = ['#khata-form', '#code-form'].map((form) => visitor.form(form))
    await shop.close()
    for (const { action, fields } of forms) {
      for (const [name, value] of [
        ['username', 'meena'],
        ['limit', '500'],
        ['code_limit', '500'],
      ]) {
        fields.set(name, value)
      }
      const page = await visitor.request('POST', action, fields)
      assert.include(page.text, 'The shop is closed. Open it again to give credit.')
    }
    assert.equal(await KhataInvitation.query().where('state', 'waiting').first(), null)
    const refused = await invitation.accept(customer).catch((error) => error)
    assert.equal(refused.code, 'E_INVITATION_REFUSED')
    assert.lengthOf((await visitor.visit(khatas)).$('#khata-form, #code-form'), 0)
  })

  test('stand apart, and are opened again from there', async ({ assert }) => {
    await deliver()
    await createShop({ ownerId: owner.id, name: 'Gupta Two' })
    const before = await visitor.visit('/owner/shops')
    assert.lengthOf(before.$('a[href="/owner/shops?closed=1"]'), 0)
    await ask()
    const after = await visitor.submit(CLOSE)
    assert.notInclude(after.$('#owner-shops').text(), 'Gupta Kirana')
    assert.include(after.$('#owner-shops').text(), 'Gupta Two')
    assert.lengthOf(after.$('a[href="/owner/shops?closed=1"]'), 1)

    const closed = await visitor.visit('/owner/shops?closed=1')
    assert.include(closed.$('#owner-shops').text(), 'Gupta Kirana')
    assert.notInclude(closed.$('#owner-shops').text(), 'Gupta Two')
    const reopened = await visitor.submit('form[action$="/reopening"]')
    assert.equal(reopened.path, `/owner/shops/${shop.id}`)
    assert.include(reopened.text, 'The shop is open again')
    assert.equal((await visitor.visit(`/shops/${shop.id}`)).status, 200)
  })

  test('keep their page, orders, exports and khata', async ({ assert }) => {
    const khata = await openKhata(shop.id, customer, 50_000)
    const order = await deliver({ paymentMethod: 'khata' })
    await shop.close()
    const page = await visitor.visit(`/owner/shops/${shop.id}`)
    assert.match(page.text, /Closed since .+ Customers do not see it/)
    assert.lengthOf(page.$(`a[href="/shops/${shop.id}"]`), 0)
    assert.include(page.text, 'Besan')
    assert.lengthOf(page.$('form[action$="/reopening"]'), 1)
    assert.lengthOf((await ask()).$('form[action$="/reopening"]'), 1)

    assert.equal((await visitor.visit(`/owner/orders/${order.id}`)).status, 200)
    const number = String(order.number)
    assert.include((await visitor.visit('/owner/past-orders')).text, number)
    assert.include((await visitor.visit('/owner/orders.csv')).html, number)
    assert.include((await visitor.visit(`/owner/shops/${shop.id}/products.csv`)).html, 'Besan')
    assert.include((await visitor.visit(`/owner/shops/${shop.id}/khatas`)).text, '₹100')
    const path = `/owner/shops/${shop.id}/khatas/${khata.id}`
    await visitor.visit(path)
    await visitor.submit('#settlement-form', { amount: '100', method: 'cash' })
    assert.equal(await khata.balancePaise(), 0)
  })

  test('are not on the board with what is nearly sold out, but with what is to give back', async ({
    assert,
  }) => {
    const order = await createOrder({ customer, product })
    await order.confirmPayment(owner)
    await order.move('decline', owner, 'Closed')
    assert.include((await visitor.visit('/owner/orders')).$('#board').text(), 'Besan')
    await shop.close()
    const board = (await visitor.visit('/owner/orders')).$('#board').text()
    assert.notInclude(board, 'Besan')
    assert.include(board, `Order ${order.number}`)
  })

  test('leave their name to another shop', async ({ assert }) => {
    await deliver()
    await ask()
    await visitor.submit(CLOSE)
    await visitor.visit('/owner/shops/create')
    const opened = await visitor.submit('form[action="/owner/shops"]', {
      name: 'Gupta Kirana',
      city: shop.city,
    })
    assert.include(opened.text, 'Shop added')
    await shop.refresh()
    await shop.reopen()
    assert.lengthOf(await Shop.open().where('name', 'Gupta Kirana'), 2)
  })
})
