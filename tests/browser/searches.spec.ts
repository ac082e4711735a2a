import { test } from '@japa/runner'
import { openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'

const viewport = { width: 360, height: 740 }

/** A shop in Jabalpur and one far away, with two kinds of goods. */
async function market() {
  for (const [city, pinCode] of [
    ['Pune', '411001'],
    ['Jabalpur', '482001'],
  ]) {
    const { id: shopId } = await createShop({ city, pinCode, name: `Gupta ${city}` })
    await createProduct({ shopId, name: `Besan ${city}`, nameHi: null, category: 'flours' })
    await createProduct({ shopId, name: `Besan laddu ${city}`, nameHi: null, category: 'sweets' })
  }
}

test.group('A search on a phone', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    await market()
  })

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

    test(`shows its first hit, the nearest, on the first screen, ${how}`, async ({
      assert,
      browser,
    }) => {
      const page = await openPage(browser, { javaScriptEnabled, viewport })
      await page.goto(`${ORIGIN}/search?q=besan&pin=482002`)
      const first = page.locator('#results .product').first()
      assert.isAtMost((await first.boundingBox())!.y, 260)
      assert.include(await first.innerText(), 'Gupta Jabalpur')
      const far = page.locator('.product', { hasText: 'Gupta Pune' }).first()
      assert.isFalse(await far.isVisible())
      await page.getByText('2 results from shops that do not deliver to 482002').click()
      await far.waitFor()
      await page.context().close()
    })

    test(`is narrowed in a sheet, and widened by its chips, ${how}`, async ({
      assert,
      browser,
    }) => {
      const page = await openPage(browser, { javaScriptEnabled, viewport })
      await page.goto(`${ORIGIN}/search?q=besan&pin=482002`)
      const sheet = page.locator('.facets')
      assert.isFalse(await sheet.isVisible())
      await page.getByText('Filter and sort').click()
      await sheet.getByRole('link', { name: /Sweets/ }).click()
      await page.waitForURL(/category=sweets/)
      const chips = page.locator('.chips')
      await chips.getByRole('link', { name: /Remove: Sweets/ }).waitFor()
      assert.equal(await page.locator('#results .product').count(), 2)
      await chips.getByRole('link', { name: /Remove: PIN 482002/ }).click()
      await page.waitForURL((url) => !url.searchParams.has('pin'))
      assert.equal(await page.inputValue('#pin'), '')
      await chips.getByRole('link', { name: /Remove: Sweets/ }).click()
      await page.waitForURL((url) => !url.searchParams.has('category'))
      await page.locator('.product').nth(3).waitFor()
      await page.context().close()
    })
  }

  test('does so in Hindi too, from a tile of the start page', async ({ assert, browser }) => {
    const page = await openPage(browser, { viewport, locale: 'hi-IN' })
    await page.goto(ORIGIN)
    await page.locator('.ask input[name=pin_code]').fill('482002')
    await page.keyboard.press('Enter')
    await page.locator('header .place', { hasText: '482002' }).waitFor()
    await page.locator('.tiles a[href*=flours]').click()
    const first = page.locator('#results .product').first()
    assert.isAtMost((await first.boundingBox())!.y, 400)
    assert.include(await first.innerText(), 'Gupta Jabalpur')
    await page.context().close()
  })

  test('has its filters in a column on a wide screen', async ({ assert, browser }) => {
    const page = await openPage(browser, { viewport: { width: 1280, height: 800 } })
    await page.goto(`${ORIGIN}/search?q=besan`)
    const [facets, first] = await Promise.all(
      ['.facets', '#results .product'].map((part) => page.locator(part).first().boundingBox())
    )
    assert.isBelow(facets!.x + facets!.width, first!.x)
    assert.isBelow(first!.y, 400)
    await page.context().close()
  })
})
