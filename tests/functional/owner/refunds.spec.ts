import { test } from '@japa/runner'
import type Order from '#models/order'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, place, requestFor } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'

const UTR = '405512345678'

test.group('Refund pages', (group) => {
  let owner: User
  let customer: User
  let product: Product
  let order: Order
  let seller: Visitor
  let buyer: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ fullName: 'Ramesh Gupta' })
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_200 })
    order = await createOrder({ customer, product, paymentMethod: 'upi' })
    seller = await loggedIn(owner)
    buyer = await loggedIn(customer)
  })

  const paidAndDeclined = async () => {
    await order.confirmPayment(owner)
    await order.move('decline', owner, 'Closed')
  }

  test('show both what is to be given back, and that nobody but the shop moves it', async ({
    assert,
  }) => {
    await paidAndDeclined()
    const theirs = await buyer.visit(`/orders/${order.id}`)
    assert.include(theirs.text, 'refund due')
    assert.include(theirs.text, 'The shop owes you a refund of ₹52')
    assert.include(theirs.text, 'Kirana Ghar does not move any money')
    assert.include((await buyer.visit('/orders')).text, 'refund due: ₹52')
    const board = await seller.visit('/owner/orders')
    const line = board.$('section[aria-labelledby=refunds]').text()
    for (const expected of [`Order ${order.number}`, customer.fullName, '₹52']) {
      assert.include(line, expected)
    }
    const ours = await seller.visit(`/owner/orders/${order.id}`)
    assert.include(ours.text, 'Refund ₹52')
    assert.include(ours.text, 'Kirana Ghar does not move any money')
  })

  test('let the owner say how it was given back, which both then read', async ({ assert }) => {
    await paidAndDeclined()
    await seller.visit(`/owner/orders/${order.id}`)
    const ours = await seller.submit('form[action$="/refund"]', { reference: UTR })
    assert.include(ours.text, 'Refund recorded')
    assert.lengthOf(ours.$('form[action$="/refund"]'), 0)
    assert.equal((await order.refresh()).paymentState, 'refunded')
    assert.lengthOf((await seller.visit('/owner/orders')).$('#refunds'), 0)
    const theirs = await buyer.visit(`/orders/${order.id}`)
    assert.include(theirs.text, 'The shop says it has refunded ₹52')
    assert.notInclude(theirs.text, 'The shop owes you')
    const history = theirs.$('.history').text().replace(/\s+/g, ' ')
    assert.include(history, `refund recorded by the shop · Ramesh Gupta · ₹52 · ${UTR}`)
  })

  test('speak Hindi as well', async ({ assert }) => {
    const hindi = () => new Visitor({ 'accept-language': 'hi' })
    seller = await loggedIn(owner, hindi())
    buyer = await loggedIn(customer, hindi())
    await paidAndDeclined()
    assert.include((await buyer.visit(`/orders/${order.id}`)).text, 'दुकान को आपके ₹52 लौटाने हैं।')
    assert.include((await seller.visit('/owner/orders')).text, 'पैसे लौटाने हैं')
    await seller.visit(`/owner/orders/${order.id}`)
    const ours = await seller.submit('form[action$="/refund"]', { reference: 'नकद' })
    assert.include(ours.text, 'दर्ज हुआ: पैसे लौटा दिए।')
    assert.include((await buyer.visit(`/orders/${order.id}`)).text, 'दुकान ने बताया कि ₹52 लौटा दिए।')
  })

  test('want to know how it was given back', async ({ assert }) => {
    await paidAndDeclined()
    await seller.visit(`/owner/orders/${order.id}`)
    const page = await seller.submit('form[action$="/refund"]', { reference: ' ' })
    assert.equal(page.status, 422)
    assert.equal(page.$('[name=reference]').attr('aria-invalid'), 'true')
    assert.equal((await order.refresh()).paymentState, 'refund_due')
    const corrected = await seller.submit('form[action$="/refund"]', { reference: 'in cash' })
    assert.equal(corrected.path, `/owner/orders/${order.id}`)
    assert.include(corrected.text, 'Refund recorded')
  })

  test('take no amount that is not what is due now', async ({ assert }) => {
    await paidAndDeclined()
    for (const [amount, status] of [
      ['5100', 200],
      ['5201', 200],
      ['-5200', 422],
      ['all', 422],
    ] as const) {
      await seller.visit(`/owner/orders/${order.id}`)
      const values = { amount_paise: amount, reference: UTR }
      const page = await seller.submit('form[action$="/refund"]', values)
      assert.equal(page.status, status, amount)
      assert.equal((await order.refresh()).paymentState, 'refund_due', amount)
    }
    assert.equal(order.refundedPaise, 0)
  })

  test('do not say that the shop has what it only may have', async ({ assert }) => {
    await order.claimPayment(customer, UTR)
    await order.withdraw(customer)
    const theirs = await buyer.visit(`/orders/${order.id}`)
    assert.include(theirs.text, 'If your payment has reached the shop, it owes you a refund of ₹52')
    await seller.visit(`/owner/orders/${order.id}`)
    const ours = await seller.submit('form[action*="_method=DELETE"]')
    assert.include(ours.text, 'Marked as not received')
    assert.include(ours.text, 'nothing to pay')
    assert.equal((await order.refresh()).refundDuePaise, 0)
  })

  test('let a customer say that they had paid before it was declined', async ({ assert }) => {
    await order.move('decline', owner, 'Closed')
    const page = await buyer.visit(`/orders/${order.id}`)
    assert.lengthOf(page.$('a[href^="upi:"]'), 0)
    await buyer.submit('form[action$="/payment"]', { reference: UTR })
    assert.equal((await order.refresh()).paymentState, 'refund_due')
  })

  test('come to light when the old total was paid before an item was left out', async ({
    assert,
  }) => {
    const poha = await createProduct({ shopId: product.shopId, name: 'Poha', pricePaise: 3_000 })
    const leftOut = async () => {
      const request = requestFor([{ product }, { product: poha }], { paymentMethod: 'upi' })
      order = await place(customer, product.shopId, request)
      await buyer.visit(`/orders/${order.id}`)
      const item = await order.related('items').query().where('product_id', poha.id).firstOrFail()
      await order.leaveOut(item.id, owner)
    }
    await leftOut()
    await buyer.submit('form[action$="/payment"]', { reference: UTR })
    assert.equal((await order.refresh()).refundDuePaise, 3_000, 'paid from the page as it was')

    await leftOut()
    const page = await buyer.visit(`/orders/${order.id}`)
    assert.equal(page.$('[name=amount]').val(), '52.00')
    assert.include(page.text, 'It was ₹82 as ordered')
    const wrong = await buyer.submit('form[action$="/payment"]', { reference: UTR, amount: '83' })
    assert.equal(wrong.status, 422)
    assert.include(wrong.text, 'The amount must be between ₹52 and ₹82')
    assert.equal(wrong.$('[name=amount]').val(), '83')
    assert.equal(wrong.$('[name=reference]').val(), UTR)
    await buyer.submit('form[action$="/payment"]', { amount: '82' })
    assert.equal((await order.refresh()).refundDuePaise, 3_000, 'paid, as the customer says')

    await leftOut()
    await seller.visit(`/owner/orders/${order.id}`)
    const refused = await seller.submit('form[action$="/payment"]', { amount: '10' })
    assert.equal(refused.$('[name=amount][aria-invalid=true]').val(), '10')
    const ours = await seller.submit('form[action$="/payment"]', { amount: '82' })
    assert.include(ours.text, 'Refund ₹30')
    assert.equal((await order.refresh()).refundDuePaise, 3_000, 'received, as the owner says')
  })

  test('of other owners do not exist', async ({ assert }) => {
    await paidAndDeclined()
    const stranger = await loggedIn(await createOwner())
    for (const visitor of [stranger, buyer]) {
      const body = new URLSearchParams({
        amount_paise: '5200',
        reference: UTR,
      })
      const path = `/owner/orders/${order.id}/refund`
      assert.equal((await visitor.request('POST', path, body)).status, 404)
    }
    assert.equal((await order.refresh()).paymentState, 'refund_due')
  })
})
