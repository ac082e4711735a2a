import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'

const PHONE = { width: 360, height: 740 }

/** More than there are links and fields before anything that is looked for. */
const MOST_TABS = 60

/** What has the focus: whether it is the one that is looked for, and can be seen. */
function focused(page: Page, selector: string) {
  return page.evaluate((wanted) => {
    const { document, getComputedStyle, innerHeight, innerWidth } = globalThis as any
    const element = document.activeElement
    const { top, bottom, left, right, width } = element.getBoundingClientRect()
    const shown = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth && width > 0
    const label = element.closest('label') ?? element
    const marked = [element, label].some((one) => getComputedStyle(one).outlineStyle !== 'none')
    return {
      isWanted: element.matches(wanted),
      isSeen: shown && marked,
      what: element.outerHTML.slice(0, 120),
    }
  }, selector)
}

/** Presses Tab until the focus is there; it has to be seen all the way. */
async function tabTo(page: Page, selector: string) {
  const unseen: string[] = []
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab')
    const { isWanted, isSeen, what } = await focused(page, selector)
    if (!isSeen) unseen.push(what)
    if (isWanted) return unseen
  }
  throw new Error(`Tab does not lead to ${selector}`)
}

test.group('With the keyboard alone', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    const { id: shopId } = await createShop({ pinCode: '452001' })
    await createProduct({ shopId, name: 'Besan', category: 'flours' })
  })

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

    test(`a customer says where they are, finds goods and gets to the checkout, ${how}`, async ({
      assert,
      browser,
    }) => {
      const page = await openPage(browser, { javaScriptEnabled, viewport: PHONE })
      await page.goto(ORIGIN)
      assert.deepEqual(await tabTo(page, '.skip'), [])
      assert.deepEqual(await tabTo(page, '.ask [name=pin_code]'), [])
      await page.keyboard.type('452001')
      await page.keyboard.press('Enter')
      await page.locator('#near-deliver').waitFor()
      assert.deepEqual(await tabTo(page, '.tiles a[href*=flours]'), [])
      await page.keyboard.press('Enter')
      await page.waitForURL(/category=flours/)
      assert.deepEqual(await tabTo(page, '#results form[action*="/cart/items"] button'), [])
      await page.keyboard.press('Enter')
      await page.locator('#cart-badge', { hasText: '1' }).waitFor()
      await page.goto(ORIGIN)
      assert.deepEqual(await tabTo(page, 'header a[href="/cart"]'), [])
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/cart$/)
      assert.deepEqual(await tabTo(page, 'main a[href*="/checkout"]'), [])
      await page.keyboard.press('Enter')
      await page.waitForURL(/login|checkout/)
      await page.context().close()
    })
  }

  test('the menu of a phone opens, leads on and shuts', async ({ assert, browser }) => {
    const page = await openPage(browser, { viewport: PHONE })
    await page.goto(ORIGIN)
    assert.deepEqual(await tabTo(page, 'header summary'), [])
    await page.keyboard.press('Enter')
    await page.locator('header .menu a').first().waitFor()
    assert.deepEqual(await tabTo(page, 'header .menu a'), [])
    await page.keyboard.press('Escape')
    await page.locator('header .menu a').first().waitFor({ state: 'hidden' })
    await page.context().close()
  })

  test('the tiles that a phone folds are reached', async ({ assert, browser }) => {
    const page = await openPage(browser, { viewport: PHONE })
    await page.goto(ORIGIN)
    assert.isFalse(await page.locator('.tiles a[href*=pooja]').isVisible())
    assert.deepEqual(await tabTo(page, '.categories summary'), [])
    await page.keyboard.press('Enter')
    await page.locator('.tiles a[href*=pooja]').waitFor()
    await page.keyboard.press('Shift+Tab')
    assert.isTrue((await focused(page, '.tiles a[href*=pooja]')).isWanted)
    await page.context().close()
  })
})
