import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { createShop } from '#tests/helpers/factories'
import { openPage, ORIGIN } from '#tests/helpers/browser_pages'

const INDORE = { latitude: 22.7196, longitude: 75.8577 }
const PHONE = { width: 360, height: 740 }

test.group('Where am I?', (group) => {
  group.each.setup(emptyDatabase)

  test('is answered by typing the PIN code, without JavaScript', async ({ assert, browser }) => {
    await createShop({ name: 'Gupta Kirana', pinCode: '452010' })
    const page = await openPage(browser, { javaScriptEnabled: false, viewport: PHONE })
    await page.goto(`${ORIGIN}/shops`)
    await page.locator('header .place').click()
    assert.isFalse(await page.locator('[data-locate]').isVisible())
    await page.locator('#pin_code').fill('452001')
    await page.locator('#place-form .button').first().click()
    await page.waitForURL(`${ORIGIN}/shops`)
    assert.include(await page.locator('header .place').textContent(), '452001')
    assert.include(await page.locator('#near-deliver').textContent(), '452001')
    const header = await page.locator('header').boundingBox()
    assert.equal(header!.height, 56)
  })

  test('is answered by the browser that knows its position', async ({ assert, browser }) => {
    const page = await openPage(browser, {
      geolocation: INDORE,
      permissions: ['geolocation'],
      viewport: PHONE,
    })
    await page.goto(`${ORIGIN}/place?back=/shops`)
    await page.locator('[data-locate]').click()
    await page.waitForURL(`${ORIGIN}/shops`)
    assert.match((await page.locator('header .place').textContent())!, /452\d{3}/)
  })
})
