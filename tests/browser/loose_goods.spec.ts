import { test } from '@japa/runner'
import Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser } from '#tests/helpers/factories'
import { standbyCaughtUp } from '#tests/helpers/standby'

const NARROW = { width: 320, height: 640 }

const SAID = {
  en: { worth: '₹20 gives 160 g', cart: '410 g', price: '₹125 per kg', wrong: 'Write an amount' },
  hi: { worth: '₹20 में 160 ग्राम', cart: '410 ग्राम', price: '₹125 प्रति किलो', wrong: 'मात्रा लिखें' },
} as const

test.group('Buying loose goods', (group) => {
  let dal: Product
  let customer: User

  group.each.setup(async () => {
    await emptyDatabase()
    dal = await createProduct({
      ...{ name: 'Toor Dal', nameHi: 'तूर दाल', soldAs: 'loose', measure: 'weight' },
      ...{ pricePaise: 12_500, stock: 5_000 },
    })
    customer = await createUser()
    await standbyCaughtUp()
  })

  for (const locale of ['en', 'hi'] as const) {
    for (const javaScriptEnabled of [true, false]) {
      const how = `${javaScriptEnabled ? 'with' : 'without'} JavaScript, in ${locale}`
      const said = SAID[locale]

      test(`250 g and twenty rupees' worth are ordered ${how}`, async ({ assert, browser }) => {
        const page = await openPage(browser, {
          ...{ javaScriptEnabled, viewport: NARROW, locale: `${locale}-IN` },
        })
        const isWide = () =>
          page.evaluate(
            'document.documentElement.scrollWidth > document.documentElement.clientWidth'
          )
        const field = page.locator('.buy [name=amount]')
        await page.goto(`${ORIGIN}/shops/${dal.shopId}`)
        if (javaScriptEnabled) assert.isFalse(await isWide(), 'shop')

        const amounts = () => page.locator('.amounts summary').click()
        await amounts()
        await field.fill('much')
        await field.press('Enter')
        await page.getByText(said.wrong).first().waitFor()
        assert.equal(await field.inputValue(), 'much')
        await page.goto(`${ORIGIN}/shops/${dal.shopId}`)

        await amounts()
        await page.locator('.preset[value="250"]').click()
        await page.locator('.in-cart').waitFor()
        await amounts()
        await field.fill('₹20')
        await field.press('Enter')
        await page.getByText(said.worth).first().waitFor()
        await page.locator('.in-cart', { hasText: said.cart }).waitFor()
        if (javaScriptEnabled) {
          assert.isFalse(await isWide(), 'shop with something in the cart')
          assert.deepEqual(await seriousFindings(page), [])
        }

        await page.goto(`${ORIGIN}/cart`)
        await page.locator('.quantity', { hasText: said.cart }).waitFor()
        assert.include(await page.locator('.line').textContent(), said.price)
        if (javaScriptEnabled) assert.isFalse(await isWide(), 'cart')
        await page.locator('.line summary').click()
        await page.locator('.line [name=amount]').fill('1/2 kg')
        await page.locator('.line [name=amount]').press('Enter')
        await page.locator('.quantity', { hasText: '500' }).waitFor()
        await page.locator('[id^=less]').click()
        await page.locator('.quantity', { hasText: '450' }).waitFor()
        await logIn(page, customer)

        await page.goto(`${ORIGIN}/shops/${dal.shopId}/checkout`)
        assert.include(await page.locator('.bill').textContent(), said.price)
        await page.locator('#checkout-form button.button-wide').click()
        await page.waitForURL(/\/orders\//)
        const [order] = await Order.query().preload('items')
        assert.deepEqual([order.items[0].quantity, order.itemsPaise], [450, 5625])
        await page.context().close()
      }).timeout(40_000)
    }
  }

  test('a step in the list keeps the focus', async ({ assert, browser }) => {
    const page = await openPage(browser, { viewport: NARROW })
    await page.goto(`${ORIGIN}/shops/${dal.shopId}`)
    await page.locator('.amounts summary').click()
    await page.locator('.preset[value="250"]').click()
    await page.locator('.in-cart', { hasText: '250 g' }).waitFor()
    await page.locator(`#add-${dal.id}`).press('Enter')
    await page.locator('.in-cart', { hasText: '300 g' }).waitFor()
    assert.equal(await page.evaluate('document.activeElement.id'), `add-${dal.id}`)
    await page.context().close()
  })
})
