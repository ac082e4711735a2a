import { test } from '@japa/runner'
import Address from '#models/address'
import Order from '#models/order'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const FORM = '#checkout-form'
const HOME = {
  label: 'Home',
  line: '12 MG Road',
  city: 'Indore',
  pinCode: '452001',
  mobile: '9876543210',
}
const SHOP = { line: '1 Fort Road', pinCode: '452010', mobile: '9123456780' }

test.group('The address of an order', (group) => {
  let customer: User
  let shop: Shop
  let product: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    customer = await createUser()
    shop = await createShop({ pinCode: '452001' })
    product = await createProduct({ shopId: shop.id })
    visitor = await loggedIn(customer)
  })

  const checkout = () => visitor.visit(`/products/${product.id}/checkout`)
  const addresses = () => Address.of(customer)

  test('is one that is saved, with its mobile, the default first', async ({ assert }) => {
    await Address.add(customer, HOME)
    const other = await Address.add(customer, SHOP)
    const { $ } = await checkout()
    assert.lengthOf($('[name=address_id]'), 3)
    assert.include($('label:has([name=address_id]:checked)').text(), '12 MG Road, Indore 452001')
    await visitor.submit(FORM)
    await checkout()
    await visitor.submit(FORM, { address_id: other.id, address: 'Typed before', pin_code: 'no' })
    const [first, second] = await Order.query().orderBy('id')
    assert.deepEqual([first.address, first.mobile], ['12 MG Road, Indore 452001', '9876543210'])
    assert.deepEqual([second.address, second.mobile], ['1 Fort Road 452010', '9123456780'])
    assert.equal(second.pinCode, '452010')
  })

  test('is kept by the order when the saved one is changed or removed', async ({ assert }) => {
    const address = await Address.add(customer, HOME)
    await checkout()
    await visitor.submit(FORM)
    await address.remove()
    assert.equal((await Order.firstOrFail()).address, '12 MG Road, Indore 452001')
  })

  test('is typed by its parts, and saved when that is asked for', async ({ assert }) => {
    await Address.add(customer, HOME)
    for (const saved of [false, true]) {
      await checkout()
      await visitor.submit(FORM, {
        address_id: 'new',
        label: 'Shop',
        address: '4 Station Road',
        landmark: 'behind the temple',
        city: 'Indore',
        pin_code: '452 002',
        mobile: '91234 56780',
        ...(saved ? { save_address: '1' } : {}),
      })
      const order = await Order.query().orderBy('id', 'desc').firstOrFail()
      assert.equal(order.address, '4 Station Road, behind the temple, Indore 452002')
      assert.deepEqual([order.pinCode, order.mobile], ['452002', '9123456780'])
      assert.lengthOf(await addresses(), saved ? 2 : 1)
    }
    const [, shopAddress] = await addresses()
    assert.equal(shopAddress.text, '4 Station Road, behind the temple, Indore 452002')
    assert.equal(shopAddress.label, 'Shop')
    assert.include((await checkout()).$('.options').text(), 'Shop: 4 Station Road')
  })

  test('is not another one when the saved one was removed meanwhile', async ({ assert }) => {
    const address = await Address.add(customer, HOME)
    await checkout()
    await address.remove()
    const page = await visitor.submit(FORM, { note: 'Ring twice' })
    assert.equal(page.status, 422)
    assert.include(page.text, 'This address was removed')
    assert.equal(page.$('[name=note]').val(), 'Ring twice')
    assert.lengthOf(await Order.all(), 0)
  })

  test('is never one that another customer saved', async ({ assert }) => {
    await Address.add(customer, HOME)
    const theirs = await Address.add(await createUser(), SHOP)
    await checkout()
    const { action, fields } = visitor.form(FORM)
    fields.set('address_id', theirs.id)
    const page = await visitor.request('POST', action, fields)
    assert.equal(page.status, 422)
    assert.notInclude(page.html, 'Fort Road')
    assert.lengthOf(await Order.all(), 0)
  })

  test('says at the saved one when the shop does not deliver there', async ({ assert }) => {
    await Address.add(customer, { ...HOME, pinCode: '482001' })
    const before = await checkout()
    assert.include(before.$('.options').text(), 'Not delivered to 482001')
    assert.equal(before.$('[name=fulfilment]:checked').val(), 'pickup')
    const page = await visitor.submit(FORM, { fulfilment: 'delivery' })
    assert.equal(page.status, 422)
    assert.include(page.$('#address_id-error').text(), 'does not deliver there')
  })

  test('is not saved past the tenth; the order can be sent without', async ({ assert }) => {
    for (let n = 0; n < 9; n++) await Address.add(customer, { ...HOME, line: `${n} MG Road` })
    const page = await checkout()
    assert.lengthOf(page.$('[name=save_address]'), 1)
    await Address.add(customer, SHOP)
    const typed = { address_id: 'new', address: '4 Station Road', pin_code: '452002' }
    const full = await visitor.submit(FORM, { ...typed, save_address: '1' })
    assert.equal(full.status, 422)
    assert.include(full.text, 'at most 10 addresses')
    assert.lengthOf(await Order.all(), 0)
    assert.lengthOf(full.$('[name=save_address]'), 0)
    await visitor.submit(FORM)
    assert.equal((await Order.firstOrFail()).address, '4 Station Road 452002')
  })

  test('has nothing to say to a pick-up, whose mobile counts', async ({ assert }) => {
    await Address.add(customer, HOME)
    await checkout()
    const { action, fields } = visitor.form(FORM)
    for (const field of ['address', 'pin_code', 'label']) fields.set(field, 'x\u0000')
    fields.set('fulfilment', 'pickup')
    fields.set('mobile', '91234 56780')
    await visitor.request('POST', action, fields)
    const order = await Order.firstOrFail()
    assert.deepEqual([order.address, order.pinCode, order.mobile], [null, null, '9123456780'])
  })

  test('comes with a button that says what is to be paid', async ({ assert }) => {
    const { $ } = await checkout()
    assert.equal($(`${FORM} .if-delivery`).text().trim(), 'Order for ₹52')
    assert.equal($(`${FORM} .if-pickup`).text().trim(), 'Order for ₹52')
  })
})
