import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import Order from '#models/order'
import type Product from '#models/product'
import Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo } from '#tests/helpers/orders'
import { Visitor, type Visit } from '#tests/helpers/visitor'

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

  const invite = async (values: Record<string, string> = {}) => {
    await visitor.visit(path)
    return visitor.submit('#khata-form', { username: 'Asha', limit: '500', ...values })
  }

  test('an owner invites a username, and learns nothing of who has it', async ({ assert }) => {
    const stripped = ({ text }: Visit) => text.replaceAll(/Asha|nobody/g, '…')
    const known = await invite()
    await KhataInvitation.query().delete()
    const unknown = await invite({ username: 'nobody' })
    assert.equal(known.status, 200)
    assert.include(known.text, 'If there is a customer “Asha”, they now see your invitation')
    assert.notInclude(known.text, 'Verma')
    assert.equal(
      stripped(known).replaceAll(/\d+:\d+/g, ''),
      stripped(unknown).replaceAll(/\d+:\d+/g, '')
    )
    assert.isNull(await Khata.first())
    for (const username of ['', 'a\0b', 'a'.repeat(101)]) {
      const refused = await invite({ username })
      assert.equal(refused.status, 422)
      assert.lengthOf(refused.$('[name=username][aria-invalid=true]'), 1)
      assert.equal(refused.$('[name=limit]').val(), '500')
    }
    const refused = await invite({ limit: '-5' })
    assert.equal(refused.status, 422)
    assert.equal(refused.$('[name=username]').val(), 'Asha')
  })

  test('inviting is limited, for an owner and not for others', async ({ assert }) => {
    for (let mistake = 0; mistake < 3; mistake++) {
      assert.equal((await invite({ limit: 'x' })).status, 422)
    }
    for (let attempt = 0; attempt < 10; attempt++) {
      assert.equal((await invite({ username: `guess${attempt}` })).status, 200)
    }
    const page = await invite()
    assert.equal(page.status, 429)
    assert.isAbove(Number(page.headers.get('retry-after')), 60)
    const other = await createShop()
    visitor = await loggedIn(await User.findOrFail(other.ownerId))
    path = `/owner/shops/${other.id}/khatas`
    assert.equal((await invite()).status, 200)
  })

  test('the customer sees the invitation, accepts it, and only then is known by name', async ({
    assert,
  }) => {
    await invite()
    const buyer = await loggedIn(customer)
    assert.include((await buyer.visit('/orders')).text, 'My khatas: 1 invitation')
    const page = await buyer.visit('/khatas')
    assert.include(page.text, 'Gupta Kirana')
    assert.include(page.text, 'up to ₹500')
    const opened = await buyer.submit('form[action$="/acceptance"]')
    assert.include(opened.text, 'Khata opened')
    assert.lengthOf(opened.$('form[action$="/acceptance"]'), 0)
    const khata = await Khata.firstOrFail()
    assert.equal(khata.customerId, customer.id)
    assert.equal(khata.limitPaise, 50_000)
    assert.include((await visitor.visit(path)).text, 'Asha Verma')
    const again = await invite()
    assert.equal(again.status, 422)
    assert.include(again.text, 'already have an open khata with Asha')
  })

  test('the customer declines it, and the shop sees that', async ({ assert }) => {
    await invite()
    const buyer = await loggedIn(customer)
    await buyer.visit('/khatas')
    const { action, fields } = buyer.form('form[action$="/acceptance"]')
    const page = await buyer.submit('form[action$="/refusal"]')
    assert.include(page.text, 'Invitation declined')
    assert.include((await visitor.visit(path)).text, 'Declined')
    const late = await buyer.request('POST', action, fields)
    assert.include(late.text, 'no longer valid')
    assert.isNull(await Khata.first())
  })

  test('the shop withdraws an invitation', async ({ assert }) => {
    await invite()
    const page = await visitor.submit('form[action*="khata-invitations/"]')
    assert.include(page.text, 'withdrawn')
    assert.lengthOf(page.$('form[action*="khata-invitations/"]'), 0)
    const buyer = await loggedIn(customer)
    assert.notInclude((await buyer.visit('/khatas')).text, 'Gupta Kirana')
  })

  test('a code that the shop hands over opens a khata with its limit', async ({ assert }) => {
    await visitor.visit(path)
    assert.equal((await visitor.submit('#code-form', { code_limit: 'much' })).status, 422)
    const made = await visitor.submit('#code-form', { code_limit: '250' })
    const [code] = made.text.match(/[2-9A-Z]{4}-[2-9A-Z]{4}/)!
    assert.notInclude((await visitor.visit(path)).text, code)
    const buyer = await loggedIn(customer)
    await buyer.visit('/khatas')
    for (const wrong of ['', 'ZZZZ-ZZZZ', 'a'.repeat(41)]) {
      const refused = await buyer.submit('#code-form', { code: wrong })
      assert.equal(refused.status, 422)
      assert.equal(refused.$('[name=code][aria-invalid=true]').val(), wrong)
    }
    const page = await buyer.submit('#code-form', { code })
    assert.include(page.text, 'Khata at Gupta Kirana')
    assert.equal((await Khata.firstOrFail()).limitPaise, 25_000)
    const other = await loggedIn(await createUser())
    await other.visit('/khatas')
    assert.equal((await other.submit('#code-form', { code })).status, 422)
  })

  test('guessing codes is limited', async ({ assert }) => {
    const buyer = await loggedIn(customer)
    await buyer.visit('/khatas')
    const { action, fields } = buyer.form('#code-form')
    const statuses: number[] = []
    for (let guess = 0; guess < 11; guess++) {
      fields.set('code', `AAAA-AA${guess + 22}`)
      statuses.push((await buyer.request('POST', action, fields)).status)
    }
    assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 422), 429])
  })

  test('both see what was ordered and paid, and what is owed after each', async ({ assert }) => {
    const khata = await openKhata(product.shopId, customer, 50_000)
    await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
    await visitor.visit(`${path}/${khata.id}`)
    const tooMuch = await visitor.submit('#settlement-form', { amount: '300.01', method: 'cash' })
    assert.equal(tooMuch.status, 422)
    assert.include(tooMuch.text, 'Only ₹300 is due')
    assert.equal(tooMuch.$('[name=amount]').val(), '300.01')
    await visitor.submit('#settlement-form', { amount: '120', method: 'upi', note: 'UTR 4055' })
    const buyer = await loggedIn(customer)
    assert.include((await buyer.visit('/khatas')).text, '₹180')
    const theirs = await buyer.visit(`/khatas/${khata.id}`)
    const ours = await visitor.visit(`${path}/${khata.id}`)
    for (const { text } of [theirs, ours]) {
      for (const expected of ['₹300', '₹120 credit', 'Paid by UPI', 'UTR 4055', 'balance: ₹180']) {
        assert.include(text, expected)
      }
    }
  })

  test('the limit is changed, and refused at the field when it makes no sense', async ({
    assert,
  }) => {
    const khata = await openKhata(product.shopId, customer, 50_000)
    await visitor.visit(`${path}/${khata.id}`)
    assert.equal((await visitor.submit('#limit-form', { limit: 'much' })).status, 422)
    await visitor.submit('#limit-form', { limit: '750.50' })
    assert.equal((await khata.refresh()).limitPaise, 75_050)
  })

  test("other owners' and customers' khatas do not exist", async ({ assert }) => {
    const khata = await openKhata(product.shopId, customer, 50_000)
    const rival = await loggedIn(await createOwner())
    const stranger = await loggedIn(await createUser())
    assert.equal((await rival.visit(path)).status, 404)
    assert.equal((await rival.visit(`${path}/${khata.id}`)).status, 404)
    assert.equal((await stranger.visit(`/khatas/${khata.id}`)).status, 404)
    const body = new URLSearchParams({
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
    const khata = await openKhata(product.shopId, customer, 50_000)
    await ShopSettings.create({ shopId: khata.shopId, upiId: 'gupta@okaxis' })
    await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
    const buyer = await loggedIn(customer)
    const page = await buyer.visit(`/khatas/${khata.id}`)
    const href = page.$('a[href^="upi:"]').attr('href')!
    assert.include(href, '?pa=gupta@okaxis&')
    const link = new URL(href)
    assert.deepInclude(Object.fromEntries(link.searchParams), {
      pa: 'gupta@okaxis',
      am: '300.00',
      tr: `KK${khata.id.replaceAll('-', '')}`,
    })
    assert.include(page.text, 'Kirana Ghar does not see the payment. Tell the shop')
    const code = await buyer.request('GET', page.$('img[src*="/upi.svg"]').attr('src')!)
    assert.match(code.headers.get('content-type')!, /^image\/svg\+xml/)
    const stranger = await loggedIn(await createUser())
    assert.equal((await stranger.visit(`/khatas/${khata.id}/upi.svg`)).status, 404)
  })

  test('nothing is to be paid when nothing is owed, and what was paid ahead is called so', async ({
    assert,
  }) => {
    const khata = await openKhata(product.shopId, customer, 50_000)
    await ShopSettings.create({ shopId: khata.shopId, upiId: 'gupta@okaxis' })
    const order = await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
    await khata.settle(30_000, 'cash', owner, null)
    const buyer = await loggedIn(customer)
    const settled = await buyer.visit(`/khatas/${khata.id}`)
    assert.lengthOf(settled.$('a[href^="upi:"]'), 0)
    assert.equal((await buyer.visit(`/khatas/${khata.id}/upi.svg`)).status, 404)
    await order.withdraw(customer)
    assert.include((await buyer.visit(`/khatas/${khata.id}`)).text, 'In credit ₹300')
    assert.include((await buyer.visit('/khatas')).text, 'in credit')
  })

  test('either side closes it when it is even, reads it, and the shop can invite again', async ({
    assert,
  }) => {
    const khata = await openKhata(product.shopId, customer, 50_000)
    const order = await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
    await moveTo(order, 'delivered', owner)
    const buyer = await loggedIn(customer)
    await khata.settle(30_000, 'cash', owner, null)
    await buyer.visit(`/khatas/${khata.id}`)
    const { action, fields } = buyer.form('form[action$="/closing"]')
    await createOrder({ customer, product, paymentMethod: 'khata' })
    const refused = await buyer.request('POST', action, fields)
    assert.include(refused.text, 'once there is no balance due')
    assert.lengthOf(refused.$('form[action$="/closing"]'), 0)
    await moveTo(await Order.query().orderBy('id', 'desc').firstOrFail(), 'delivered', owner)
    await khata.settle(10_000, 'cash', owner, null)
    await visitor.visit(`${path}/${khata.id}`)
    const closed = await visitor.submit('form[action$="/closing"]')
    assert.include(closed.text, 'You closed this khata')
    assert.lengthOf(closed.$('#settlement-form, #limit-form, a[href$="/reversal"]'), 0)
    const theirs = await buyer.visit(`/khatas/${khata.id}`)
    assert.include(theirs.text, 'The shop closed this khata')
    assert.include(theirs.text, '₹300')
    await visitor.submit('#khata-form', { limit: '100' })
    await buyer.visit('/khatas')
    await buyer.submit('form[action$="/acceptance"]')
    await khata.refresh()
    assert.isTrue(khata.isOpen)
    assert.equal(khata.limitPaise, 10_000)
  })

  test('an entry is corrected with a reason that both read, in both languages', async ({
    assert,
  }) => {
    const khata = await openKhata(product.shopId, customer, 50_000)
    await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
    await khata.settle(20_000, 'cash', owner, null)
    const shown = await visitor.visit(`${path}/${khata.id}`)
    assert.lengthOf(shown.$('a[href$="/reversal"]'), 1)
    const form = shown.$('a[href$="/reversal"]').attr('href')!
    assert.include((await visitor.visit(form)).text, 'adds ₹200 to the balance due')
    for (const reason of ['', '  ', 'a'.repeat(201)]) {
      const refused = await visitor.submit('#reversal-form', { reason })
      assert.equal(refused.status, 422)
      assert.lengthOf(refused.$('[name=reason][aria-invalid=true]'), 1)
    }
    const { action, fields } = visitor.form('#reversal-form')
    const ours = await visitor.submit('#reversal-form', { reason: 'Meena paid, not Asha' })
    const theirs = await (await loggedIn(customer)).visit(`/khatas/${khata.id}`)
    for (const { text } of [ours, theirs]) {
      for (const expected of [
        'Correction of the payment of',
        'Reason: Meena paid, not Asha',
        'Corrected by a later entry',
        'balance: ₹300',
      ]) {
        assert.include(text, expected)
      }
    }
    fields.set('reason', 'Again')
    fields.set('form_key', randomUUID())
    const twice = await visitor.request('POST', action, fields)
    assert.include(twice.text, 'cannot be corrected here')
    assert.equal(await khata.balancePaise(), 30_000)
    const hindi = await loggedIn(customer, new Visitor({ 'accept-language': 'hi' }))
    const { text } = await hindi.visit(`/khatas/${khata.id}`)
    assert.include(text, 'के भुगतान का सुधार')
    assert.include(text, 'कारण: Meena paid, not Asha')
  })

  test('a form that is sent twice invites, hands over a code, books and corrects once', async ({
    assert,
  }) => {
    const khata = await openKhata(product.shopId, customer, 50_000)
    await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
    const twice = async (page: string, form: string, values: Record<string, string>) => {
      await visitor.visit(page)
      const { action, fields } = visitor.form(form)
      for (const [name, value] of Object.entries(values)) fields.set(name, value)
      const send = () => visitor.request('POST', action, fields)
      const pages = [await send(), await send()]
      for (const { status } of pages) assert.equal(status, 200)
      return pages.map(({ $ }) => $('#status').text())
    }
    await twice(path, '#khata-form', { username: 'meena', limit: '1' })
    assert.lengthOf(await KhataInvitation.query().where({ username: 'meena' }), 1)
    const [made, again] = await twice(path, '#code-form', { code_limit: '1' })
    assert.match(made, /[2-9A-Z]{4}-[2-9A-Z]{4}/)
    assert.equal(again, made)
    assert.lengthOf(await KhataInvitation.query().whereNotNull('code_digest'), 1)
    const { rows } = await db.rawQuery('SELECT * FROM form_submissions')
    assert.notInclude(JSON.stringify(rows), made.match(/[2-9A-Z]{4}-[2-9A-Z]{4}/)![0])
    const own = `${path}/${khata.id}`
    await twice(own, '#settlement-form', { amount: '100', method: 'cash' })
    assert.equal(await khata.balancePaise(), 20_000)
    const [{ id }] = await khata.statement()
    const notices = await twice(`${own}/transactions/${id}/reversal`, '#reversal-form', {
      reason: 'Mistyped',
    })
    assert.equal(notices[0], notices[1])
    assert.equal(await khata.balancePaise(), 30_000)
  })

  test("strangers' invitations, closings and corrections do not exist", async ({ assert }) => {
    const khata = await openKhata(product.shopId, customer, 50_000)
    await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
    await khata.settle(20_000, 'cash', owner, null)
    const [{ id }] = await khata.statement()
    const other = await createUser({ username: 'meena' })
    const shop = await Shop.findOrFail(product.shopId)
    const invitation = await KhataInvitation.send(shop, 'meena', 1_000)
    const buyer = await loggedIn(customer)
    const rival = await loggedIn(await createOwner())
    const post = async (who: Visitor, target: string) => {
      const body = new URLSearchParams({
        reason: 'Mine',
        username: 'asha',
        limit: '1',
        code_limit: '1',
      })
      assert.equal((await who.request('POST', target, body)).status, 404, target)
    }
    const reversal = `${path}/${khata.id}/transactions/${id}/reversal`
    assert.equal((await rival.visit(reversal)).status, 404)
    for (const target of [
      reversal,
      `${path}/${khata.id}/closing`,
      path.replace('khatas', 'khata-codes'),
      path.replace('khatas', 'khata-invitations'),
      `${path.replace('khatas', 'khata-invitations')}/${invitation.id}?_method=DELETE`,
      `/khatas/${khata.id}/closing`,
    ]) {
      await post(rival, target)
    }
    for (const answer of ['acceptance', 'refusal']) {
      await post(buyer, `/khata-invitations/${invitation.id}/${answer}`)
    }
    const elsewhere = await openKhata(product.shopId, other, 1_000)
    const wrongKhata = reversal.replace(khata.id, elsewhere.id)
    assert.equal((await visitor.visit(wrongKhata)).status, 404)
    assert.equal(await khata.balancePaise(), 10_000)
    assert.isTrue((await khata.refresh()).isOpen)
  })
})
