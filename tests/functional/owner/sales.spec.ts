import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { dateOf, dayAt } from '#hours/india'
import type Order from '#models/order'
import type Product from '#models/product'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

const clean = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
const today = dayAt(Date.now())

test.group("A shop's sales", (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let besan: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    shop = await createShop({ ownerId: owner.id })
    const some = { shopId: shop.id, unit: '500 g', pricePaise: 40_00, stock: 50 }
    besan = await createProduct({ ...some, name: 'Besan' })
    visitor = await loggedIn(owner)
  })

  const show = (query = '') => visitor.visit(`/owner/shops/${shop.id}/sales${query}`)
  const order = (quantity = 1) => createOrder({ customer, product: besan, quantity })

  /** At a time of day in India, so many days ago. */
  const moveToDay = async ({ id }: Order, daysAgo: number, time: string) => {
    const at = `${dateOf(today - daysAgo)} ${time}+05:30`
    await db.from('orders').where('id', id).update({ created_at: at })
  }

  const sellAtCounter = async (values: Record<string, string>) => {
    await visitor.visit(`/owner/shops/${shop.id}/counter`)
    return visitor.submit('form[action$="/counter"]', { payment: 'cash', ...values })
  }

  const sums = async (query = '') => {
    const { $ } = await show(query)
    const entries = $('.sales > div').get()
    return Object.fromEntries(
      entries.map((entry) => [clean($(entry).find('dt').text()), clean($(entry).find('dd').text())])
    )
  }

  const table = async (title: string, query = '') => {
    const { $ } = await show(query)
    const rows = $(`section:has(#${title}) tbody tr`).get()
    return rows.map((row) => {
      const cells = $(row).find('td').get()
      return cells.map((cell) => clean($(cell).text()))
    })
  }

  test('count orders and the counter, without what was declined, cancelled or undone', async ({
    assert,
  }) => {
    const poha = await createProduct({ shopId: shop.id, name: 'Poha', pricePaise: 30_00 })
    await moveTo(await order(3), 'delivered', owner)
    await order()
    await moveTo(await order(5), 'declined', owner)
    await moveTo(await order(5), 'cancelled', owner)
    const partly = await place(
      customer,
      shop.id,
      requestFor([{ product: besan }, { product: poha }])
    )
    const [{ id }] = await db.from('order_items').where('product_id', poha.id)
    await moveTo(partly, 'accepted', owner)
    await partly.leaveOut(id, owner)
    await sellAtCounter({ 'amount': '25', 'items[0][quantity]': '2' })
    await sellAtCounter({ amount: '1000' })
    await visitor.submit('form[action*="/counter/"]')

    const shown = await sums()
    assert.equal(shown['Sold'], '₹305 Period before: ₹0')
    assert.equal(shown['Orders'], '₹200')
    assert.equal(shown['At the counter'], '₹105')
    assert.equal(shown['Declined, expired or cancelled'], '2 orders')
    assert.deepEqual(await table('items-title'), [['Besan', '7 × 500 g', '₹280']])
    const [[, counted, amount]] = await table('days-title')
    assert.deepEqual([counted, amount], ['4 sales', '₹305'])
  })

  test('say what was refunded, which is not taken off twice', async ({ assert }) => {
    await order(2)
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    const paid = await createOrder({ customer, product: besan, paymentMethod: 'upi' })
    await paid.confirmPayment(owner)
    await paid.move('decline', owner, 'Closed')
    await paid.refund(owner, 40_00, 'cash')
    const shown = await sums()
    assert.include(shown['Sold'], '₹80 ')
    assert.include(shown['Refunded'], '₹40')
  })

  test('belong to the day and the hour of India, also around midnight', async ({ assert }) => {
    await moveToDay(await order(1), 3, '23:59:59')
    await moveToDay(await order(2), 2, '00:00:00')
    await moveToDay(await order(3), 6, '00:00:00')
    await moveToDay(await order(4), 7, '23:59:59')
    const days = await table('days-title', '?days=7')
    assert.deepEqual(
      days.map(([, , amount]) => amount),
      ['₹80', '₹40', '₹120']
    )
    assert.deepEqual(
      (await table('hours-title', '?days=7')).map(([hour, , amount]) => `${hour} ${amount}`),
      ['12:00 am ₹200', '11:00 pm ₹40']
    )
    const shown = await sums('?days=7')
    assert.equal(shown['Sold'], '₹240 Period before: ₹160')
    assert.include((await sums('?days=30'))['Sold'], '₹400 ')
  })

  test('of loose goods have their measure, and an item keeps the name it has now', async ({
    assert,
  }) => {
    const rice = await createProduct({
      ...{ shopId: shop.id, name: 'Rice', unit: 'kg', stock: 50_000, pricePaise: 60_00 },
      ...{ soldAs: 'loose', measure: 'weight', netQuantity: 1000 },
      ...{ smallest: 50, step: 50, presets: [250, 500] },
    })
    await createOrder({ customer, product: rice, quantity: 1250 })
    await createOrder({ customer, product: rice, quantity: 250 })
    await order()
    await besan.merge({ name: 'Besan, fine' }).save()
    assert.deepEqual(await table('items-title'), [
      ['Rice', '1.5 kg', '₹90'],
      ['Besan, fine', '1 × 500 g', '₹40'],
    ])
  })

  test('are drawn as charts that a screen reader can read as a table', async ({ assert }) => {
    await order(2)
    const { $ } = await show('?days=90')
    const charts = $('svg[role=img]').get()
    assert.lengthOf(charts, 2)
    for (const chart of charts) {
      const title = $(`#${$(chart).attr('aria-labelledby')}`)
      assert.match(title.text(), /Sales by (day|hour).*₹80/)
      assert.equal($(chart).find('rect').attr('height'), '100')
      assert.lengthOf($(chart).closest('section').find('details table'), 1)
    }
    assert.equal(charts[0].attribs.viewbox ?? charts[0].attribs.viewBox, '0 0 900 100')
    assert.lengthOf($('main [style]'), 0)
  })

  test('name the stock that does not sell, with the money in it', async ({ assert }) => {
    const old = { shopId: shop.id, pricePaise: 100_00 }
    const ghee = await createProduct({ ...old, name: 'Ghee', stock: 3, unit: '1 l' })
    const loose = await createProduct({
      ...{ ...old, name: 'Sooji', unit: 'kg', stock: 1500 },
      ...{ soldAs: 'loose', measure: 'weight', netQuantity: 1000 },
      ...{ smallest: 50, step: 50, presets: [250, 500] },
    })
    const none = await createProduct({ ...old, name: 'Out of stock', stock: 0 })
    const ids = [besan, ghee, loose, none].map(({ id }) => id)
    await db.from('products').whereIn('id', ids).update({ created_at: '2020-01-01' })
    await createProduct({ ...old, name: 'New', stock: 9 })
    await moveToDay(await order(), 40, '12:00:00')
    await moveTo(await createOrder({ customer, product: ghee }), 'declined', owner)
    assert.deepEqual(await table('dead-title'), [
      ['Besan', '49 × 500 g', '₹1,960'],
      ['Ghee', '3 × 1 l', '₹300'],
      ['Sooji', '1.5 kg', '₹150'],
    ])
    const { text } = await show('?idle=60')
    assert.include(text, '2 products hold ₹450')
    await sellAtCounter({ 'items[0][quantity]': '1' })
    assert.notInclude((await table('dead-title')).flat(), 'Besan')
  })

  test('of a new shop say what will be there', async ({ assert }) => {
    const { text, $ } = await show('?days=nonsense')
    assert.include(text, 'Nothing sold in this period')
    assert.lengthOf($('svg[role=img]'), 0)
    assert.equal(clean($('.chip[aria-current]').first().text()), '30 days')
  })

  test('are shown to nobody but the owner', async ({ assert }) => {
    const path = `/owner/shops/${shop.id}/sales`
    const stranger = await loggedIn(await createOwner({ username: 'stranger' }))
    assert.equal((await stranger.visit(path)).status, 404)
    assert.equal((await (await loggedIn(customer)).visit(path)).status, 404)
  })
})
