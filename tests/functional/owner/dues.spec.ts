import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Khata from '#models/khata'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { openByName } from '#tests/helpers/named_khatas'
import { createOrder } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

test.group('Who owes what', (group) => {
  let owner: User
  let shop: Shop
  let visitor: Visitor
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
    path = `/owner/shops/${shop.id}/dues`
  })

  const owe = (khata: Khata, paise: number) =>
    db.transaction((client) => khata.sell(paise, owner, client))
  const names = async (query = '') => {
    const page = await visitor.visit(path + query)
    return page
      .$('.bill-line h2')
      .map((_, name) => page.$(name).text().trim())
      .get()
  }

  test('lists them by amount or oldest, with sum and last payment', async ({ assert }) => {
    const little = await openByName(shop.id, { name: 'Little' })
    const much = await openByName(shop.id, { name: 'Much' })
    await openByName(shop.id, { name: 'Even' })
    await owe(little, 5_000)
    await owe(much, 30_000)
    await little.settle(1_000, 'cash', owner, null)
    await owe(await openByName((await createShop()).id, { name: 'Elsewhere' }), 500)
    assert.deepEqual(await names(), ['Much', 'Little'])
    const page = await visitor.visit(path)
    assert.include(page.text, '2 customers owe ₹340')
    assert.include(page.text, 'Last payment ₹10')
    assert.include(page.text, 'No payment yet')
    assert.deepEqual(await names('?order=oldest'), ['Much', 'Little'])
    await much.settle(100, 'upi', owner, null)
    assert.deepEqual(await names('?order=oldest'), ['Little', 'Much'])
  })

  test('reminds politely, at a mobile that the shop has', async ({ assert }) => {
    const named = await openByName(shop.id, { name: 'Ramesh', mobile: '9876543210' })
    await owe(named, 125_00)
    const page = await visitor.visit(path)
    const href = page.$('a[href*="wa.me"]').attr('href')!
    assert.match(href, /^https:\/\/wa\.me\/919876543210\?text=/)
    const text = decodeURIComponent(href.split('text=')[1])
    assert.equal(
      text,
      'Namaste Ramesh, ₹125 is due in your khata at Gupta Kirana. Please pay when it suits you. Thank you.'
    )
  })

  test('reminds without marks of WhatsApp in the names', async ({ assert }) => {
    await shop.merge({ name: '*Gupta* ~Kirana~' }).save()
    await owe(await openByName(shop.id, { name: '_Ramesh_ `ji`', mobile: '9876543210' }), 125_00)
    const href = (await visitor.visit(path)).$('a[href*="wa.me"]').attr('href')!
    const text = decodeURIComponent(href.split('text=')[1])
    assert.match(text, /^Namaste Ramesh ji, ₹125 .* at Gupta Kirana\. /)
  })

  test("an account's mobile is that of its last order there, never of the account", async ({
    assert,
  }) => {
    const customer = await createUser({ mobile: '9811111111' })
    const khata = await openKhata(shop.id, customer, 100_000)
    await owe(khata, 5_000)
    const href = async () => (await visitor.visit(path)).$('a[href*="wa.me"]').attr('href')!
    assert.match(await href(), /^https:\/\/wa\.me\/\?text=/)
    const product = await createProduct({ shopId: shop.id })
    const order = await createOrder({ customer, product })
    await db.from('orders').where('id', order.id).update({ mobile: '9822222222' })
    assert.include(await href(), '/919822222222?')
  })

  test('continues on further pages in both orders', async ({ assert }) => {
    for (let n = 0; n < 35; n++) {
      await owe(await openByName(shop.id, { name: `Customer ${n}` }), 1_000 + (n % 4) * 100)
    }
    for (const order of ['amount', 'oldest']) {
      const first = await names(`?order=${order}`)
      assert.lengthOf(first, 30)
      const page = await visitor.visit(`${path}?order=${order}`)
      const next = page.$('a[rel=next]').attr('href')!
      const rest = await names(next.slice(next.indexOf('?')))
      assert.lengthOf(new Set([...first, ...rest]), 35)
    }
  })
})
