import { openKhata } from '#tests/helpers/khatas'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Khata from '#models/khata'
import Order from '#models/order'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { amendOrder } from '#orders/amendment'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'

const UTR = '405512345678'
const outcomeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error) => error.code
  )

test.group('A payment claim', (group) => {
  let owner: User
  let customer: User
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, pricePaise: 14_200 })
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    await openKhata(shop.id, customer, 100_000)
  })

  test('is corrected also when a refund is due since, to what was paid', async ({ assert }) => {
    const order = await createOrder({ customer, product, quantity: 2, paymentMethod: 'upi' })
    await order.claimPayment(customer, UTR)
    const [item] = await order.related('items').query()
    await amendOrder(order, customer, { revision: 0, quantities: new Map([[item.id, 1]]) })
    assert.equal(order.paymentState, 'refund_due')
    const visitor = await loggedIn(customer)
    await visitor.visit(`/orders/${order.id}`)
    const page = await visitor.submit('#claim-form', { reference: '405512345699' })
    assert.equal(page.status, 200)
    assert.include(page.text, '405512345699')
    await order.refresh()
    assert.equal(order.paymentReference, '405512345699')
    assert.deepEqual([order.paymentState, order.refundDuePaise], ['refund_due', 14_200])
    await visitor.submit('#claim-form', { amount: '142' })
    await order.refresh()
    assert.deepEqual([order.paymentState, order.refundDuePaise], ['claimed', 0])
  })

  for (const paymentMethod of ['cash', 'khata'] as const) {
    test(`is refused for an order by ${paymentMethod}, which asks for none`, async ({ assert }) => {
      const order = await createOrder({ customer, product, paymentMethod })
      assert.equal(await outcomeOf(order.claimPayment(customer, UTR)), 'E_TRANSITION_REFUSED')
      const visitor = await loggedIn(customer)
      const body = new URLSearchParams({
        reference: UTR,
        amount: '142',
      })
      const path = `/orders/${order.id}/payment`
      assert.equal((await visitor.fragment('POST', path, body)).status, 409)
      assert.include((await visitor.request('POST', path, body)).text, 'too late for that')
      await order.withdraw(customer)
      assert.equal(await outcomeOf(order.claimPayment(customer, UTR)), 'E_TRANSITION_REFUSED')
      assert.equal(await outcomeOf(order.confirmPayment(owner)), 'E_TRANSITION_REFUSED')
      assert.equal((await order.refresh()).refundDuePaise, 0)
      assert.notInclude((await (await loggedIn(owner)).visit('/owner/orders')).text, '₹142')
    })
  }

  test('is refused by the database itself', async ({ assert }) => {
    const { id } = await createOrder({ customer, product })
    const claim = `UPDATE orders SET payment_state = 'claimed', paid_paise = total_paise WHERE id = ?`
    const error = await db.rawQuery(claim, [id]).catch((failure) => failure)
    assert.equal(error.constraint, 'orders_claimed_where_asked')
  })

  for (const ending of ['withdraw', 'decline', 'expire'] as const) {
    test(`of a UPI order may come after ${ending}, for it may have been paid before`, async ({
      assert,
    }) => {
      const order = await createOrder({ customer, product, paymentMethod: 'upi' })
      await order.move(ending, ending === 'decline' ? owner : customer, 'Closed')
      await order.claimPayment(customer, UTR)
      assert.equal(order.refundDuePaise, 14_200)
      assert.isTrue(order.isUnconfirmedRefund)
    })
  }

  test('is refused when the shop is gone and nobody could find the money', async ({ assert }) => {
    const { shopId } = product
    await Khata.query().delete()
    const order = await createOrder({ customer, product, paymentMethod: 'upi' })
    await order.withdraw(customer)
    await db.from('orders').where('id', order.id).update({ shop_id: null })
    await order.refresh()
    assert.isNull(order.shopId, shopId)
    assert.equal(await outcomeOf(order.claimPayment(customer, UTR)), 'E_TRANSITION_REFUSED')
  })

  test('that nobody confirmed is marked wherever the refund is listed', async ({ assert }) => {
    const order = await createOrder({ customer, product, paymentMethod: 'upi' })
    await order.claimPayment(customer, UTR)
    await order.withdraw(customer)
    const buyer = await loggedIn(customer)
    const seller = await loggedIn(owner)
    const texts = async () => ({
      board: (await seller.visit('/owner/orders')).$('section[aria-labelledby=refunds]').text(),
      owner: (await seller.visit(`/owner/orders/${order.id}`)).text,
      past: (await seller.visit('/owner/past-orders')).text,
      list: (await buyer.visit('/orders')).text,
      page: (await buyer.visit(`/orders/${order.id}`)).text,
    })
    const marked = await texts()
    assert.include(marked.board, 'only the customer says it is paid')
    assert.include(marked.owner, 'you have not confirmed it')
    for (const text of [marked.past, marked.list, marked.page]) {
      assert.include(text, 'refund due if the payment came')
    }
    const csv = (await seller.visit('/owner/orders.csv')).html
    assert.match(csv, /payment_confirmed\s/)
    assert.match(csv, /142\.00,no\s/)
    const client = await ApiClient.of(customer)
    const { body } = await client.get(`/api/orders/${order.id}`)
    assert.containSubset(body, {
      payment_status: 'refund_due',
      payment_confirmed: false,
      refund_due: 142,
      cancellation: 'cancelled',
    })

    await Order.query().where('id', order.id).update({ payment_received: true })
    const confirmed = await texts()
    assert.notInclude(confirmed.board, 'only the customer')
    assert.notInclude(confirmed.owner, 'you have not confirmed it')
    assert.notInclude(confirmed.list + confirmed.page + confirmed.past, 'if the payment came')
    assert.match((await seller.visit('/owner/orders.csv')).html, /142\.00,yes\s/)
    assert.isTrue((await client.get('/api/orders/me')).body[0].payment_confirmed)
  })

  test('that nobody confirmed is marked in Hindi', async ({ assert }) => {
    const order = await createOrder({ customer, product, paymentMethod: 'upi' })
    await order.claimPayment(customer, UTR)
    await order.withdraw(customer)
    const hindi = () => new Visitor({ 'accept-language': 'hi' })
    const seller = await loggedIn(owner, hindi())
    const buyer = await loggedIn(customer, hindi())
    assert.include((await seller.visit('/owner/orders')).text, 'सिर्फ़ ग्राहक कहता है')
    const ours = await seller.visit(`/owner/orders/${order.id}`)
    assert.include(ours.text, 'आपने अभी हाँ नहीं कहा है')
    assert.include((await buyer.visit('/orders')).text, 'पैसे मिले हों तो लौटाने हैं')
  })
})
