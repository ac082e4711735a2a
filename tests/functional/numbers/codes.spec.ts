import { test } from '@japa/runner'
import limiter from '@adonisjs/limiter/services/main'
import { digestOfKhataCode } from '#models/khata_code'
import Order from '#models/order'
import OrderEvent from '#models/order_event'
import Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import {
  createOwner,
  createProduct,
  createShop,
  createUser,
  PASSWORD,
} from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'
import { MOBILES, NO_MOBILES, NO_PINS, PINS, UTRS } from '#tests/unit/numbers/spellings'

const TEN_DIGITS = 'Enter a 10-digit mobile number'
const SIX_DIGITS = 'Enter a 6-digit PIN code'

test.group('A mobile number is read as people type it', (group) => {
  group.each.setup(emptyDatabase)

  test('when registering', async ({ assert }) => {
    const register = async (mobile: string, username = 'asha') => {
      const visitor = new Visitor()
      await visitor.visit('/register/customer')
      const account = { username, password: PASSWORD, password_confirmation: PASSWORD, mobile }
      const values = { ...account, full_name: 'Asha Verma', address: '12 MG Road' }
      return visitor.submit('form[action*="/register/"]', values)
    }
    for (const mobile of NO_MOBILES) {
      const page = await register(mobile)
      assert.equal(page.status, 422, mobile)
      assert.equal(page.$('[name=mobile][aria-invalid=true]').val(), mobile)
      assert.include(page.$('#mobile-error').text(), TEN_DIGITS)
    }
    for (const mobile of ['(+91) 987 654 3210', '९८७६५४३२१०', '\u202a+91 98765–43210\u202c']) {
      const page = await register(mobile, `asha${(await User.all()).length}`)
      assert.equal(page.status, 200, mobile)
    }
    const users = await User.all()
    assert.lengthOf(users, 3)
    for (const user of users) assert.equal(user.mobile, '9876543210')
  })

  test('in the account', async ({ assert }) => {
    const user = await createUser({ mobile: '6000000000' })
    const visitor = await loggedIn(user)
    const set = async (mobile: string) => {
      await visitor.visit('/account')
      return visitor.submit('form:has([name=mobile])', { mobile })
    }
    for (const mobile of NO_MOBILES) {
      const page = await set(mobile)
      assert.equal(page.status, 422, mobile)
      assert.include(page.$('#mobile-error').text(), TEN_DIGITS)
    }
    for (const mobile of MOBILES) {
      await user.merge({ mobile: '6000000000' }).save()
      assert.equal((await set(mobile)).status, 200, mobile)
      assert.equal((await user.refresh()).mobile, '9876543210', mobile)
    }
  })

  test('at the checkout', async ({ assert }) => {
    const product = await createProduct({ stock: 99 })
    const visitor = await loggedIn(await createUser({ mobile: '6000000000' }))
    const order = async (mobile: string) => {
      await visitor.visit(`/products/${product.id}/checkout`)
      return visitor.submit('#checkout-form', { mobile })
    }
    for (const mobile of NO_MOBILES) {
      const page = await order(mobile)
      assert.equal(page.status, 422, mobile)
      assert.include(page.$('#mobile-error').text(), TEN_DIGITS)
    }
    await limiter.clear()
    for (const mobile of MOBILES) await order(mobile)
    const orders = await Order.all()
    assert.lengthOf(orders, MOBILES.length)
    for (const placed of orders) assert.equal(placed.mobile, '9876543210')
  })

  test('by the API', async ({ assert }) => {
    const account = { password: PASSWORD, role: 'customer', full_name: 'Asha', address: 'MG Road' }
    const register = async (mobile: unknown, username = 'asha') => {
      return new ApiClient().post('/api/register', { json: { ...account, username, mobile } })
    }
    for (const mobile of [...NO_MOBILES, 9876543210]) {
      assert.equal((await register(mobile)).status, 400, String(mobile))
    }
    for (const [n, mobile] of MOBILES.slice(-5).entries()) {
      assert.equal((await register(mobile, `asha${n}`)).status, 201, mobile)
    }
    for (const user of await User.all()) assert.equal(user.mobile, '9876543210')
  })
})

test.group('A PIN code is read as people type it', (group) => {
  group.each.setup(emptyDatabase)

  test('of a shop that is opened or edited', async ({ assert }) => {
    const owner = await createOwner()
    const visitor = await loggedIn(owner)
    const shop = await createShop({ ownerId: owner.id })
    const open = async (pin: string) => {
      await visitor.visit('/owner/shops/create')
      return visitor.submit('form:has([name=pin_code])', {
        name: 'A',
        city: 'Indore',
        pin_code: pin,
      })
    }
    const edit = async (pin: string) => {
      await visitor.visit(`/owner/shops/${shop.id}/edit`)
      return visitor.submit('form:has([name=pin_code])', { pin_code: pin })
    }
    for (const pin of PINS) {
      await shop.merge({ pinCode: '110001' }).save()
      await edit(pin)
      assert.equal((await shop.refresh()).pinCode, '452001', pin)
    }
    await open('४५२-००१')
    assert.equal((await Shop.query().orderBy('id', 'desc').firstOrFail()).pinCode, '452001')
    for (const pin of NO_PINS) {
      for (const page of [await open(pin), await edit(pin)]) {
        assert.equal(page.status, 422, pin)
        assert.equal(page.$('[name=pin_code][aria-invalid=true]').val(), pin)
        assert.include(page.$('#pin_code-error').text(), SIX_DIGITS)
      }
    }
    assert.lengthOf(await Shop.all(), 2)
  })

  test('of a search, which says so when it is none', async ({ assert }) => {
    for (const [city, pinCode] of [
      ['Pune', '411001'],
      ['Indore', '452001'],
    ]) {
      const shop = await createShop({ city, pinCode })
      await createProduct({ shopId: shop.id, name: 'Besan' })
    }
    const guest = new Visitor()
    const search = (pin: string) => {
      return `/search?${new URLSearchParams({ q: 'besan', type: 'product', pin })}`
    }
    const first = ($: Visitor['page'] & object) => $.$('#results .product').first().text()
    for (const pin of PINS) {
      const page = await guest.visit(search(pin))
      assert.include(first(page), 'Indore', pin)
      assert.lengthOf(page.$('#pin-error'), 0)
      assert.equal(page.$('[name=pin]').val(), '452001')
    }
    for (const pin of NO_PINS) {
      const page = await guest.visit(search(pin))
      assert.equal(page.status, 200)
      assert.equal(page.$('[name=pin]').val(), pin)
      assert.equal(page.$('[name=pin]').attr('aria-describedby'), page.$('#pin-error').attr('id'))
      assert.isAbove(page.$('#results .product').length, 0)
      const fragment = await guest.fragment('GET', search(pin))
      for (const shown of [page, fragment]) {
        assert.include(shown.$('#pin-error[role=alert]').text(), SIX_DIGITS, pin)
        assert.notInclude(shown.$('.facets a').first().attr('href'), 'pin=')
      }
    }
    for (const blank of ['', ' ', '\u200b']) {
      assert.lengthOf((await guest.visit(search(blank))).$('#pin-error'), 0)
    }
  })
})

test.group('Codes are read as people type them:', (group) => {
  group.each.setup(emptyDatabase)

  test('the UPI id of a shop', async ({ assert }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const visitor = await loggedIn(owner)
    const set = async (upi: string) => {
      await visitor.visit(`/owner/shops/${shop.id}/settings`)
      return visitor.submit('#settings-form', { upi_id: upi })
    }
    for (const upi of [
      '\u202a9876543210@ybl\u202c',
      '९८७६५४३२१० @ ybl',
      '９８７６５４３２１０＠ｙｂｌ',
    ]) {
      await ShopSettings.query().delete()
      await set(upi)
      assert.equal((await ShopSettings.of(shop.id)).upiId, '9876543210@ybl', upi)
    }
    const page = await set('9876543210')
    assert.equal(page.status, 422)
    assert.equal(page.$('[name=upi_id][aria-invalid=true]').val(), '9876543210')
  })

  test('the code of a khata', async ({ assert }) => {
    const code = digestOfKhataCode('23QF-4MPX')
    for (const typed of ['23qf 4mpx', '२३QF–४MPX', '２３ＱＦ４ＭＰＸ', '\u200e23QF-4MPX']) {
      assert.equal(digestOfKhataCode(typed), code, typed)
    }
  })
})

test.group('The reference of a payment is read as people type it', (group) => {
  group.each.setup(emptyDatabase)

  test('by the customer who paid', async ({ assert }) => {
    const customer = await createUser()
    const product = await createProduct()
    await ShopSettings.create({ shopId: product.shopId, upiId: 'gupta@okaxis' })
    const order = await createOrder({ customer, product, paymentMethod: 'upi' })
    const visitor = await loggedIn(customer)
    const pay = async (reference: string) => {
      await visitor.visit(`/orders/${order.id}`)
      return visitor.submit('form[action$="/payment"]', { reference })
    }
    for (const reference of ['12 34', 'UTR: 123456', '₹1234567', '1234567²']) {
      const page = await pay(reference)
      assert.equal(page.status, 422, reference)
      assert.equal(page.$('[name=reference][aria-invalid=true]').val(), reference)
    }
    for (const reference of UTRS) {
      await pay('HDFC 0012-34')
      assert.equal((await order.refresh()).paymentReference, 'HDFC0012-34')
      await pay(reference)
      assert.equal((await order.refresh()).paymentReference, '123456789012', reference)
    }
  })

  test('by the shop that gives it back', async ({ assert }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const visitor = await loggedIn(owner)
    const product = await createProduct({ shopId: shop.id, stock: 99 })
    const buyer = await createUser()
    for (const [typed, reference] of [
      ...UTRS.map((utr) => [utr, '123456789012']),
      ['cash', 'cash'],
    ]) {
      const order = await createOrder({ customer: buyer, product })
      await order.confirmPayment(owner)
      await order.move('decline', owner, 'Closed')
      await visitor.visit(`/owner/orders/${order.id}`)
      await visitor.submit('form[action$="/refund"]', { reference: typed })
      const event = await OrderEvent.query().where('order_id', order.id).where('reason', reference)
      assert.lengthOf(event, 1, typed)
    }
  })
})
