import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type Product from '#models/product'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'
import { standbyCaughtUp } from '#tests/helpers/standby'

const PHONE = { width: 360, height: 740 }

const GOODS: Partial<Product>[] = [
  { name: 'Aashirvaad Atta', nameHi: 'आशीर्वाद आटा', unit: '5 kg', category: 'flours' },
  { name: 'Besan', nameHi: 'बेसन', unit: '500 g', category: 'flours', pricePaise: 5_200 },
  { name: 'Chana Dal', nameHi: 'चना दाल', category: 'dals', soldAs: 'loose', measure: 'weight' },
  { name: 'Gul', nameHi: 'गुड़', unit: '1 kg', category: 'sweets', stock: 0 },
  { name: 'Haldi', nameHi: 'हल्दी', unit: '200 g', category: 'spices' },
  { name: 'Jeera', nameHi: 'जीरा', unit: '100 g', category: 'spices' },
  { name: 'Lux Soap', unit: '100 g', category: 'personal-care' },
  { name: 'Milk', nameHi: 'दूध', unit: '500 ml', category: 'dairy', stock: 3 },
  { name: 'Peanuts', nameHi: 'मूंगफली', unit: '250 g', category: 'dry-fruits' },
]

for (const javaScriptEnabled of [true, false]) {
  for (const locale of ['en', 'hi'] as const) {
    test.group(`The page of a shop, JavaScript ${javaScriptEnabled}, in ${locale}`, (group) => {
      let shop: Shop
      let besan: Product

      group.each.timeout(40_000)
      group.each.setup(async () => {
        await emptyDatabase()
        shop = await createShop({
          name: 'Apna Bazaar Vivekanand Nagar',
          city: 'Indore',
          pinCode: '452001',
        })
        await ShopSettings.create({
          ...{ shopId: shop.id, phone: '9876543210', address: '12 MG Road, Palasia' },
          ...{ minimumOrderPaise: 199_00, deliveryFeePaise: 20_00, freeDeliveryFromPaise: 500_00 },
        })
        const all = []
        for (const goods of GOODS) {
          all.push(await createProduct({ shopId: shop.id, ...goods }))
        }
        besan = all[1]
        await standbyCaughtUp()
      })

      const open = async (browser: Parameters<typeof openPage>[0]) => {
        const options = { javaScriptEnabled, viewport: PHONE, locale: `${locale}-IN` }
        const page = await openPage(browser, options)
        await page.goto(`${ORIGIN}/shops/${shop.id}`)
        return page
      }

      test('shows five products on the first screen of a phone', async ({ assert, browser }) => {
        const page = await open(browser)
        const rows = await boxes(page, '.product')
        assert.isAtMost(rows[0].y, 260)
        const ends = rows.map(({ y, height }) => y + height)
        assert.isAtLeast(ends.filter((end) => end <= PHONE.height).length, 5)
        for (const { width, height } of await boxes(page, '.product .step')) {
          assert.isAtLeast(width, 44)
          assert.isAtLeast(height, 44)
        }
        await page.context().close()
      })

      test('counts up and down in the row, and says below what is missing', async ({
        assert,
        browser,
      }) => {
        const page = await open(browser)
        const bar = page.locator('#shop-bar')
        assert.isTrue(await bar.isHidden())
        await page.locator(`#add-${besan.id}`).click()
        await bar.getByText('₹147').waitFor()
        await page.locator(`#add-${besan.id}`).click()
        await bar.getByText('₹104').waitFor()
        await bar.getByText('₹95').waitFor()
        const last = page.locator('footer a').last()
        await last.focus()
        const [covered, link] = [await bar.boundingBox(), await last.boundingBox()]
        if (javaScriptEnabled) assert.isAtMost(link!.y + link!.height, covered!.y)
        assert.equal(new URL(page.url()).pathname, `/shops/${shop.id}`)
        await page.locator(`#less-${besan.id}`).click()
        await page.locator(`#buy-${besan.id} .in-cart`, { hasText: '1' }).waitFor()
        await page.locator(`#less-${besan.id}`).click()
        await page.locator(`#less-${besan.id}`).waitFor({ state: 'detached' })
        await bar.waitFor({ state: 'hidden' })
        await page.context().close()
      })

      test('is searched, and looked through by category', async ({ assert, browser }) => {
        const page = await open(browser)
        await page.fill('#shop-q', 'jira')
        await page.locator('#shop-q').press('Enter')
        await page.locator('.product', { hasText: 'Haldi' }).waitFor({ state: 'detached' })
        await page.locator(`.product`, { hasText: 'Jeera' }).waitFor()
        await page.locator('.rail a').first().click()
        await page.locator('.product', { hasText: 'Haldi' }).waitFor()
        await page.locator('.rail a[href*="category=spices"]').click()
        await page.locator('.rail [aria-current][href*=spices]').waitFor()
        assert.equal(await page.locator('.product').count(), 2)
        await page.context().close()
      })

      test('leads a customer to what they bought before', async ({ assert, browser }) => {
        await ShopSettings.query().update({ minimumOrderPaise: 0, deliveryFeePaise: 0 })
        const customer = await createUser()
        await createOrder({ customer, product: besan })
        const page = await open(browser)
        assert.equal(await page.locator('a[href*="bought=1"]').count(), 0)
        await logIn(page, customer)
        await page.goto(`${ORIGIN}/shops/${shop.id}`)
        await page.locator('a[href*="bought=1"]').click()
        await page.locator('.rail [aria-current][href*="bought"]').waitFor()
        assert.equal(await page.locator('.product').count(), 1)
        await page.locator(`#add-${besan.id}`).waitFor()
        await page.context().close()
      })
    })
  }
}

async function boxes(page: Page, selector: string) {
  const all = await page.locator(selector).all()
  return Promise.all(all.map(async (each) => (await each.boundingBox())!))
}
