import { test } from '@japa/runner'
import { openMenu, openPage, logIn, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop } from '#tests/helpers/factories'

const PHONE = { width: 360, height: 740 }
const WIDE = { width: 1440, height: 900 }
const LINKS = ['Shops', 'My shops', 'Orders', 'My account']

test.group('The header', (group) => {
  group.each.setup(emptyDatabase)

  for (const locale of ['en-IN', 'hi-IN']) {
    for (const viewport of [PHONE, WIDE]) {
      test(`is one row of 56 px, ${viewport.width} wide, ${locale}`, async ({
        assert,
        browser,
      }) => {
        const page = await openPage(browser, { locale, viewport })
        const height = async () => (await page.locator('header').boundingBox())!.height
        await page.goto(ORIGIN)
        assert.equal(await height(), 56)
        const owner = await createOwner({ fullName: 'Ramesh Kumar Gupta' })
        await createShop({ ownerId: owner.id })
        await logIn(page, owner)
        assert.equal(await height(), 56)
        await page.context().close()
      })
    }
  }

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

    test(`has its links behind a button on a phone, ${how}`, async ({ assert, browser }) => {
      const page = await openPage(browser, { javaScriptEnabled, viewport: PHONE })
      await logIn(page, await createOwner({ fullName: 'Ramesh Gupta' }))
      const link = (name: string) => page.locator('header').getByRole('link', { name, exact: true })
      for (const name of LINKS) assert.isFalse(await link(name).isVisible(), name)
      await openMenu(page)
      for (const name of LINKS) {
        assert.isAtLeast((await link(name).boundingBox())!.height, 44, name)
      }
      await page.getByRole('button', { name: 'हिंदी' }).click()
      await page.locator('html[lang=hi]').waitFor()
      await openMenu(page)
      await page.getByRole('button', { name: 'लॉग आउट करें' }).click()
      await page.waitForURL(`${ORIGIN}/`)
      await page.context().close()
    })
  }

  test('has its links in the row on a wide screen', async ({ assert, browser }) => {
    const page = await openPage(browser, { viewport: WIDE })
    await logIn(page, await createOwner())
    const row = page.locator('header')
    assert.isFalse(await row.locator('summary').isVisible())
    for (const name of [...LINKS, 'Search', /^Cart/]) {
      const { y } = (await row.getByRole('link', { name, exact: true }).boundingBox())!
      assert.isBelow(y, 56)
    }
    await page.context().close()
  })

  test('shuts its menu by Escape, and by a tap beside it', async ({ assert, browser }) => {
    const page = await openPage(browser, { viewport: PHONE })
    await page.goto(ORIGIN)
    const login = page.locator('header a[href="/login"]')
    await openMenu(page)
    await login.waitFor()
    await page.keyboard.press('Escape')
    await login.waitFor({ state: 'hidden' })
    assert.equal(await page.evaluate('document.activeElement.localName'), 'summary')
    await openMenu(page)
    await login.waitFor()
    await page.mouse.click(180, 700)
    await login.waitFor({ state: 'hidden' })
    await page.context().close()
  })
})
