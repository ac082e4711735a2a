import { test } from '@japa/runner'
import type Order from '#models/order'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { openKhata } from '#tests/helpers/khatas'
import { createOrder } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'

const FORM = 'form[action*="/weight"]'

test.group('Pages of an order that is weighed', (group) => {
  let owner: User
  let customer: User
  let besan: Product
  let order: Order
  let seller: Visitor
  let buyer: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    besan = await createProduct({
      shopId: shop.id,
      name: 'Besan',
      soldAs: 'loose',
      measure: 'weight',
      unit: 'kg',
      pricePaise: 10_000,
      stock: 5_000,
    })
    order = await createOrder({ customer, product: besan, quantity: 1_000, paymentMethod: 'upi' })
    await order.move('accept', owner)
    seller = await loggedIn(owner)
    buyer = await loggedIn(customer)
  })

  const theirs = () => buyer.visit(`/orders/${order.id}`)
  const ours = () => seller.visit(`/owner/orders/${order.id}`)

  async function weigh(weight: string) {
    await ours()
    return seller.submit(FORM, { weight })
  }

  for (const [typed, packed] of [
    ['1.05', '1.05 kg'],
    ['1.05 kg', '1.05 kg'],
    ['1050 g', '1.05 kg'],
    ['1050 ग्राम', '1.05 kg'],
    ['१.०५ किलो', '1.05 kg'],
    [' 0.95 ', '950 g'],
  ]) {
    test(`read “${typed}” as ${packed}`, async ({ assert }) => {
      const page = await weigh(typed)
      assert.include(page.text, 'Weight saved')
      assert.include(page.text, `Ordered 1 kg, packed ${packed}`)
    })
  }

  test('show ordered, packed and the new total to both', async ({ assert }) => {
    await weigh('1.05')
    for (const page of [await theirs(), await ours()]) {
      assert.include(page.text, '1 kg at ₹100 per kg')
      assert.include(page.text, 'Ordered 1 kg, packed 1.05 kg')
      assert.include(page.text, 'Total₹105')
      assert.include(page.text, 'Packed 1.05 kg instead of 1 kg')
    }
    const { $ } = await theirs()
    assert.include($('a[href^="upi:"]').attr('href'), 'am=105.00')
    assert.include($('img[src*="upi.svg"]').attr('src'), '10500')
    assert.include(decodeURIComponent($('a[href*="wa.me"]').attr('href')!), '1.05 kg Besan')
    const slip = await seller.visit(`/owner/orders/${order.id}/packing-slip`)
    assert.include(slip.text, 'Ordered 1 kg, packed 1.05 kg')
    assert.include((await seller.visit('/owner/orders')).text, '1.05 kg Besan')
  })

  for (const [typed, says] of [
    ['heavy', 'Enter the weight as the scale says it'],
    ['1.05 l', 'Enter the weight as the scale says it'],
    ['1,05', 'Enter the weight as the scale says it'],
    ['-1', 'Enter the weight as the scale says it'],
    ['1.0505', 'Enter the weight as the scale says it'],
    ['0', 'Enter the weight as the scale says it'],
    ['1050', 'Enter the weight as the scale says it, for example 1.05 or 1050 g'],
    ['500', 'far more than was ordered. Enter the unit too'],
    ['10.1', 'far more than was ordered. Enter the unit too'],
    ['', 'Enter the weight'],
  ]) {
    test(`refuse “${typed}” at the field, and keep it`, async ({ assert }) => {
      const page = await weigh(typed)
      assert.equal(page.status, 422)
      assert.include(page.$('#weight-error').text(), says)
      assert.equal(page.$('#weight').val(), typed.trim())
      assert.equal(page.$('.summary a').attr('href'), '#weight')
      assert.equal((await order.refresh()).totalPaise, 10_000)
    })
  }

  test('lead to the stock when there is too little', async ({ assert }) => {
    await besan.merge({ stock: 30 }).save()
    const page = await weigh('1.05')
    assert.equal(page.status, 422)
    assert.include(page.$('#weight-error').text(), 'only 30 g left in stock')
    const link = page.$(`a[href*="/products/${besan.id}/edit"]`).attr('href')!
    assert.equal((await seller.visit(link)).status, 200)
  })

  test('say when another tab was faster', async ({ assert }) => {
    await ours()
    const [item] = await order.related('items').query()
    await order.weigh(item.id, 960, owner)
    const page = await seller.submit(FORM, { weight: '1.05' })
    assert.equal(page.status, 422)
    assert.include(page.$('#weight-error').text(), 'Another weight was entered meanwhile')
    assert.include(page.text, 'packed 960 g')
    assert.include(page.text, 'Total₹96')
    assert.equal(page.$('#weight').val(), '1.05')
    assert.include((await seller.submit(FORM)).text, 'packed 1.05 kg')
  })

  test('ask the customer, who agrees', async ({ assert }) => {
    const asked = await weigh('1.3')
    assert.include(asked.text, 'The customer is asked')
    assert.include(asked.text, 'asked about 1.3 kg and has not answered yet')
    for (const page of [asked, await seller.visit('/owner/orders')]) {
      const pack = page.$('button[value=pack]')
      assert.isDefined(pack.attr('disabled'))
      const why = page.$(`#${pack.attr('aria-describedby')}`).text()
      assert.include(why, 'The customer has to answer')
    }
    const forced = await seller.request(
      'POST',
      `/owner/orders/${order.id}/transitions`,
      new URLSearchParams({ verb: 'pack' })
    )
    assert.include(forced.text, 'The customer has to answer')
    assert.equal((await order.refresh()).state, 'accepted')

    const question = await theirs()
    assert.include(question.text, 'weighed 1.3 kg, you ordered 1 kg')
    assert.include(question.text, '₹130 instead of ₹100')
    const answered = await buyer.submit('button[value=agree]')
    assert.include(answered.text, 'Thank you')
    assert.include(answered.text, 'Ordered 1 kg, packed 1.3 kg')
    assert.include(answered.text, 'Total₹130')
    assert.isUndefined((await ours()).$('button[value=pack]').attr('disabled'))
  })

  test('ask the customer, who keeps to what was ordered', async ({ assert }) => {
    await weigh('1.3')
    await theirs()
    const answered = await buyer.submit('button[value=keep]')
    assert.include(answered.text, 'The shop is told')
    assert.notInclude(answered.text, 'Ordered 1 kg, packed')
    assert.include(answered.text, 'Total₹100')
    assert.include((await ours()).text, 'Customer does not want 1.3 kg')
  })

  test('tell a customer who answers an old question what is asked now', async ({ assert }) => {
    await weigh('1.3')
    await theirs()
    await weigh('1.6')
    const late = await buyer.submit('button[value=agree]')
    assert.include(late.text, 'It is too late for that')
    assert.include(late.text, 'weighed 1.6 kg')
    assert.equal((await order.refresh()).totalPaise, 10_000)
  })

  test('answer htmx with the part that changed, and the live region', async ({ assert }) => {
    const [{ id }] = await order.related('items').query()
    const fields = (values: object) => new URLSearchParams({ ...values })
    const path = `/owner/orders/${order.id}/items/${id}/weight?_method=PUT`
    const saved = await seller.fragment('POST', path, fields({ weight: '1.3', seen: '1000' }))
    assert.equal(saved.status, 200)
    assert.equal(saved.$('#order').length, 1)
    assert.equal(saved.$('html head title').length, 0)
    assert.include(saved.text, 'The customer is asked')
    const wrong = await seller.fragment('POST', path, fields({ weight: 'x', seen: '1300' }))
    assert.equal(wrong.status, 422)
    assert.equal(wrong.$('#order').length, 1)
    const theirPart = await buyer.fragment('GET', `/orders/${order.id}`)
    assert.include(theirPart.$('#news').text(), 'The shop asks you about a weight')
    const answer = `/orders/${order.id}/items/${id}/answer`
    const agreed = await buyer.fragment('POST', answer, fields({ answer: 'agree', asked: '1300' }))
    assert.equal(agreed.status, 200)
    assert.include(agreed.text, 'packed 1.3 kg')
  })

  test('tell the customer that a khata does not have that much', async ({ assert }) => {
    const khata = await openKhata(besan.shopId, customer, 11_000)
    order = await createOrder({
      customer,
      product: besan,
      quantity: 1_000,
      paymentMethod: 'khata',
    })
    await order.move('accept', owner)
    await weigh('1.3')
    await theirs()
    const page = await buyer.submit('button[value=agree]')
    assert.equal(page.status, 422)
    assert.include(page.text, 'Your khata limit allows only ₹10 more')
    assert.equal(await khata.balancePaise(), 10_000)
    await weigh('1.1')
    const statement = await buyer.visit(`/khatas/${khata.id}`)
    assert.include(statement.text, `Weight of order ${order.number}`)
  })

  test('tell both that what was paid is not charged above', async ({ assert }) => {
    await order.claimPayment(customer, '405512345678')
    assert.include((await ours()).text, 'more is not charged')
    const page = await weigh('1.08')
    assert.include(page.text, 'the extra weight is not charged')
    assert.include(page.text, 'Total₹100')
    assert.include((await weigh('0.94')).text, 'refund ₹6')
    assert.include((await theirs()).text, 'refund of ₹6')
  })

  test('take what was paid before a lower weight, and owe the rest', async ({ assert }) => {
    await weigh('1.05')
    await weigh('1')
    const page = await theirs()
    assert.equal(page.$('[name=amount]').val(), '100.00')
    const reference = '405512345678'
    const paid = await buyer.submit('form[action$="/payment"]', { reference, amount: '105' })
    assert.equal(paid.status, 200)
    assert.equal((await order.refresh()).refundDuePaise, 500)
  })

  test('have a place to write the weight on the packing slip', async ({ assert }) => {
    const slip = await seller.visit(`/owner/orders/${order.id}/packing-slip`)
    assert.match(slip.text, /Packed: _+ kg/)
    assert.include(slip.text, 'at most ₹110')
  })

  test('speak Hindi', async ({ assert }) => {
    const hindi = new Visitor({ 'accept-language': 'hi' })
    await loggedIn(owner, hindi)
    await hindi.visit(`/owner/orders/${order.id}`)
    const page = await hindi.submit(FORM, { weight: '1.3 किलो' })
    assert.include(page.text, 'ग्राहक से 1.3 किलो के बारे में पूछा है')
    const theirHindi = await loggedIn(customer, new Visitor({ 'accept-language': 'hi' }))
    assert.include((await theirHindi.visit(`/orders/${order.id}`)).text, 'दुकान ने 1.3 किलो तौला है')
  })

  test('do not find the items of other orders', async ({ assert }) => {
    const other = await createOrder({ customer, product: besan, quantity: 500 })
    const [{ id }] = await other.related('items').query()
    const body = new URLSearchParams({ weight: '1.05', answer: 'agree', asked: '1300' })
    const weight = `/owner/orders/${order.id}/items/${id}/weight?_method=PUT`
    assert.equal((await seller.send('POST', weight, body)).status, 404)
    const answer = `/orders/${order.id}/items/${id}/answer`
    assert.equal((await buyer.send('POST', answer, body)).status, 404)
  })
})

test.group('The checkout of loose goods', (group) => {
  let besan: Product
  let buyer: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    besan = await createProduct({
      name: 'Besan',
      soldAs: 'loose',
      measure: 'weight',
      unit: 'kg',
      pricePaise: 10_000,
      stock: 5_000,
    })
    buyer = await loggedIn(await createUser())
  })

  const checkout = (product = besan, quantity = 1_000) =>
    buyer.visit(`/products/${product.id}/checkout?quantity=${quantity}`)

  test('says up to how much the order costs, and agrees to that', async ({ assert }) => {
    const page = await checkout()
    assert.include(page.text, 'about ₹100, at most ₹110')
    assert.include(page.text, 'up to 10% more or less')
    const placed = await buyer.submit('#checkout-form', { fulfilment: 'pickup' })
    assert.include(placed.path, '/orders/')
    assert.include(placed.text, 'at most ₹110')
  })

  test('says from how much it is sold when less is wanted', async ({ assert }) => {
    assert.include((await checkout(besan, 49)).text, 'The shop sells this from 50 g now')
  })

  test('is shown again when the tolerance was raised meanwhile', async ({ assert }) => {
    await checkout()
    await ShopSettings.create({ shopId: besan.shopId, packingTolerancePercent: 20 })
    const again = await buyer.submit('#checkout-form', { fulfilment: 'pickup' })
    assert.equal(again.status, 409)
    assert.include(again.text, 'up to 20% more or less than ordered, before 10%')
    assert.include(again.text, 'at most ₹120')
    const placed = await buyer.submit('#checkout-form', { fulfilment: 'pickup' })
    assert.include(placed.path, '/orders/')
  })

  test('is shown again when its page does not know of weighing', async ({ assert }) => {
    await checkout()
    const old = await buyer.submit('#checkout-form', {
      fulfilment: 'pickup',
      tolerance_percent: '',
    })
    assert.equal(old.status, 409)
  })

  test('says nothing of it when nothing is weighed', async ({ assert }) => {
    const salt = await createProduct({ name: 'Salt' })
    assert.notInclude((await checkout(salt, 1)).text, 'at most')
    await ShopSettings.create({ shopId: besan.shopId, packingTolerancePercent: 0 })
    assert.notInclude((await checkout()).text, 'at most')
  })
})
