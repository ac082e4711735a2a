import { test } from '@japa/runner'
import { openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'

test.group('Facets', (group) => {
  group.each.setup(emptyDatabase)

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

    test(`a facet's count is the number of results that it leads to, ${how}`, async ({
      assert,
      browser,
    }) => {
      const shop = await createShop()
      for (const [name, brand, stock] of [
        ['Besan fine', 'Rajdhani', 5],
        ['Besan coarse', 'Rajdhani', 0],
        ['Besan laddu', 'Haldiram', 5],
      ] as const) {
        await createProduct({ shopId: shop.id, name, nameHi: null, brand, stock })
      }
      await createProduct({
        shopId: (await createShop()).id,
        name: 'Besan fine',
        nameHi: null,
        brand: 'Rajdhani',
      })
      const page = await openPage(browser, { javaScriptEnabled })
      const facet = (label: string) => page.locator('.facet', { hasText: label })
      for (const [label, value] of [
        ['Rajdhani', 2],
        ['Haldiram', 1],
        ['In stock only', 2],
      ] as const) {
        await page.goto(`${ORIGIN}/search?q=besan&type=product`)
        assert.include(await facet(label).innerText(), `(${value})`)
        await facet(label).click()
        await page.waitForURL(/(brand|stock)=/)
        await page.locator('.facet[aria-current]', { hasText: label }).waitFor()
        assert.equal(await page.locator('#results .product').count(), value)
      }
      await page.context().close()
    })
  }
})
