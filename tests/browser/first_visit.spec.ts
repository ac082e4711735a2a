import { setTimeout as delay } from 'node:timers/promises'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'

const PHONE = { width: 360, height: 740 }

/** In milliseconds. */
const AFTER_THE_PAINT = 1_000

/** What the page has loaded, and how much of it came over the network. */
const stylesheets = (page: Page): Promise<{ isAwaited: boolean; isFetched: boolean }[]> =>
  page.evaluate(() =>
    (globalThis as any).performance
      .getEntriesByType('resource')
      .filter(({ name }: any) => new URL(name).pathname.endsWith('.css'))
      .map(({ initiatorType, renderBlockingStatus, transferSize }: any) => ({
        isAwaited: initiatorType === 'link' && renderBlockingStatus === 'blocking',
        isFetched: transferSize > 0,
      }))
  )

const isStyled = (page: Page) =>
  page.evaluate(() => {
    const { document, getComputedStyle } = globalThis as any
    return getComputedStyle(document.body).display === 'flex'
  })

/** Of everything that moved without being touched. */
const shiftsOf = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const { PerformanceObserver } = globalThis as any
        let sum = 0
        new PerformanceObserver((list: any) => {
          for (const { value } of list.getEntries()) sum += value
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(sum), 500)
      })
  )

test.group('A first visit', (group) => {
  group.each.setup(emptyDatabase)

  test('waits for no stylesheet, and the next page has them already', async ({
    assert,
    browser,
  }) => {
    const { name } = await createShop({ name: 'Gupta Kirana' })
    const page = await openPage(browser)
    await page.goto(`${ORIGIN}/shops`)
    assert.isTrue(await isStyled(page))
    assert.deepEqual(
      await stylesheets(page).then((all) => all.filter(({ isAwaited }) => isAwaited)),
      []
    )
    await eventually(async () => {
      if ((await stylesheets(page)).length < 2) throw new Error('not fetched yet')
    })
    await page.getByRole('link', { name }).first().click()
    await page.waitForURL(/\/shops\/./)
    const next = await stylesheets(page)
    assert.lengthOf(next, 2)
    assert.isTrue(next.every(({ isAwaited, isFetched }) => isAwaited && !isFetched))
    assert.isTrue(await isStyled(page))
    await page.context().close()
  })

  test('finds nothing that moves when the scripts arrive', async ({ assert, browser }) => {
    const owner = await createOwner()
    await createProduct({ shopId: (await createShop({ ownerId: owner.id })).id })
    const page = await openPage(browser, { viewport: PHONE })
    await page.route(/\.js\b/, async (route) => {
      await delay(AFTER_THE_PAINT)
      await route.continue()
    })
    await page.goto(ORIGIN)
    await page.locator('[data-locate]').waitFor()
    assert.equal(await shiftsOf(page), 0)
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/orders`)
    await page.locator('[data-sound]').waitFor()
    assert.equal(await shiftsOf(page), 0)
    await page.context().close()
  })

  test('shows nothing that only scripts can do, without scripts', async ({ assert, browser }) => {
    const page = await openPage(browser, { javaScriptEnabled: false, viewport: PHONE })
    await page.goto(ORIGIN)
    assert.isNull(await page.locator('[data-locate]').boundingBox())
    await page.context().close()
  })
})
