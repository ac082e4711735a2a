import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { test } from '@japa/runner'
import type Order from '#models/order'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

/** What a UPI app reads from a picture that was saved. */
async function textOf(visitor: Visitor, path: string) {
  const response = await visitor.send('GET', path)
  const { data, width, height } = PNG.sync.read(Buffer.from(await response.arrayBuffer()))
  return jsqr.default(new Uint8ClampedArray(data), width, height)!.data
}

test.group('Paying by UPI', (group) => {
  let customer: User
  let product: Product
  let order: Order
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    const shop = await createShop({ ownerId: (await createOwner()).id, name: 'Gupta Kirana' })
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    customer = await createUser()
    product = await createProduct({ shopId: shop.id, pricePaise: 5_250 })
    order = await createOrder({ customer, product, paymentMethod: 'upi' })
    visitor = await loggedIn(customer)
  })

  test('the ID, amount and reference are texts to copy, and readable without JavaScript', async ({
    assert,
  }) => {
    const reference = `KG${order.shopId!.slice(-12)}N${order.number}`
    const { $ } = await visitor.visit(`/orders/${order.id}`)
    const rows = $('.copied > div').toArray()
    const shown = rows.map((row) => [
      $(row).find('bdi').text(),
      $(row).find('button').attr('data-copy'),
    ])
    assert.deepEqual(shown, [
      ['gupta@okaxis', 'gupta@okaxis'],
      ['₹52.50', '52.50'],
      [reference, reference],
    ])
  })

  test('a code can be saved as a picture that reads as the link', async ({ assert }) => {
    const { $ } = await visitor.visit(`/orders/${order.id}`)
    const [code, open] = $('a[download$=".png"]').toArray()
    assert.equal(await textOf(visitor, $(code).attr('href')!), $('a[href^="upi:"]').attr('href'))
    assert.equal(
      await textOf(visitor, $(open).attr('href')!),
      'upi://pay?pa=gupta@okaxis&pn=Gupta%20Kirana&cu=INR',
      'the customer enters the amount'
    )
    const { headers } = await visitor.send('GET', $(open).attr('href')!)
    assert.equal(headers.get('cache-control'), 'private, no-store')
  })

  test('each code says that a phone cannot scan its own screen, or who enters the amount', async ({
    assert,
  }) => {
    const page = await visitor.visit(`/orders/${order.id}`)
    assert.include(page.text, 'A phone cannot scan its own screen')
    assert.include(page.text, 'Enter ₹52.50 yourself')
    assert.lengthOf(page.$('img[src*="/upi.svg"]'), 2)
  })

  test('what to do when it was declined changes nothing, and claims nothing', async ({
    assert,
  }) => {
    const page = await visitor.visit(`/orders/${order.id}`)
    const said = page.$('summary:contains("The payment was declined?")').parent()
    assert.lengthOf(said.find('form, a, button'), 0)
    for (const advice of ['another UPI app', 'another phone', 'pay cash', 'do not pay again']) {
      assert.include(said.text(), advice)
    }
    assert.include(page.text, 'payment due')
    assert.equal((await order.refresh()).paymentState, 'due')
  })

  test('what is owed on khata has the same, and cash is paid at the shop', async ({ assert }) => {
    const khata = await openKhata(product.shopId, customer, 50_000)
    await createOrder({ customer, product, paymentMethod: 'khata' })
    const page = await visitor.visit(`/khatas/${khata.id}`)
    const { $ } = page
    const link = $('a[href^="upi:"]').attr('href')!
    assert.equal(await textOf(visitor, $('a[download]').attr('href')!), link)
    assert.include(page.text, 'Or pay cash at the shop')
    const stranger = await loggedIn(await createUser())
    for (const path of [`/khatas/${khata.id}/upi.png`, `/orders/${order.id}/upi.png`]) {
      assert.equal((await visitor.send('GET', path)).status, 200, path)
      assert.equal((await stranger.visit(path)).status, 404, path)
    }
  })

  test('is said in Hindi too', async ({ assert }) => {
    await customer.merge({ locale: 'hi' }).save()
    const page = await (await loggedIn(customer)).visit(`/orders/${order.id}`)
    assert.include(page.text, 'फ़ोन अपनी ही स्क्रीन स्कैन नहीं कर सकता')
    assert.include(page.text, 'भुगतान नहीं हुआ?')
  })

  test('owners are told which UPI ID is best', async ({ assert }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const page = await (await loggedIn(owner)).visit(`/owner/shops/${shop.id}/settings`)
    assert.include(page.text, 'Best is the ID of a business QR')
  })
})
