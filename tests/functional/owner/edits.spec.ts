import { openKhata } from '#tests/helpers/khatas'
import type { Assert } from '@japa/assert'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import ShopSettings from '#models/shop_settings'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

const SAVE = '.form[action*="_method=PUT"]'

test.group('Edits of what changed meanwhile', (group) => {
  let owner: User
  let shop: Shop
  let product: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    product = await createProduct({
      shopId: shop.id,
      name: 'Besan',
      nameHi: null,
      pricePaise: 7_700,
      stock: 10,
    })
    visitor = await loggedIn(owner)
  })

  const path = () => `/owner/shops/${shop.id}/products/${product.id}`

  /** As when the answer to the first is lost. */
  async function sendTwice(assert: Assert, action: string, fields: URLSearchParams) {
    for (const time of ['first', 'second']) {
      const { status } = await visitor.request('POST', action, fields)
      assert.equal(status, 200, time)
    }
  }

  test('a price saved in a form that was opened before a sale leaves the stock as sold', async ({
    assert,
  }) => {
    await visitor.visit(`${path()}/edit`)
    await createOrder({ product, quantity: 3 })
    const page = await visitor.submit(SAVE, { price: '80' })
    assert.equal(page.status, 200)
    await product.refresh()
    assert.equal(product.stock, 7)
    assert.equal(product.pricePaise, 8_000)
  })

  test('a stale tab that saves a Hindi name leaves the price that another tab gave', async ({
    assert,
  }) => {
    const other = await loggedIn(owner)
    await other.visit(`${path()}/edit`)
    await visitor.visit(`${path()}/edit`)
    await visitor.submit(SAVE, { price: '80' })
    assert.equal((await other.submit(SAVE, { name_hi: 'बेसन' })).status, 200)
    await product.refresh()
    assert.equal(product.pricePaise, 8_000)
    assert.equal(product.nameHi, 'बेसन')
  })

  for (const [field, first, second, said, stored] of [
    ['name', 'Fine besan', 'Gram flour', '“Fine besan”', 'name'],
    ['name_hi', 'बेसन', 'चना आटा', '“बेसन”', 'nameHi'],
    ['brand', 'Rajdhani', 'Fortune', '“Rajdhani”', 'brand'],
    ['category', 'dals', 'snacks', '“Dals', 'category'],
    ['unit', '1 kg', '2 kg', '“1 kg”', 'unit'],
    ['price', '80', '90', '“80”', 'pricePaise'],
    ['stock', '40', '50', '“40”', 'stock'],
  ] as const) {
    test(`who changes the ${field} second sees both values and decides`, async ({ assert }) => {
      const other = await loggedIn(owner)
      await other.visit(`${path()}/edit`)
      await visitor.visit(`${path()}/edit`)
      await visitor.submit(SAVE, { [field]: first })
      await product.refresh()
      const before = product.$attributes[stored]

      const asked = await other.submit(SAVE, {
        [field]: second,
        unit: second === '2 kg' ? second : '250 g',
      })
      assert.equal(asked.status, 422)
      assert.include(asked.$(`[id$="${field}-error"]`).text(), said)
      assert.equal(asked.$(`.form [name=${field}]`).val(), second)
      if (field !== 'unit') assert.equal(asked.$('.form [name=unit]').val(), '250 g')
      await product.refresh()
      assert.equal(product.$attributes[stored], before)

      assert.equal((await other.submit(SAVE)).status, 200)
      await product.refresh()
      assert.notEqual(product.$attributes[stored], before)
    })
  }

  test('the same change by two people is no question', async ({ assert }) => {
    const other = await loggedIn(owner)
    await other.visit(`${path()}/edit`)
    await visitor.visit(`${path()}/edit`)
    await visitor.submit(SAVE, { price: '80' })
    assert.equal((await other.submit(SAVE, { price: '80' })).status, 200)
  })

  for (const [field, typed] of [
    ['name', 'Fine  besan'],
    ['name_hi', ' बेसन '],
    ['unit', '1  kg'],
    ['price', '80.5'],
    ['price', '₹ 80.00'],
    ['mrp', '080'],
    ['stock', '४०'],
  ] as const) {
    test(`the ${field} “${typed}” is no question when its form is sent again`, async ({
      assert,
    }) => {
      await visitor.visit(`${path()}/edit`)
      const { action, fields } = visitor.form(SAVE)
      fields.set(field, typed)
      await sendTwice(assert, action, fields)
    })
  }

  test('what was typed wrong is asked for again, and still held against what was shown', async ({
    assert,
  }) => {
    await visitor.visit(`${path()}/edit`)
    const wrong = await visitor.submit(SAVE, { price: '80', unit: '' })
    assert.equal(wrong.status, 422)
    await product.merge({ pricePaise: 9_900, nameHi: 'बेसन' }).save()
    const asked = await visitor.submit(SAVE, { unit: '1 kg' })
    assert.equal(asked.status, 422)
    assert.include(asked.$('#new-price-error').text(), '“99”')
    assert.equal(asked.$('[name=name_hi]').val(), 'बेसन')
  })

  test('what comes without what was shown is not taken on trust', async ({ assert }) => {
    const fields = { price: '60', unit: product.unit }
    const asked = await visitor.request('PUT', path(), new URLSearchParams(fields))
    assert.equal(asked.status, 422)
    assert.include(asked.$('#new-price-error').text(), '“77”')
    assert.equal((await product.refresh()).pricePaise, 7_700)
  })

  for (const [typed, expected] of [
    ['+12', 19],
    ['-3', 4],
    ['−3', 4],
    ['-300', 0],
  ] as const) {
    test(`a stock of ${typed} changes what is there now`, async ({ assert }) => {
      await visitor.visit(`${path()}/edit`)
      await createOrder({ product, quantity: 3 })
      assert.equal((await visitor.submit(SAVE, { stock: typed })).status, 200)
      assert.equal((await product.refresh()).stock, expected)
    })
  }

  for (const javascript of [true, false]) {
    const way = javascript ? 'under htmx' : 'without JavaScript'
    test(`a row's stock is set against the number that was seen, ${way}`, async ({ assert }) => {
      const page = await visitor.visit(`/owner/shops/${shop.id}`)
      const { fields, action } = visitor.form(`#set-${product.id}`)
      assert.equal(page.$(`#stock-${product.id}`).attr('form'), `set-${product.id}`)
      fields.set('stock', '40')
      await createOrder({ product, quantity: 3 })
      const send = (body: URLSearchParams) => {
        return javascript
          ? visitor.fragment('POST', action, body)
          : visitor.request('POST', action, body)
      }
      const asked = await send(fields)
      assert.equal(asked.status, 422)
      assert.equal((await product.refresh()).stock, 7)
      const field = asked.$('.field-error[id$="error"]')
      assert.match(field.text(), /now “7”, you typed “40”/)
      assert.equal(asked.$('[name=stock]').val(), '40')
      assert.equal(asked.$('[name="shown[stock]"]').val(), '7')
      assert.equal(asked.html.includes('<html'), !javascript)

      fields.set('shown[stock]', '7')
      assert.equal((await send(fields)).status, 200)
      assert.equal((await product.refresh()).stock, 40)
    })
  }

  test('a row that is set on two devices at once is set on one, and the other is asked', async ({
    assert,
  }) => {
    const other = await loggedIn(owner)
    const forms = []
    for (const device of [visitor, other]) {
      await device.visit(`/owner/shops/${shop.id}`)
      forms.push({ device, ...device.form(`#set-${product.id}`) })
    }
    const sale = await db.transaction()
    await sale.rawQuery('SELECT FROM products WHERE id = ? FOR UPDATE', [product.id])
    const answers = forms.map(({ device, action, fields }, number) => {
      fields.set('stock', `${40 + number}`)
      return device.fragment('POST', action, fields)
    })
    await eventually(async () => {
      const { rows } = await db.rawQuery(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%products%'`
      )
      assert.lengthOf(rows, 2)
    })
    await sale.commit()
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    assert.sameMembers(statuses, [200, 422])
    assert.equal((await product.refresh()).stock, 40 + statuses.indexOf(200))
  })

  test('an old row that is set as it stands does not undo what happened since', async ({
    assert,
  }) => {
    for (const way of ['request', 'fragment'] as const) {
      await product.merge({ stock: 10 }).save()
      await visitor.visit(`/owner/shops/${shop.id}`)
      const { fields, action } = visitor.form(`#set-${product.id}`)
      fields.set('stock', '10')
      await product.merge({ stock: 13 }).save()
      const asked = await visitor[way]('POST', action, fields)
      assert.equal(asked.status, 422)
      assert.match(asked.$('.field-error').first().text(), /now “13”, you typed “10”/)
      assert.equal(asked.$('[name=stock]').val(), '10')
      assert.equal((await product.refresh()).stock, 13)
      fields.set('shown[stock]', asked.$('[name="shown[stock]"]').val() as string)
      assert.equal((await visitor[way]('POST', action, fields)).status, 200)
      assert.equal((await product.refresh()).stock, 10)
    }
  })

  test('the buttons of an old row count from what is there now, and say the number', async ({
    assert,
  }) => {
    await visitor.visit(`/owner/shops/${shop.id}`)
    await product.merge({ stock: 13 }).save()
    const page = await visitor.submit(`#change-${product.id}`, { change: '+1' })
    assert.equal((await product.refresh()).stock, 14)
    assert.include(page.$('#status').text(), 'Besan: stock is now 14.')
  })

  test('a row takes a difference too', async ({ assert }) => {
    await visitor.visit(`/owner/shops/${shop.id}`)
    await createOrder({ product, quantity: 3 })
    await visitor.submit(`#set-${product.id}`, { stock: '+12' })
    assert.equal((await product.refresh()).stock, 19)
  })

  test('an owner saves at the same moment as customers buy, and no piece is lost', async ({
    assert,
  }) => {
    await product.merge({ stock: 30 }).save()
    await visitor.visit(`${path()}/edit`)
    const { action, fields } = visitor.form(SAVE)
    fields.set('stock', '+5')
    fields.set('unit', '1 kg')
    await Promise.all([
      visitor.request('POST', action, fields),
      ...Array.from({ length: 6 }, () => createOrder({ product })),
    ])
    await product.refresh()
    assert.equal(product.stock, 29)
    assert.equal(product.unit, '1 kg')
  })

  test('a shop keeps the city that another tab gave, and asks about its name', async ({
    assert,
  }) => {
    const other = await loggedIn(owner)
    await other.visit(`/owner/shops/${shop.id}/edit`)
    await visitor.visit(`/owner/shops/${shop.id}/edit`)
    await visitor.submit(SAVE, { city: 'Pune', name: 'Gupta & Sons' })
    const asked = await other.submit(SAVE, { name: 'Gupta Stores', pin_code: '452003' })
    assert.equal(asked.status, 422)
    assert.include(asked.$('#name-error').text(), '“Gupta & Sons”')
    assert.equal(asked.$('[name=city]').val(), 'Pune')
    await other.submit(SAVE)
    await shop.refresh()
    assert.deepInclude(shop.summary, { name: 'Gupta Stores', city: 'Pune', pinCode: '452003' })
  })

  test('settings keep the fee that another tab gave, and ask about the UPI id', async ({
    assert,
  }) => {
    const settings = `/owner/shops/${shop.id}/settings`
    const other = await loggedIn(owner)
    await other.visit(settings)
    await visitor.visit(settings)
    await visitor.submit(SAVE, { delivery_fee: '15', upi_id: 'gupta@okaxis' })
    const asked = await other.submit(SAVE, { minimum_order: '100', upi_id: 'gupta@upi' })
    assert.equal(asked.status, 422)
    assert.include(asked.$('#upi_id-error').text(), '“gupta@okaxis”')
    await other.submit(SAVE)
    const { details } = await ShopSettings.of(shop.id)
    assert.deepInclude(details, {
      minimumOrderPaise: 10_000,
      deliveryFeePaise: 1_500,
      acceptWithinMinutes: 120,
      upiId: 'gupta@upi',
    })
  })

  test('settings that are sent again are no question, however they are written', async ({
    assert,
  }) => {
    await visitor.visit(`/owner/shops/${shop.id}/settings`)
    const { action, fields } = visitor.form(SAVE)
    fields.set('delivery_fee', '15.5')
    fields.set('upi_id', ' gupta@okaxis')
    fields.set('delivery_area', 'pins')
    fields.set('delivery_pins', '452001,452002')
    await sendTwice(assert, action, fields)
    const { details } = await ShopSettings.of(shop.id)
    assert.deepEqual(details.deliveryPins, ['452001', '452002'])
  })

  test('the limit of a khata that is sent again is no question', async ({ assert }) => {
    const khata = await openKhata(shop.id, await createUser(), 50_000)
    await visitor.visit(`/owner/shops/${shop.id}/khatas/${khata.id}`)
    const { action, fields } = visitor.form('#limit-form')
    fields.set('limit', '200.5')
    await sendTwice(assert, action, fields)
    assert.equal((await khata.refresh()).limitPaise, 20_050)
  })

  test('the limit of a khata is asked about when another tab gave it', async ({ assert }) => {
    const customer = await createUser()
    const khata = await openKhata(shop.id, customer, 50_000)
    const other = await loggedIn(owner)
    const page = `/owner/shops/${shop.id}/khatas/${khata.id}`
    await other.visit(page)
    await visitor.visit(page)
    await visitor.submit('#limit-form', { limit: '200' })
    const asked = await other.submit('#limit-form', { limit: '900' })
    assert.equal(asked.status, 422)
    assert.include(asked.$('#limit-error').text(), '“200”')
    assert.equal((await khata.refresh()).limitPaise, 20_000)
    await other.submit('#limit-form')
    assert.equal((await khata.refresh()).limitPaise, 90_000)
  })

  test('an old limit of a khata that is saved as it stands is asked about', async ({ assert }) => {
    const khata = await openKhata(shop.id, await createUser(), 50_000)
    await visitor.visit(`/owner/shops/${shop.id}/khatas/${khata.id}`)
    await khata.merge({ limitPaise: 20_000 }).save()
    const asked = await visitor.submit('#limit-form')
    assert.equal(asked.status, 422)
    assert.include(asked.$('#limit-error').text(), 'now “200”, you typed “500”')
    assert.equal((await khata.refresh()).limitPaise, 20_000)
  })

  test('the question comes in Hindi too', async ({ assert }) => {
    await visitor.visit(`${path()}/edit`)
    const { action, fields } = visitor.form(SAVE)
    fields.set('price', '90')
    await product.merge({ pricePaise: 8_000 }).save()
    const asked = await visitor.request('POST', action, fields, { 'accept-language': 'hi' })
    assert.include(asked.$('#new-price-error').text(), 'अब “80” है')
  })
})
