import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type User from '#models/user'
import { addElsewhere, logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { crowdedMarket, LONG, type Market } from '#tests/helpers/crowded_market'

/** Pages without markup of ours, and what is not a page. */
const NO_PAGES = /^(\/api|\/docs|\/openapi|\/metrics|\/health|\/:file)|\.(csv|svg|pdf)$|stream$/

test.group('Names', (group) => {
  let market: Market

  group.setup(async () => {
    await emptyDatabase()
    market = await crowdedMarket()
  })

  test('every page has a place in the walk', ({ assert }) => {
    const pages = Object.values(router.toJSON())
      .flat()
      .filter(({ methods, pattern }) => methods.includes('GET') && !NO_PAGES.test(pattern))
    const walked = Object.values(market.paths).flatMap((paths) => Object.keys(paths))
    assert.sameMembers(
      [...new Set(walked.map((path) => path.split('?')[0]))],
      pages.map(({ pattern }) => pattern)
    )
  })

  for (const locale of ['en-IN', 'hi-IN']) {
    for (const who of ['guest', 'customer', 'owner'] as const) {
      test(`break anywhere and turn nothing around them: ${who}, ${locale}`, async ({
        assert,
        browser,
      }) => {
        const page = await openPage(browser, { locale, viewport: { width: 360, height: 740 } })
        const person: User | undefined = { guest: undefined, ...market }[who]
        if (person) await logIn(page, person)
        await page.goto(`${ORIGIN}/shops/${market.shop.id}`)
        await addElsewhere(page, market.product.id)
        await page.locator(`#add-${market.product.id}`).click()
        await page.locator('.toast').waitFor()
        const wrong = (await tooWide(page)).map((what) => `The message: ${what}`)
        for (const [pattern, path] of Object.entries(market.paths[who])) {
          await page.goto(ORIGIN + path)
          const found = [...(await tooWide(page)), ...(await notIsolated(page))]
          wrong.push(...found.map((what) => `${pattern} ${what}`))
        }
        assert.deepEqual(wrong, [])
        await page.context().close()
      }).timeout(120_000)
    }
  }
})

/** What is wider than the page, for each window and size of text where the page scrolls sideways. */
async function tooWide(page: Page) {
  const found: string[] = []
  for (const size of ['100%', '200%']) {
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 740 })
      const wide = await page.evaluate<string[] | null>(`
        document.documentElement.style.fontSize = '${size}'
        ;(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth &&
          [...document.querySelectorAll('body *')]
            .filter((element) => element.getBoundingClientRect().right > clientWidth)
            .map(({ tagName, className }) => tagName + '.' + className)
        )(document.documentElement)
      `)
      if (wide) found.push(`${width}px, text ${size}: ${wide}`)
    }
  }
  await page.setViewportSize({ width: 360, height: 740 })
  await page.evaluate(`document.documentElement.style.fontSize = ''`)
  return found
}

/** Elements with a text that people typed and that can turn what stands beside it around. */
function notIsolated(page: Page) {
  return page.evaluate<string[]>(`
    (() => {
      const found = []
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (texts.nextNode()) {
        const { parentElement, data } = texts.currentNode
        if (!data.includes('${LONG.slice(0, 4)}')) continue
        const isAlone = parentElement.closest('bdi, option, textarea, .stamp, .sr-only')
        if (!isAlone && !/\u2068.+\u2069/s.test(data)) found.push(parentElement.outerHTML)
      }
      return found
    })()
  `)
}
