import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type Product from '#models/product'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'

const PHONE = { viewport: { width: 360, height: 740 } }

/** Like a paste: the browser applies `maxlength` to it, other than to `fill`. */
async function paste(page: Page, selector: string, text: string) {
  await page.locator(selector).fill('')
  await page.locator(selector).focus()
  await page.keyboard.insertText(text)
}

for (const javaScriptEnabled of [true, false]) {
  test.group(
    `Numbers pasted on a phone ${javaScriptEnabled ? 'with' : 'without'} JavaScript`,
    (group) => {
      let owner: User
      let product: Product

      group.each.setup(async () => {
        await emptyDatabase()
        owner = await createOwner()
        const shop = await createShop({ ownerId: owner.id })
        product = await createProduct({ shopId: shop.id, name: 'Besan', stock: 10 })
      })

      const isNarrow = async (page: Page, what: string) => {
        if (!javaScriptEnabled) return
        const width = await page.evaluate<number>('document.documentElement.scrollWidth')
        if (width > 360) throw new Error(`${what} is ${width} px wide`)
      }

      test('into the search say what a PIN code is, and are read', async ({ assert, browser }) => {
        const page = await openPage(browser, { ...PHONE, javaScriptEnabled })
        await page.goto(`${ORIGIN}/search?q=besan`)
        await page.locator('.where-button summary').click()
        for (const pin of ['45200', '4520011', '452 00x']) {
          await paste(page, '#pin', pin)
          await page.keyboard.press('Enter')
          await page.locator('#pin-error').waitFor()
          assert.include(await page.locator('#pin-error').textContent(), 'Enter a 6-digit PIN code')
          assert.equal(await page.locator('#pin').inputValue(), pin)
          await isNarrow(page, 'the search')
        }
        await paste(page, '#pin', '\u200e४५२ - ००१\u00a0')
        await page.keyboard.press('Enter')
        await page.locator('#pin-error').waitFor({ state: 'detached' })
        assert.include(await page.locator('#results').textContent(), 'Besan')
        await page.context().close()
      })

      test("into the owner's forms are read as they are, not cut", async ({ assert, browser }) => {
        const page = await openPage(browser, { ...PHONE, javaScriptEnabled })
        await logIn(page, owner)
        const list = `${ORIGIN}/owner/shops/${product.shopId}`
        await page.goto(list)
        await paste(page, `#stock-${product.id}`, '10,00,0000')
        await page.locator(`#put-${product.id}`).click()
        await page.getByText('Enter the stock as a whole number').first().waitFor()
        assert.equal(
          await page.locator('[name=stock]:not(#select-stock)').last().inputValue(),
          '10,00,0000'
        )
        await isNarrow(page, 'the row')
        await page.goto(list)
        await paste(page, `#stock-${product.id}`, ' १०,००,०००')
        await page.locator(`#put-${product.id}`).click()
        await page.locator(`#stock-${product.id}[value="1000000"]`).waitFor()
        assert.equal((await product.refresh()).stock, 1_000_000)

        await page.goto(`${list}/edit`)
        await paste(page, '[name=pin_code]', 'PIN 45200')
        await page.locator('form:has([name=pin_code]) button').first().click()
        await page.locator('#pin_code-error').waitFor()
        assert.include(await page.locator('#pin_code-error').textContent(), '6-digit PIN code')
        await isNarrow(page, 'the form of the shop')
        await paste(page, '[name=pin_code]', '११० - ००१')
        await page.locator('form:has([name=pin_code]) button').first().click()
        await page.getByText('110001').first().waitFor()
        await page.context().close()
      })
    }
  )
}
