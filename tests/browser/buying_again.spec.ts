import { test } from '@japa/runner'
import Address from '#models/address'
import Order from '#models/order'
import ShopSettings from '#models/shop_settings'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder, moveTo } from '#tests/helpers/orders'

const PHONE = { viewport: { width: 360, height: 740 }, bypassCSP: true }

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

  test.group(`A customer who comes back, ${how}`, (group) => {
    let owner: User
    let customer: User
    let shop: Shop
    let product: Product

    group.each.setup(async () => {
      await emptyDatabase()
      owner = await createOwner()
      customer = await createUser({ username: 'asha' })
      shop = await createShop({ ownerId: owner.id })
      await ShopSettings.create({ shopId: shop.id, deliveryFeePaise: 2_000 })
      product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_200 })
      await createProduct({ shopId: shop.id, name: 'Masala', category: 'spices' })
    })

    test('saves an address at the checkout and chooses it the next time', async ({
      assert,
      browser,
    }) => {
      const page = await openPage(browser, { ...PHONE, javaScriptEnabled })
      await logIn(page, customer)
      const checkout = `${ORIGIN}/products/${product.id}/checkout`
      await page.goto(checkout)
      await page.getByLabel('Pick up').check()
      assert.isFalse(await page.getByLabel('House and street').isVisible())
      assert.isTrue(await page.getByRole('button', { name: 'Order for ₹52' }).isVisible())
      await page.getByLabel('Home delivery').check()
      await page.getByLabel('House and street').fill('4 Station Road')
      await page.getByLabel('Name of the address').fill('Parents')
      await page.getByLabel('Save this address').check()
      if (javaScriptEnabled) assert.deepEqual(await seriousFindings(page), [])
      assert.equal(await page.evaluate<number>('document.documentElement.scrollWidth'), 360)
      await page.getByRole('button', { name: 'Order for ₹72' }).click()
      await page.waitForURL('**/orders/*')

      await page.goto(checkout)
      assert.isTrue(await page.getByLabel('Parents: 4 Station Road 452001').isChecked())
      assert.isFalse(await page.getByLabel('House and street').isVisible())
      assert.isFalse(await page.getByLabel('Mobile number').isVisible())
      await page.getByLabel('Another address').check()
      assert.isTrue(await page.getByLabel('House and street').isVisible())
      await page.getByLabel('Parents').check()
      await page.getByRole('button', { name: 'Order for ₹72' }).click()
      await page.waitForURL('**/orders/*')
      const { address } = await Order.query().orderBy('id', 'desc').firstOrFail()
      assert.equal(address, '4 Station Road 452001')
      assert.lengthOf(await Address.of(customer), 1)

      await page.context().close()
    })

    test('orders the usual, and an old order, in two taps', async ({ assert, browser }) => {
      for (let n = 0; n < 2; n++) {
        await moveTo(
          await createOrder({ customer, product, quantity: 2, fulfilment: 'pickup' }),
          'delivered',
          owner
        )
      }
      const page = await openPage(browser, { ...PHONE, javaScriptEnabled })
      await logIn(page, customer)
      await page.goto(`${ORIGIN}/shops/${shop.id}`)
      await page.getByRole('button', { name: 'Order the usual' }).click()
      await page.getByRole('button', { name: 'Order for ₹124' }).click()
      await page.waitForURL('**/orders/*')

      await page.goto(`${ORIGIN}/orders`)
      await page.getByRole('button', { name: 'Order again' }).first().click()
      await page.getByRole('button', { name: 'Order for ₹124' }).click()
      await page.waitForURL('**/orders/*')
      assert.lengthOf(await Order.all(), 4)
      await page.context().close()
    })
  })
}
