import { test } from '@japa/runner'
import type Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, PASSWORD } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'
import { seriousFindings } from '#tests/helpers/accessibility'

const ORIGIN = `http://127.0.0.1:${process.env.PORT}`

for (const javaScriptEnabled of [true, false]) {
  test.group(`Edits ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, (group) => {
    let product: Product

    group.each.setup(async () => {
      await emptyDatabase()
      const owner = await createOwner({ username: 'ramesh' })
      const shop = await createShop({ ownerId: owner.id })
      product = await createProduct({
        shopId: shop.id,
        name: 'Besan',
        stock: 10,
        pricePaise: 7_700,
      })
    })

    test('ask on a phone where something changed meanwhile, and are decided there', async ({
      assert,
      browser,
    }) => {
      const viewport = { width: 360, height: 740 }
      const context = await browser.newContext({
        locale: 'en-IN',
        viewport,
        javaScriptEnabled,
        bypassCSP: true,
      })
      const page = await context.newPage()
      page.setDefaultTimeout(8_000)
      const check = async (name: string) => {
        if (!javaScriptEnabled) return
        assert.deepEqual(await seriousFindings(page), [], name)
        const width = await page.evaluate<number>('document.documentElement.scrollWidth')
        assert.isAtMost(width, 360, `${name} is wider than the screen`)
      }
      await page.goto(`${ORIGIN}/login`)
      await page.locator('[name=username]').fill('ramesh')
      await page.locator('[name=password]').fill(PASSWORD)
      await page.locator('#session-form button').click()
      await page.getByRole('heading', { name: 'My shops' }).waitFor()

      await page.goto(`${ORIGIN}/owner/shops/${product.shopId}`)
      await createOrder({ product, quantity: 3 })
      await page.locator(`#stock-${product.id}`).fill('40')
      await page.locator(`#put-${product.id}`).click()
      await page.getByText('it is now “7”, you typed “40”').first().waitFor()
      await check('row')
      assert.equal((await product.refresh()).stock, 7)
      const again = javaScriptEnabled ? `#put-${product.id}` : '#product-form button'
      await page.locator(again).click()
      await page.locator(`#stock-${product.id}[value="40"]`).waitFor()

      await page.getByRole('link', { name: /Edit.*Besan/ }).click()
      const form = page.locator(`form[action$="/products/${product.id}?_method=PUT"]`)
      await form.locator('[name=price]').fill('90')
      await form.locator('[name=stock]').fill('+5')
      await product.merge({ pricePaise: 8_000, stock: 38 }).save()
      await form.locator('button').first().click()
      await page.getByText('it is now “80”, you typed “90”').first().waitFor()
      await check('form')
      assert.equal(await form.locator('[name=stock]').inputValue(), '+5')
      await form.locator('button').first().click()
      await page.getByText('₹90').first().waitFor()
      await product.refresh()
      assert.equal(product.stock, 43)
      await context.close()
    })
  })
}
