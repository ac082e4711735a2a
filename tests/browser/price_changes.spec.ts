import { test } from '@japa/runner'
import type { BrowserContextOptions, Page } from 'playwright'
import type Product from '#models/product'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'

const PHONE = { viewport: { width: 360, height: 740 }, bypassCSP: true }

test.group('Many prices at once', (group) => {
  let owner: User
  let atta: Product
  let besan: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    const shop = await createShop({ ownerId: owner.id })
    const some = { shopId: shop.id, unit: '1 kg', pricePaise: 40_00 }
    atta = await createProduct({ ...some, name: 'Atta', nameHi: 'आटा' })
    besan = await createProduct({ ...some, name: 'Besan', nameHi: 'बेसन', mrpPaise: 41_00 })
  })

  const open = async (page: Page) => {
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/shops/${atta.shopId}/prices`)
  }
  const stored = async () => [(await atta.refresh()).pricePaise, (await besan.refresh()).pricePaise]
  const width = (page: Page) => page.evaluate('document.documentElement.scrollWidth')

  for (const [what, options] of [
    ['with a thumb', PHONE],
    ['without JavaScript', { ...PHONE, javaScriptEnabled: false }],
  ] as [string, BrowserContextOptions][]) {
    test(`are previewed, changed and undone ${what}`, async ({ assert, browser }) => {
      const page = await openPage(browser, options)
      await open(page)
      await page.getByRole('link', { name: 'Change many' }).click()
      await page.getByLabel('By how much').fill('5')
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.getByText('₹42 is above the MRP').waitFor()
      if (options.javaScriptEnabled !== false) {
        assert.deepEqual(await seriousFindings(page), [])
        assert.isAtMost(Number(await width(page)), 360)
      }
      assert.deepEqual(await stored(), [40_00, 40_00])
      await page.getByRole('button', { name: 'Change ticked prices' }).click()
      await page.getByText('1 price changed. 1 was not allowed').waitFor()
      assert.deepEqual(await stored(), [42_00, 40_00])
      await page.goto(`${page.url()}?whole=1`)
      await page.locator('.last-change button').click()
      await page.getByText('1 price is back.').waitFor()
      assert.deepEqual(await stored(), [40_00, 40_00])
      await page.context().close()
    })
  }

  test('are changed with the keyboard alone, in Hindi', async ({ assert, browser }) => {
    const page = await openPage(browser, { ...PHONE, locale: 'hi-IN' })
    await open(page)
    await page.getByRole('link', { name: 'कई एक साथ बदलें' }).press('Enter')
    await page.getByLabel('बढ़ाएँ या घटाएँ').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.type('2')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.getByLabel('कितना').focus()
    await page.keyboard.press('Enter')
    await page.getByText('2 नए दाम').waitFor()
    await page.getByRole('checkbox', { name: 'आटा' }).focus()
    await page.keyboard.press('Space')
    assert.deepEqual(await seriousFindings(page), [])
    assert.isAtMost(Number(await width(page)), 360)
    await page.getByRole('button', { name: 'चुने हुए दाम बदलें' }).press('Enter')
    await page.getByText('1 दाम बदला।').first().waitFor()
    assert.deepEqual(await stored(), [40_00, 38_00])
    await page.context().close()
  })
})
