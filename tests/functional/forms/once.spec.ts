import { openKhata } from '#tests/helpers/khatas'
import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import KhataTransaction from '#models/khata_transaction'
import OrderEvent from '#models/order_event'
import Product from '#models/product'
import Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import User from '#models/user'
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

const COUNT = { Khata, KhataInvitation, KhataTransaction, OrderEvent, Product, Shop, User }

interface Form {
  visitor: Visitor
  path: string
  selector: string
  values: Record<string, string>
  other: Record<string, string>
}

interface Market {
  owner: User
  customer: User
  shop: Shop
  product: Product
}

const besan = { name: 'Gram flour', unit: '1 kg', price: '52.50', stock: '20' }

/** The forms that create or book, each with content to send and how it could differ. */
const FORMS: Record<string, (market: Market) => Promise<Form>> = {
  'Creating a shop': async ({ owner }) => ({
    visitor: await loggedIn(owner),
    path: '/owner/shops/create',
    selector: '#shop-form',
    values: { name: 'Sharma Kirana', city: 'Pune' },
    other: { city: 'Nagpur' },
  }),
  'Adding a product': async ({ owner, shop }) => ({
    visitor: await loggedIn(owner),
    path: `/owner/shops/${shop.id}/products/create`,
    selector: '#product-form',
    values: besan,
    other: { name: 'Chickpea flour' },
  }),
  'Inviting to a khata': async ({ owner, shop }) => ({
    visitor: await loggedIn(owner),
    path: `/owner/shops/${shop.id}/khatas`,
    selector: '#khata-form',
    values: { username: 'meena', limit: '500' },
    other: { limit: '600' },
  }),
  'Settling a khata': async ({ owner, customer, shop, product }) => {
    const khata = await openKhata(shop.id, customer, 50_000)
    await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
    return {
      visitor: await loggedIn(owner),
      path: `/owner/shops/${shop.id}/khatas/${khata.id}`,
      selector: '#settlement-form',
      values: { amount: '10', method: 'cash' },
      other: { amount: '20' },
    }
  },
  'Saying that an order is paid': async ({ customer, product }) => {
    const order = await createOrder({ customer, product, paymentMethod: 'upi' })
    return {
      visitor: await loggedIn(customer),
      path: `/orders/${order.id}`,
      selector: 'form[action$="/payment"]',
      values: { reference: '405512345678' },
      other: { reference: '405512345679' },
    }
  },
  'Confirming a payment': async ({ owner, customer, product }) => {
    const order = await createOrder({ customer, product })
    return {
      visitor: await loggedIn(owner),
      path: `/owner/orders/${order.id}`,
      selector: 'form[action$="/payment"]',
      values: {},
      other: {},
    }
  },
  'Giving money back': async ({ owner, customer, product }) => {
    const order = await createOrder({ customer, product, paymentMethod: 'upi' })
    await order.claimPayment(customer, '405512345678')
    await order.move('cancel', owner, 'closed')
    return {
      visitor: await loggedIn(owner),
      path: `/owner/orders/${order.id}`,
      selector: 'form[action$="/refund"]',
      values: { reference: 'UTR 4055' },
      other: { reference: 'UTR 4056' },
    }
  },
  'Registering': async () => ({
    visitor: new Visitor(),
    path: '/register/customer',
    selector: '#account-form',
    values: {
      full_name: 'Kavita Rao',
      mobile: '9876543210',
      address: '4 Station Road',
      username: 'kavita',
      password: PASSWORD,
      password_confirmation: PASSWORD,
    },
    other: { full_name: 'Kavita R' },
  }),
}

async function counts() {
  const rows = await Promise.all(Object.values(COUNT).map((model) => model.query().count('* as n')))
  return rows.map(([{ $extras }]) => Number($extras.n)).join()
}

test.group('Forms that create or book', (group) => {
  let market: Market

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    const customer = await createUser()
    await createUser({ username: 'meena' })
    const shop = await createShop({ ownerId: owner.id })
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    market = { owner, customer, shop, product: await createProduct({ shopId: shop.id }) }
  })

  for (const [name, prepare] of Object.entries(FORMS)) {
    const open = async () => {
      const { visitor, path, selector, values, other } = await prepare(market)
      await visitor.visit(path)
      const { action, fields } = visitor.form(selector)
      for (const [field, value] of Object.entries(values)) fields.set(field, value)
      return { visitor, action, fields, other }
    }

    test(`${name} twice at once, and once more, has one effect and one answer`, async ({
      assert,
    }) => {
      const { visitor, action, fields } = await open()
      const before = await counts()
      const send = () => visitor.request('POST', action, new URLSearchParams(fields))
      const pages = await Promise.all([send(), send()])
      const after = await counts()
      assert.notEqual(after, before)
      pages.push(await send())
      assert.equal(await counts(), after)
      for (const page of pages) {
        assert.equal(page.status, 200)
        assert.equal(page.path, pages[0].path)
        assert.lengthOf(page.$('.notice-error'), 0)
      }
    })

    test(`${name} without a key has no effect and keeps what was typed`, async ({ assert }) => {
      const { visitor, action, fields } = await open()
      const before = await counts()
      fields.delete('form_key')
      const page = await visitor.request('POST', action, fields)
      assert.equal(page.status, 422)
      assert.equal(await counts(), before)
      for (const field of ['name', 'username', 'amount', 'reference', 'full_name']) {
        if (fields.has(field)) {
          assert.equal(page.$(`[name=${field}]`).first().val(), fields.get(field)!)
        }
      }
      assert.match(String(page.$('main [name=form_key]').val()), /^[0-9a-f-]{36}$/)
    })

    test(`${name} with its key and other content is refused and says why`, async ({ assert }) => {
      const { visitor, action, fields, other } = await open()
      if (Object.keys(other).length === 0) return
      const again = new Visitor()
      for (const [cookie, value] of visitor.cookies) again.cookies.set(cookie, value)
      await visitor.request('POST', action, new URLSearchParams(fields))
      const after = await counts()
      for (const [field, value] of Object.entries(other)) fields.set(field, value)
      const page = await again.request('POST', action, new URLSearchParams(fields))
      assert.equal(page.status, 422)
      assert.include(page.$('[role=alert]').text(), 'already sent this form with other details')
      assert.equal(await counts(), after)
    })
  }

  test('Importing a list twice says the same twice, and undoes no sale in between', async ({
    assert,
  }) => {
    const { owner, customer, shop } = market
    const visitor = await loggedIn(owner)
    await visitor.visit(`/owner/shops/${shop.id}/product-imports/create`)
    const csv = 'name,name_hi,category,unit,price,stock\nPoha,,,1 kg,40,10'
    await visitor.submit('#import-form', { csv })
    const { action, fields } = visitor.form('#import-form')
    const first = await visitor.request('POST', action, fields)
    const poha = await Product.findByOrFail('name', 'Poha')
    await createOrder({ customer, product: poha, quantity: 3 })
    const second = await visitor.request('POST', action, fields)
    for (const page of [first, second]) assert.include(page.text, '1 product added, 0 changed')
    assert.equal((await poha.refresh()).stock, 7)
    fields.set('form_key', randomUUID())
    const other = await visitor.request('POST', action, fields)
    assert.equal(other.status, 404)
    assert.equal((await poha.refresh()).stock, 7)
  })

  test('Opened again, with equal values, count again', async ({ assert }) => {
    const { visitor, path, selector, values } = await FORMS['Settling a khata'](market)
    for (let opened = 0; opened < 2; opened++) {
      await visitor.visit(path)
      await visitor.submit(selector, values)
    }
    assert.lengthOf(await KhataTransaction.query().where('kind', 'settlement'), 2)
    assert.equal(await (await Khata.firstOrFail()).balancePaise(), 3 * 5200 - 2 * 1000)
  })

  test('Refused for what was typed, keep their key and work when corrected', async ({ assert }) => {
    const visitor = await loggedIn(market.owner)
    await visitor.visit('/owner/shops/create')
    const key = visitor.page!.$('[name=form_key]').val()
    const refused = await visitor.submit('#shop-form', { name: 'Sharma Kirana', city: '' })
    assert.equal(refused.status, 422)
    assert.equal(refused.$('[name=form_key]').val(), key)
    await visitor.submit('#shop-form', { city: 'Pune' })
    assert.lengthOf(await Shop.query().where('name', 'Sharma Kirana'), 1)
  })

  test('A key belongs to its person: with that of another it is a form of its own', async ({
    assert,
  }) => {
    const key = randomUUID()
    for (const owner of [market.owner, await createOwner()]) {
      const visitor = await loggedIn(owner)
      await visitor.visit('/owner/shops/create')
      await visitor.submit('#shop-form', { name: 'Sharma Kirana', city: 'Pune', form_key: key })
    }
    assert.lengthOf(await Shop.query().where('name', 'Sharma Kirana'), 2)
  })

  test('Registering again with the same key and another password opens no account', async ({
    assert,
  }) => {
    const { path, selector, values } = await FORMS.Registering(market)
    const [first, second] = [new Visitor(), new Visitor()]
    await first.visit(path)
    await second.visit(path)
    const key = String(first.page!.$('[name=form_key]').val())
    await first.submit(selector, values)
    const password = 'Other@1234'
    const stolen = { ...values, form_key: key, password, password_confirmation: password }
    const page = await second.submit(selector, stolen)
    assert.equal(page.status, 422)
    assert.notInclude((await second.visit('/shops')).text, 'Kavita')
  })
})
