import { test } from '@japa/runner'
import Address from '#models/address'
import type Order from '#models/order'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { moveTo, place, requestFor } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

const FORM = '#amend-form'

test.group('The page that changes an order', (group) => {
  let owner: User
  let customer: User
  let besan: Product
  let dal: Product
  let order: Order
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    besan = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_000 })
    const loose = { soldAs: 'loose', measure: 'weight', pricePaise: 12_000, stock: 5_000 } as const
    dal = await createProduct({ shopId: shop.id, name: 'Dal', ...loose })
    const lines = [
      { product: besan, quantity: 2 },
      { product: dal, quantity: 500 },
    ]
    order = await (await place(customer, shop.id, requestFor(lines))).refresh()
    visitor = await loggedIn(customer)
  })

  const path = () => `/orders/${order.id}/change`
  const fieldOf = async ({ id }: Product) => {
    const item = await order.related('items').query().where('product_id', id).firstOrFail()
    return `lines[${item.id}]`
  }

  test('is led to from the order, and saves without JavaScript', async ({ assert }) => {
    const shown = await visitor.visit(`/orders/${order.id}`)
    await visitor.visit(shown.$(`a[href="${path()}"]`).attr('href')!)
    const saved = await visitor.submit(FORM, {
      [await fieldOf(besan)]: '1',
      [await fieldOf(dal)]: '250 g',
      note: 'Ring twice',
    })
    assert.equal(saved.path, `/orders/${order.id}`)
    assert.include(saved.text, 'Order changed.')
    assert.include(saved.text, 'You changed the order')
    await order.refresh()
    assert.equal(order.totalPaise, 8_000)
    assert.equal(order.note, 'Ring twice')
    const board = await (await loggedIn(owner)).visit('/owner/orders')
    assert.include(board.$(`#order-${order.id}`).text(), 'Changed by the customer')
    assert.include(board.$(`#order-${order.id}`).text(), '₹80')
  })

  test('reckons with the buttons of a line, and keeps what else was typed', async ({ assert }) => {
    const page = await visitor.visit(path())
    const more = page.$('.step[value^=more]').first()
    assert.include(page.$('#total').text(), '₹166')
    const other = await visitor.submit(`#${more.attr('id')}`, { note: 'Ring twice' })
    assert.equal(other.status, 200)
    assert.equal(other.$('#note').attr('value'), 'Ring twice')
    assert.equal(other.$(`[name="${await fieldOf(besan)}"]`).attr('value'), '3')
    assert.include(other.$('#total').text(), '₹216')
    assert.equal((await order.refresh()).totalPaise, 16_000)
    const saved = await visitor.submit(FORM)
    assert.equal(saved.path, `/orders/${order.id}`)
    assert.equal((await order.refresh()).totalPaise, 21_000)
  })

  test('asks again when it costs more than the button said', async ({ assert }) => {
    await visitor.visit(path())
    const again = await visitor.submit(FORM, { [await fieldOf(besan)]: '4' })
    assert.equal(again.status, 422)
    assert.include(again.text, 'The order now costs ₹260')
    assert.include(again.$('#total').text(), '₹266')
    await visitor.submit(FORM)
    assert.equal((await order.refresh()).totalPaise, 26_000)
  })

  test('says at each line why it cannot be so, and keeps what was typed', async ({ assert }) => {
    await besan.merge({ pricePaise: 6_000 }).save()
    await visitor.visit(path())
    const typed = { [await fieldOf(besan)]: '3', [await fieldOf(dal)]: '20 g' }
    const wrong = await visitor.submit(FORM, { ...typed, mobile: '12', note: 'Ring twice' })
    assert.equal(wrong.status, 422)
    assert.isAbove(wrong.$('.field-error').length, 0)
    assert.equal(wrong.$('#note').attr('value'), 'Ring twice')
    const lines = await visitor.submit(FORM, { mobile: '9876543210' })
    assert.include(lines.$('.field-error').text(), '50 g')
    const last = await visitor.submit(FORM, { [await fieldOf(dal)]: '500 g' })
    assert.include(last.$('.field-error').text(), 'This costs ₹60 now')
    assert.equal(last.$(`[name="${await fieldOf(besan)}"]`).attr('value'), '3')
    assert.equal((await order.refresh()).revision, 0)
  })

  const orderedByUpi = async () => {
    await ShopSettings.create({ shopId: order.shopId!, upiId: 'gupta@okaxis' })
    const request = requestFor([{ product: besan, quantity: 2 }], { paymentMethod: 'upi' })
    return (order = await (await place(customer, order.shopId!, request)).refresh())
  }

  test('makes an order by UPI dearer, and asks for the new amount', async ({ assert }) => {
    await orderedByUpi()
    const stale = await loggedIn(customer)
    await stale.visit(`/orders/${order.id}`)
    const page = await visitor.visit(path())
    assert.include(page.$('.notice').text(), 'Have you paid already?')
    const dearer = { [await fieldOf(besan)]: '3', agreed_paise: '15000' }
    const saved = await visitor.submit(FORM, dearer)
    assert.include(saved.$('.pay').text(), '₹150')
    const wrong = await stale.submit('#claim-form', { reference: '405512345678' })
    assert.equal(wrong.status, 422)
    assert.include(wrong.text, 'The order costs ₹150 now')
    await order.refresh()
    assert.deepEqual([order.paymentState, order.paidPaise], ['due', 0])
  })

  test('keeps the payment method of an order that was reported as paid', async ({ assert }) => {
    await orderedByUpi()
    const open = await visitor.visit(path())
    assert.equal(open.$('[name=payment_method]:checked').attr('value'), 'upi')
    await order.claimPayment(customer, '405512345678')
    const late = await visitor.submit(FORM, { payment_method: 'cash', note: 'Ring twice' })
    assert.equal(late.status, 422)
    assert.include(late.$('.summary').text(), 'You have reported a payment of ₹100')
    assert.equal(late.$('#note').attr('value'), 'Ring twice')
    assert.lengthOf(late.$('[name=payment_method]'), 0)
    assert.equal((await order.refresh()).paymentMethod, 'upi')
  })

  test('puts the order on the khata, and says what that allows', async ({ assert }) => {
    const khata = await openKhata(order.shopId!, customer, 15_000)
    const page = await visitor.visit(path())
    assert.include(page.$('#payment_method').text(), 'for ₹150 on your khata')
    const over = await visitor.submit(FORM, { payment_method: 'khata' })
    assert.equal(over.status, 422)
    assert.include(over.$('#total-error').text(), 'only ₹150 more')
    await visitor.submit(FORM, { [await fieldOf(besan)]: '1' })
    assert.equal(await khata.balancePaise(), 11_000)
    const again = await visitor.visit(path())
    assert.include(again.$('#payment_method').text(), 'for ₹150 on your khata')
    await visitor.submit(FORM, { payment_method: 'cash' })
    assert.equal(await khata.balancePaise(), 0)
  })

  test('changes delivery to pick up and back, with what each costs', async ({ assert }) => {
    const terms = { deliveryFeePaise: 3_000, minimumOrderPaise: 12_000 }
    const settings = await ShopSettings.create({ shopId: order.shopId!, ...terms })
    await visitor.visit(path())
    const picked = await visitor.submit(FORM, { fulfilment: 'pickup' })
    assert.equal(picked.path, `/orders/${order.id}`)
    await order.refresh()
    assert.deepEqual([order.fulfilment, order.address], ['pickup', null])
    const page = await visitor.visit(path())
    assert.include(page.$('#fulfilment').text(), 'at most ₹196')
    const to = {
      fulfilment: 'delivery',
      address_id: 'new',
      address: '5 Ring Road',
      pin_code: '452010',
    }
    const asked = await visitor.submit(FORM, to)
    assert.equal(asked.status, 422)
    assert.include(asked.text, 'The order now costs ₹190')
    assert.equal(asked.$('#address').attr('value'), '5 Ring Road')
    await settings.merge({ deliveryArea: 'prefix', deliveryPrefix: '11' }).save()
    const outside = await visitor.submit(FORM)
    assert.include(outside.$('#pin_code-error').text(), 'does not deliver there')
    await settings.merge({ deliveryPrefix: '452' }).save()
    await visitor.submit(FORM)
    await order.refresh()
    assert.deepEqual([order.address, order.totalPaise], ['5 Ring Road 452010', 19_000])
  })

  test('reckons the way that is chosen, without saving it', async ({ assert }) => {
    await ShopSettings.create({ shopId: order.shopId!, minimumOrderPaise: 15_000 })
    await visitor.visit(path())
    const less = { fulfilment: 'delivery', [await fieldOf(besan)]: '1' }
    const below = await visitor.submit('#look', less)
    assert.include(below.text, 'The shop delivers orders from ₹150')
    const pickup = await visitor.submit('#look', { fulfilment: 'pickup' })
    assert.equal(pickup.$('[name=fulfilment]:checked').attr('value'), 'pickup')
    assert.equal((await order.refresh()).fulfilment, 'delivery')
    await visitor.submit(FORM)
    await order.refresh()
    assert.deepEqual([order.fulfilment, order.totalPaise], ['pickup', 11_000])
  })

  test('takes a saved address, with its mobile', async ({ assert }) => {
    const home = { label: 'Home', line: '7 Lake Road', pinCode: '452009', mobile: '9811111111' }
    const saved = await Address.add(customer, home)
    const far = await Address.add(customer, { ...home, label: 'Far', pinCode: '110001' })
    await ShopSettings.create({
      shopId: order.shopId!,
      deliveryArea: 'prefix',
      deliveryPrefix: '452',
    })
    const page = await visitor.visit(path())
    assert.equal(page.$('[name=address_id]:checked').attr('value'), 'new')
    assert.include(page.$('#address_id').text(), 'Not delivered to 110001')
    const refused = await visitor.submit(FORM, { address_id: far.id })
    assert.include(refused.$('#address_id-error').text(), 'does not deliver there')
    await visitor.submit(FORM, { address_id: saved.id })
    await order.refresh()
    assert.deepEqual([order.address, order.mobile], ['7 Lake Road 452009', '9811111111'])
    const again = await visitor.visit(path())
    assert.equal(again.$('[name=address_id]:checked').attr('value'), saved.id)
    await saved.remove()
    const gone = await visitor.submit(FORM)
    assert.include(gone.$('#address_id-error').text(), 'This address was removed')
    const strange = await Address.add(owner, home)
    const theirs = await visitor.submit(FORM, { address_id: strange.id })
    assert.include(theirs.$('#address_id-error').text(), 'This address was removed')
  })

  test('is saved once, however often it is sent', async ({ assert }) => {
    await visitor.visit(path())
    const field = await fieldOf(besan)
    const { action, fields } = visitor.form(FORM)
    fields.set(field, '1')
    for (let time = 0; time < 2; time++) {
      const { status, path: leadsTo } = await visitor.request('POST', action, fields)
      assert.deepEqual([status, leadsTo], [200, `/orders/${order.id}`])
    }
    assert.equal((await order.refresh()).revision, 1)
    assert.equal((await besan.refresh()).stock, 19)
  })

  test('shows what changed meanwhile before it is saved', async ({ assert }) => {
    await visitor.visit(path())
    const other = await loggedIn(customer)
    await other.visit(path())
    await other.submit(FORM, { [await fieldOf(dal)]: '0' })
    const late = await visitor.submit(FORM, { [await fieldOf(besan)]: '1' })
    assert.equal(late.status, 409)
    assert.include(late.text, 'The order was changed meanwhile')
    assert.include(late.$('#total').text(), '₹50')
    await visitor.submit(FORM)
    assert.equal((await order.refresh()).totalPaise, 5_000)
  })

  test('is too late once the shop has accepted', async ({ assert }) => {
    await visitor.visit(path())
    await moveTo(order, 'accepted', owner)
    const late = await visitor.submit(FORM, { [await fieldOf(besan)]: '1' })
    assert.equal(late.path, `/orders/${order.id}`)
    assert.include(late.text, 'It is too late for that')
    assert.notInclude((await visitor.visit(`/orders/${order.id}`)).html, path())
    assert.equal((await visitor.visit(path())).path, `/orders/${order.id}`)
  })

  test('leads to the order from a button of a line that was pressed too late', async ({
    assert,
  }) => {
    await visitor.visit(path())
    const { action, fields } = visitor.form(FORM)
    await moveTo(order, 'accepted', owner)
    const late = await visitor.fragment('POST', action, fields)
    assert.equal(late.headers.get('hx-redirect'), `/orders/${order.id}`)
    assert.include((await visitor.visit(`/orders/${order.id}`)).text, 'It is too late for that')
  })

  test('shows what the shop left out meanwhile before it is saved', async ({ assert }) => {
    await visitor.visit(path())
    const item = await order.related('items').query().where('product_id', besan.id).firstOrFail()
    await order.leaveOut(item.id, owner)
    const late = await visitor.submit(FORM, { [await fieldOf(dal)]: '250 g' })
    assert.equal(late.status, 422)
    const link = late.$('.summary a')
    assert.include(link.text(), 'The shop does not have this')
    const line = late.$(`[id="${link.attr('href')!.slice(1)}"]`)
    assert.include(line.text(), 'Besan')
    assert.include(late.$('#total').text(), '₹33 at most')
    assert.equal((await order.refresh()).revision, 0)
    const saved = await visitor.submit(FORM)
    assert.equal(saved.path, `/orders/${order.id}`)
    assert.equal((await order.refresh()).totalPaise, 3_000)
  })

  test('needs the address of a delivery', async ({ assert }) => {
    await visitor.visit(path())
    const wrong = await visitor.submit(FORM, { address: '', pin_code: '' })
    assert.equal(wrong.status, 422)
    assert.include(wrong.$('#address-error').text(), 'Enter')
    assert.equal((await order.refresh()).address, '12 MG Road, Indore 452001')
  })

  test('says that nothing was changed', async ({ assert }) => {
    await visitor.visit(path())
    const same = await visitor.submit(FORM)
    assert.equal(same.path, `/orders/${order.id}`)
    assert.include(same.text, 'Nothing to change')
    assert.notInclude(same.text, 'Order changed.')
  })

  test('names one limit of a line', async ({ assert }) => {
    await besan.merge({ stock: 47 }).save()
    await visitor.visit(path())
    const wrong = await visitor.submit(FORM, { [await fieldOf(besan)]: '99' })
    assert.include(wrong.$('.line').text(), 'Only 49 is possible')
    assert.notInclude(wrong.text, 'in one order')
    assert.notInclude(wrong.text, 'There is no more than')
  })

  test('adds other products with +, found or bought before, also without JavaScript', async ({
    assert,
  }) => {
    const { shopId } = besan
    const tea = await createProduct({ shopId, name: 'Tea', pricePaise: 7_000 })
    const rajma = await createProduct({
      shopId,
      name: 'Rajma',
      soldAs: 'loose',
      measure: 'weight',
      pricePaise: 16_000,
      stock: 9_000,
    })
    await createProduct({ shopId, name: 'Gone', stock: 0 })
    await place(customer, shopId, requestFor([{ product: tea }]))
    const page = await visitor.visit(path())
    const rows = page.$('.product').toArray()
    assert.deepEqual(
      rows.map(({ attribs }) => attribs.id),
      [`addable-${tea.id}`, `addable-${rajma.id}`]
    )
    await visitor.submit(`#more-${tea.id}`, { note: 'Ring twice', q: 'rajma' })
    const long = await visitor.submit('#look', { q: 'rajma '.repeat(99) })
    assert.equal(long.$(`[name="added[${tea.id}][amount]"]`).attr('value'), '1')
    const found = await visitor.submit('#look', { q: 'rajma' })
    assert.equal(found.$('.product').length, 1)
    assert.equal(found.$('#note').attr('value'), 'Ring twice')
    const both = await visitor.submit(`#more-${rajma.id}`)
    assert.equal(both.$(`[name="added[${rajma.id}][amount]"]`).attr('value'), '50 g')
    assert.include(both.$(`#line-${tea.id}`).text(), 'New in the order')
    const amount = { [`added[${rajma.id}][amount]`]: '250 g', [`added[${tea.id}][amount]`]: '2' }
    const asked = await visitor.submit(FORM, amount)
    assert.include(asked.text, 'The order now costs ₹340')
    const saved = await visitor.submit(FORM)
    assert.equal(saved.path, `/orders/${order.id}`)
    await order.refresh()
    assert.equal(order.totalPaise, 34_000)
    assert.deepEqual([(await tea.refresh()).stock, (await rajma.refresh()).stock], [17, 8_750])
  })

  test('says at an added product why it cannot be had, and keeps what was typed', async ({
    assert,
  }) => {
    const tea = await createProduct({ shopId: besan.shopId, name: 'Tea', pricePaise: 7_000 })
    const milk = await createProduct({ shopId: besan.shopId, name: 'Milk', pricePaise: 3_000 })
    await visitor.visit(path())
    await visitor.submit(`#more-${tea.id}`)
    await visitor.submit(`#more-${milk.id}`)
    const field = `added[${tea.id}][amount]`
    const unread = await visitor.submit(FORM, { [field]: 'many', [await fieldOf(besan)]: 'few' })
    assert.equal(unread.status, 422)
    assert.equal(unread.$('.field-error').length, 2)
    assert.equal(unread.$(`[name="${field}"]`).attr('value'), 'many')
    await tea.merge({ pricePaise: 7_500 }).save()
    await milk.delete()
    const changed = await visitor.submit(FORM, {
      [field]: '2',
      [await fieldOf(besan)]: '2',
      agreed_paise: '99999',
    })
    assert.equal(changed.status, 422)
    const [first, second] = changed
      .$('.summary a')
      .toArray()
      .map((link) => changed.$(link))
    assert.include(first.text() + second.text(), 'This costs ₹75 now')
    assert.include(first.text() + second.text(), 'The shop no longer sells this')
    for (const link of [first, second]) {
      assert.lengthOf(changed.$(`[id="${link.attr('href')!.slice(1)}"]`), 1)
    }
    assert.equal((await order.refresh()).revision, 0)
    const saved = await visitor.submit(FORM)
    assert.equal(saved.path, `/orders/${order.id}`)
    assert.equal((await order.refresh()).totalPaise, 31_000)
  })

  test('keeps an added product that another page has added meanwhile', async ({ assert }) => {
    const tea = await createProduct({ shopId: besan.shopId, name: 'Tea', pricePaise: 7_000 })
    const other = await loggedIn(customer)
    for (const tab of [visitor, other]) {
      await tab.visit(path())
      await tab.submit(`#more-${tea.id}`)
    }
    await other.submit(FORM)
    const late = await visitor.submit(FORM, { [`added[${tea.id}][amount]`]: '3' })
    assert.equal(late.status, 409)
    assert.equal(late.$(`[name="${await fieldOf(tea)}"]`).attr('value'), '3')
    assert.equal((await tea.refresh()).stock, 19)
    await visitor.submit(FORM)
    assert.equal((await tea.refresh()).stock, 17)
  })

  test('does not add products of another shop', async ({ assert }) => {
    const elsewhere = await createProduct({ name: 'Elsewhere' })
    const page = await visitor.visit(path())
    assert.notInclude(page.text, 'Elsewhere')
    const { action, fields } = visitor.form(FORM)
    fields.set('step', `more ${elsewhere.id}`)
    const shown = await visitor.request('POST', action, fields)
    assert.notInclude(shown.text, 'Elsewhere')
    fields.delete('step')
    for (const [name, value] of [
      ['amount', '1'],
      ['price_paise', '99999'],
      ['base_unit', 'pack'],
      ['net_quantity', '1'],
    ])
      fields.set(`added[${elsewhere.id}][${name}]`, value)
    assert.equal((await visitor.request('POST', action, fields)).status, 422)
    assert.equal((await order.refresh()).revision, 0)
  })

  test('makes the owner look again who had not seen it', async ({ assert }) => {
    const shop = await loggedIn(owner)
    await shop.visit('/owner/orders')
    await visitor.visit(path())
    await visitor.submit(FORM, { [await fieldOf(besan)]: '1' })
    const board = await shop.submit(`#accept-${order.id} button`)
    assert.include(board.text, 'The order was changed meanwhile')
    assert.equal((await order.refresh()).state, 'placed')
    await shop.submit(`#accept-${order.id} button`)
    assert.equal((await order.refresh()).state, 'accepted')
  })
})
