import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type Product from '#models/product'
import type Shop from '#models/shop'
import { saveHours } from '#models/shop_hours'
import ShopSettings from '#models/shop_settings'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder, moveTo } from '#tests/helpers/orders'
import { standbyCaughtUp } from '#tests/helpers/standby'

const PHONE = { viewport: { width: 360, height: 740 }, bypassCSP: true }
const WORDS = {
  en: { outside: 'Not delivered to 482001', order: 'Order · ₹72', more: '₹148 more for free' },
  hi: {
    outside: '482001 में डिलीवरी नहीं',
    order: 'ऑर्डर करें · ₹72',
    more: 'मुफ़्त डिलीवरी के लिए ₹148 और',
  },
}

for (const javaScriptEnabled of [true, false]) {
  for (const locale of ['en', 'hi'] as const) {
    const words = WORDS[locale]

    test.group(`Delivery in the cart, JavaScript ${javaScriptEnabled}, in ${locale}`, (group) => {
      let shop: Shop
      let besan: Product

      group.each.timeout(40_000)
      group.each.setup(async () => {
        await emptyDatabase()
        shop = await createShop({ ownerId: (await createOwner()).id })
        besan = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_200 })
        const terms = { deliveryFeePaise: 2_000, freeDeliveryFromPaise: 20_000 }
        await ShopSettings.create({ shopId: shop.id, ...terms })
        await standbyCaughtUp()
      })

      const open = async (browser: Parameters<typeof openPage>[0], pin: string) => {
        const options = { ...PHONE, javaScriptEnabled, locale: `${locale}-IN` }
        const page = await openPage(browser, options)
        await page.goto(`${ORIGIN}/place?back=/shops/${shop.id}`)
        await page.locator('#pin_code').fill(pin)
        await page.locator('#place-form .button').first().click()
        await page.waitForURL(`${ORIGIN}/shops/${shop.id}`)
        return page
      }
      const whole = async (page: Page) => {
        const width = await page.evaluate<number>('document.documentElement.scrollWidth')
        return { width, findings: javaScriptEnabled ? await seriousFindings(page) : [] }
      }

      test('leads to the checkout with the amount on a button that stays in sight', async ({
        assert,
        browser,
      }) => {
        for (let n = 0; n < 8; n++) await createProduct({ shopId: shop.id, name: `Rice ${n}` })
        await standbyCaughtUp()
        const page = await open(browser, '452010')
        await page.locator(`#add-${besan.id}`).click()
        await page.locator('#shop-bar').getByText(words.more).waitFor()
        await page.goto(`${ORIGIN}/cart`)
        const button = page.getByRole('link', { name: words.order })
        const box = (await button.boundingBox())!
        assert.isAtMost(box.y + box.height, PHONE.viewport.height)
        await page.getByText(words.more).waitFor()
        assert.deepEqual(await whole(page), { width: 360, findings: [] })
        await button.click()
        await page.waitForURL(/login|checkout/)
        await page.context().close()
      })

      test('says at once that the shop does not deliver there', async ({ assert, browser }) => {
        const page = await open(browser, '482001')
        await page.locator('.shop-facts', { hasText: '482001' }).waitFor()
        await page.locator(`#add-${besan.id}`).click()
        await page.locator('#status .notice', { hasText: words.outside }).waitFor()
        await page.locator('#shop-bar', { hasText: words.outside }).waitFor()
        await page.goto(`${ORIGIN}/cart`)
        await page.locator('.cart-group .change', { hasText: words.outside }).waitFor()
        assert.deepEqual(await whole(page), { width: 360, findings: [] })
        await page.context().close()
      })

      test('says when a shop opens that takes no order', async ({ assert, browser }) => {
        const page = await open(browser, '452001')
        await page.locator(`#add-${besan.id}`).click()
        await page.locator('#shop-bar .button').waitFor()
        const hours = { holidays: [], lastOrderMinutes: 0, slots: [] }
        const minute = new Date(Date.now() + 12 * 3_600_000 + 19_800_000)
        const from = (minute.getUTCHours() * 60 + minute.getUTCMinutes()) % 1_380
        const spans = [1, 2, 3, 4, 5, 6, 7].map((day) => [day, from, from + 30] as const)
        await saveHours(shop.id, { ...hours, spans })
        await eventually(async () => {
          await page.goto(`${ORIGIN}/cart`)
          assert.equal(await page.locator('.cart-foot .open-state').count(), 1)
        })
        assert.equal(await page.locator('.cart-foot a').count(), 0)
        assert.deepEqual(await whole(page), { width: 360, findings: [] })
        await page.context().close()
      })

      test('is two taps away for the usual, in a shop of one category too', async ({
        assert,
        browser,
      }) => {
        const customer = await createUser()
        const owner = await shop.related('owner').query().firstOrFail()
        for (let n = 0; n < 2; n++) {
          const order = await createOrder({ customer, product: besan, fulfilment: 'pickup' })
          await moveTo(order, 'delivered', owner)
        }
        const page = await openPage(browser, {
          ...PHONE,
          javaScriptEnabled,
          locale: `${locale}-IN`,
        })
        await page.goto(`${ORIGIN}/shops/${shop.id}`)
        assert.equal(await page.locator('.rail').count(), 0)
        await logIn(page, customer)
        await page.goto(`${ORIGIN}/shops/${shop.id}`)
        await page.locator('.rail a[href*="bought=1"]').click()
        await page.locator('.rail [aria-current][href*="bought"]').waitFor()
        assert.deepEqual(await whole(page), { width: 360, findings: [] })
        await page.locator('.rail button').click()
        await page.locator('#checkout-form > .button').click()
        await page.waitForURL('**/orders/*')
        assert.deepEqual(await whole(page), { width: 360, findings: [] })
        await page.context().close()
      })
    })
  }
}
