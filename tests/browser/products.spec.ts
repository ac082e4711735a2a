import { test } from '@japa/runner'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import { openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct } from '#tests/helpers/factories'

for (const javaScriptEnabled of [true, false]) {
  for (const locale of ['en-IN', 'hi-IN']) {
    test.group(`The page of a product, JavaScript ${javaScriptEnabled}, ${locale}`, (group) => {
      let product: Product

      group.each.setup(async () => {
        await emptyDatabase()
        product = await createProduct({
          name: 'Besan</script>',
          nameHi: 'बेसन</script>',
          pricePaise: 55_00,
          mrpPaise: 60_00,
          country: 'IN',
          diet: 'veg',
        })
        await ShopSettings.create({ shopId: product.shopId, fssaiNumber: '10012022000234' })
      })

      test('is opened by its name, says what the label says, and sells it', async ({
        assert,
        browser,
      }) => {
        const viewport = { width: 360, height: 740 }
        const page = await openPage(browser, { javaScriptEnabled, locale, viewport })
        const problems: string[] = []
        page.on('console', (message) => {
          if (message.type() === 'error') problems.push(message.text())
        })
        await page.goto(`${ORIGIN}/shops/${product.shopId}`)
        await page.locator('.product h3 a').click()
        await page.waitForURL(`**/products/${product.id}`)
        const name = locale === 'hi-IN' ? 'बेसन</script>' : 'Besan</script>'
        await page.locator('h1', { hasText: name }).waitFor()
        await page.getByText('₹60').first().waitFor()
        await page.getByText('10012022000234').waitFor()
        await page
          .getByRole('img', { name: locale === 'hi-IN' ? 'शाकाहारी' : 'Vegetarian' })
          .waitFor()
        await page.locator(`#add-${product.id}`).click()
        await page.locator('#cart-badge', { hasText: '1' }).waitFor()
        const data = await page.locator('script[type="application/ld+json"]').textContent()
        assert.equal(JSON.parse(data!).name, 'Besan</script>')
        assert.deepEqual(problems, [])
        await page.context().close()
      })
    })
  }
}
