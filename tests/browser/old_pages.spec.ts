import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type Product from '#models/product'
import { openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct } from '#tests/helpers/factories'
import { standbyCaughtUp } from '#tests/helpers/standby'

const PHONE = { width: 360, height: 740 }

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

  test.group(`A page on a phone from before a product was added, ${how}`, (group) => {
    let product: Product

    group.each.setup(async () => {
      await emptyDatabase()
      product = await createProduct({ name: 'Besan', pricePaise: 5_200 })
      await standbyCaughtUp()
    })

    const add = (page: Page) => page.getByRole('button', { name: /Add.*Besan/ }).click()
    const badge = (page: Page, count: number) =>
      page.locator('#cart-badge', { hasText: String(count) }).waitFor()

    for (const path of ['shops', 'search'] as const) {
      test(`does not add it twice (${path})`, async ({ assert, browser }) => {
        const address = path === 'shops' ? `/shops/${product.shopId}` : '/search?q=besan'
        const old = await openPage(browser, { javaScriptEnabled, viewport: PHONE })
        await old.goto(ORIGIN + address)
        const newer = await old.context().newPage()
        await newer.goto(ORIGIN + address)
        await add(newer)
        await badge(newer, 1)

        await add(old)
        await old.getByText('Besan is in your cart already: 1').waitFor()
        await badge(old, 1)
        assert.include(await old.locator(`#buy-${product.id} .in-cart`).textContent(), '1 in your')
        const width = await old.locator('main').evaluate((main) => main.scrollWidth)
        assert.isAtMost(width, PHONE.width)
        await add(old)
        await badge(old, 2)
        await old.context().close()
      })
    }
  })
}
