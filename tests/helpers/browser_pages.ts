import type { Browser, BrowserContextOptions, Page } from 'playwright'
import type User from '#models/user'
import { PASSWORD } from '#tests/helpers/factories'

export const ORIGIN = `http://127.0.0.1:${process.env.PORT}`

export async function openPage(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    locale: 'en-IN',
    serviceWorkers: 'block',
    ...options,
  })
  context.setDefaultTimeout(8_000)
  return context.newPage()
}

export async function logIn(page: Page, { username }: User) {
  if (!page.url().includes('/login')) await page.goto(`${ORIGIN}/login`)
  await page.fill('[name=username]', username)
  await page.fill('[name=password]', PASSWORD)
  await page.locator('#session-form button').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/login'))
}

/** On a phone the links of the header are behind a button. */
export async function openMenu(page: Page) {
  await page.locator('header summary').click()
}

/** The browser's Back. Pages that it kept alive load nothing, so there is no load to wait for. */
export async function goBack(page: Page, pattern: string | ((url: URL) => boolean)) {
  const session = await page.context().newCDPSession(page)
  const { currentIndex, entries } = await session.send('Page.getNavigationHistory')
  await session.send('Page.navigateToHistoryEntry', { entryId: entries[currentIndex - 1].id })
  await page.waitForURL(pattern, { waitUntil: 'commit' })
}

/** Puts a page in the background or brings it back; for a browser without windows all pages are in front. */
export async function setHidden(page: Page, isHidden: boolean) {
  await page.evaluate(`
    Object.defineProperties(document, {
      hidden: { value: ${isHidden}, configurable: true },
      visibilityState: { value: '${isHidden ? 'hidden' : 'visible'}', configurable: true },
    })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  `)
}

/** Adds a product in a way that the page does not know of: its next tap is answered by a message. */
export async function addElsewhere(page: Page, productId: string) {
  const form = { product_id: productId }
  const headers = { 'sec-fetch-site': 'same-origin' }
  await page.request.post(`${ORIGIN}/cart/items`, { form, headers })
}
