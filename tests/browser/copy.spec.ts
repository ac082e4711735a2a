import { test } from '@japa/runner'
import type { Browser } from 'playwright'
import ShopSettings from '#models/shop_settings'
import type Order from '#models/order'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import {
  createOwner,
  createProduct,
  createShop,
  createUser,
  PASSWORD,
} from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'

const ORIGIN = `http://127.0.0.1:${process.env.PORT}`
/** As on a page that did not come over https; the test reads what was copied. */
const CLOSE = `
  globalThis.kept = navigator.clipboard
  Object.defineProperty(navigator, 'clipboard', { value: undefined })
`
const PHONE = { width: 360, height: 740 }

test.group('The UPI ID of a shop', (group) => {
  let customer: User
  let order: Order

  group.each.setup(async () => {
    await emptyDatabase()
    const shop = await createShop({ ownerId: (await createOwner()).id })
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    customer = await createUser()
    const product = await createProduct({ shopId: shop.id, pricePaise: 5_200 })
    order = await createOrder({ customer, product, paymentMethod: 'upi' })
  })

  async function onOrder(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}) {
    const context = await browser.newContext({ locale: 'en-IN', viewport: PHONE, ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(8_000)
    await page.goto(`${ORIGIN}/login`)
    await page.fill('[name=username]', customer.username)
    await page.fill('[name=password]', PASSWORD)
    await page.locator('#session-form button').click()
    await page.waitForURL((url) => !url.pathname.startsWith('/login'))
    await page.goto(`${ORIGIN}/orders/${order.id}`)
    return page
  }

  for (const isSecure of [true, false]) {
    test(`is copied by a button ${isSecure ? '' : 'where the clipboard is closed to pages'}`, async ({
      assert,
      browser,
    }) => {
      const page = await onOrder(browser, { permissions: ['clipboard-read', 'clipboard-write'] })
      if (!isSecure) {
        await page.evaluate(CLOSE)
      }
      const button = page.getByRole('button', { name: /^Copy.*UPI ID/ })
      await button.click()
      await page.getByRole('status').getByText('UPI ID: Copied').waitFor()
      const copied = await page.evaluate('(globalThis.kept ?? navigator.clipboard).readText()')
      assert.equal(copied, 'gupta@okaxis')
      assert.isTrue(await page.locator('button:focus', { hasText: 'UPI ID' }).isVisible())
      await button.waitFor()
      await page.context().close()
    })
  }

  test('is a text to select without JavaScript, without a button that does nothing', async ({
    assert,
    browser,
  }) => {
    const page = await onOrder(browser, { javaScriptEnabled: false })
    await page.getByText('gupta@okaxis', { exact: true }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Copy' }).count(), 0)
    await page.context().close()
  })

  test('the picture of the code is saved as a file', async ({ assert, browser }) => {
    const page = await onOrder(browser)
    await page.getByText('QR code without an amount', { exact: true }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Save QR picture' }).last().click()
    assert.equal((await download).suggestedFilename(), 'upi-gupta@okaxis.png')
    await page.context().close()
  })
})
