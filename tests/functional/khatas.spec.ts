import { test } from '@japa/runner'
import Khata from '#models/khata'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

test.group('Khata pages', (group) => {
  let owner: User
  let customer: User
  let product: Product
  let visitor: Visitor
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser({ username: 'asha', fullName: 'Asha Verma' })
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, pricePaise: 10_000 })
    visitor = await loggedIn(owner)
    path = `/owner/shops/${shop.id}/khatas`
  })

  const open = async (values: Record<string, string> = {}) => {
    await visitor.visit(path)
    return visitor.submit('#khata-form', { username: 'Asha', limit: '500', ...values })
  }

  test('an owner opens one for a customer who is known by name', async ({ assert }) => {
    const page = await open()
    assert.include(page.text, 'Khata of Asha Verma')
    const khata = await Khata.firstOrFail()
    assert.equal(khata.customerId, customer.id)
    assert.equal(khata.limitPaise, 50_000)
    const nobody = await open({ username: 'nobody' })
    assert.equal(nobody.status, 422)
    assert.equal(nobody.$('[name=username][aria-invalid=true]').val(), 'nobody')
    for (const username of ['', 'a\0b', 'a'.repeat(101)]) {
      assert.equal((await open({ username })).status, 422)
    }
    assert.equal((await open({ limit: '-5' })).status, 422)
  })

  test('both see what was ordered and paid, and what is owed after each', async ({ assert }) => {
    await open()
    const khata = await Khata.firstOrFail()
    await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
    await visitor.visit(`${path}/${khata.id}`)
    const tooMuch = await visitor.submit('#settlement-form', { amount: '300.01', method: 'cash' })
    assert.equal(tooMuch.status, 422)
    assert.include(tooMuch.text, 'Only ₹300 is owed')
    assert.equal(tooMuch.$('[name=amount]').val(), '300.01')
    await visitor.submit('#settlement-form', { amount: '120', method: 'upi', note: 'UTR 4055' })
    const buyer = await loggedIn(customer)
    assert.include((await buyer.visit('/khatas')).text, '₹180')
    const theirs = await buyer.visit(`/khatas/${khata.id}`)
    const ours = await visitor.visit(`${path}/${khata.id}`)
    for (const { text } of [theirs, ours]) {
      for (const expected of ['₹300', '-₹120', 'Paid by UPI', 'UTR 4055', 'owed then ₹180']) {
        assert.include(text, expected)
      }
    }
  })

  test('the limit is changed, and refused at the field when it makes no sense', async ({
    assert,
  }) => {
    await open()
    const khata = await Khata.firstOrFail()
    await visitor.visit(`${path}/${khata.id}`)
    assert.equal((await visitor.submit('#limit-form', { limit: 'much' })).status, 422)
    await visitor.submit('#limit-form', { limit: '750.50' })
    assert.equal((await khata.refresh()).limitPaise, 75_050)
  })

  test("other owners' and customers' khatas do not exist", async ({ assert }) => {
    await open()
    const khata = await Khata.firstOrFail()
    const rival = await loggedIn(await createOwner())
    const stranger = await loggedIn(await createUser())
    assert.equal((await rival.visit(path)).status, 404)
    assert.equal((await rival.visit(`${path}/${khata.id}`)).status, 404)
    assert.equal((await stranger.visit(`/khatas/${khata.id}`)).status, 404)
    const body = new URLSearchParams({
      _csrf: await rival.csrfToken(),
      amount: '1',
      method: 'cash',
      limit: '1',
    })
    for (const target of [`${path}/${khata.id}/settlements`, `${path}/${khata.id}?_method=PUT`]) {
      assert.equal((await rival.request('POST', target, body)).status, 404, target)
    }
    const own = await createShop({ ownerId: (await createOwner()).id })
    assert.equal((await visitor.visit(`/owner/shops/${own.id}/khatas/${khata.id}`)).status, 404)
  })

  test('the customer pays what is owed by UPI, and is told that the shop writes it down', async ({
    assert,
  }) => {
    await open()
    const khata = await Khata.firstOrFail()
    await ShopSettings.create({ shopId: khata.shopId, upiId: 'gupta@okaxis' })
    await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
    const buyer = await loggedIn(customer)
    const page = await buyer.visit(`/khatas/${khata.id}`)
    const link = new URL(page.$('a[href^="upi:"]').attr('href')!)
    assert.deepInclude(Object.fromEntries(link.searchParams), {
      pa: 'gupta@okaxis',
      am: '300.00',
      tr: `KK${khata.id.replaceAll('-', '')}`,
    })
    assert.include(page.text, 'Kirana Ghar does not see the payment. Tell the shop')
    const code = await buyer.request('GET', page.$('img[src$="upi.svg"]').attr('src')!)
    assert.match(code.headers.get('content-type')!, /^image\/svg\+xml/)
    const stranger = await loggedIn(await createUser())
    assert.equal((await stranger.visit(`/khatas/${khata.id}/upi.svg`)).status, 404)
  })

  test('nothing is to be paid when nothing is owed, and what was paid ahead is called so', async ({
    assert,
  }) => {
    await open()
    const khata = await Khata.firstOrFail()
    await ShopSettings.create({ shopId: khata.shopId, upiId: 'gupta@okaxis' })
    const order = await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
    await khata.settle(30_000, 'cash', owner, null)
    const buyer = await loggedIn(customer)
    const settled = await buyer.visit(`/khatas/${khata.id}`)
    assert.lengthOf(settled.$('a[href^="upi:"]'), 0)
    assert.equal((await buyer.visit(`/khatas/${khata.id}/upi.svg`)).status, 404)
    await order.withdraw(customer)
    assert.include((await buyer.visit(`/khatas/${khata.id}`)).text, 'Paid ahead ₹300')
    assert.include((await buyer.visit('/khatas')).text, 'paid ahead')
  })
})
