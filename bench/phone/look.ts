import type { Browser, BrowserContext, Page } from 'playwright'
import type { PhonePage } from '#bench/phone/pages'

const VIEWPORT = { width: 360, height: 740 }

/** Slow 3G as WebPageTest has it: 400 kbit/s and a round trip of 400 ms. */
const SLOW_3G = {
  offline: false,
  latency: 400,
  downloadThroughput: 400_000 / 8,
  uploadThroughput: 400_000 / 8,
}

/** A cheap phone against the machine that measures. */
const SLOWER = 4

/** Late scripts may still move something. */
const SETTLES_MS = 500

export interface Look {
  /** First contentful paint, in milliseconds from the start of the navigation. */
  paint: number
  /** Largest contentful paint, likewise. */
  largest: number
  /** Cumulative layout shift. */
  shift: number
  /** Top of the first product, in CSS pixels; null on a page without. */
  top: number | null
  /** Products that are on the first screen from top to bottom. */
  visible: number
  /** Bytes of HTML and of the CSS that it waits for, as they were sent, without headers. */
  bytes: number
}

/**
 * Opens a page like a phone that has never been there, and then in a new tab like one that comes back, with the
 * service worker and what the browser has kept. Null when the page is not there.
 */
export async function look(browser: Browser, url: URL, what: PhonePage, language: string) {
  const context = await browser.newContext({
    ...{ viewport: VIEWPORT, isMobile: true, hasTouch: true },
    locale: `${language}-IN`,
  })
  await context.addCookies(
    [...what.cookies].map(([name, value]) => ({ name, value, url: url.origin }))
  )
  try {
    const first = await visit(context, new URL(what.path, url), what.name)
    if (!first) return null
    const again = await visit(context, new URL(what.path, url), what.name)
    return again && { first, again }
  } finally {
    await context.close()
  }
}

async function visit(context: BrowserContext, url: URL, name: string) {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', SLOW_3G)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  const response = await page.goto(url.href, { timeout: 60_000 })
  if (response?.status() === 404) return null
  if (response?.status() !== 200) throw new Error(`${name} answered ${response?.status()}`)
  await page.waitForTimeout(SETTLES_MS)
  const seen = await read(page)
  await page.evaluate(() => (globalThis as any).navigator.serviceWorker?.ready)
  await page.waitForTimeout(SETTLES_MS)
  await page.close()
  return seen
}

function read(page: Page): Promise<Look> {
  return page.evaluate(async () => {
    const { document, performance, innerHeight, PerformanceObserver } = globalThis as any
    const seen = (type: string): Promise<any[]> =>
      new Promise((resolve) => {
        const observer = new PerformanceObserver((list: any) => resolve(list.getEntries()))
        observer.observe({ type, buffered: true })
        setTimeout(() => resolve([]), 200)
      })
    const paints = await seen('paint')
    const largest = (await seen('largest-contentful-paint')).at(-1)
    const shifts = await seen('layout-shift')
    const entries = (type: string): any[] => performance.getEntriesByType(type)
    const waitedFor = entries('resource').filter(
      ({ renderBlockingStatus }) => renderBlockingStatus === 'blocking'
    )
    const sent = [...entries('navigation'), ...waitedFor]
    const boxes = [...document.querySelectorAll('main .product, main .price-row')].map((product) =>
      product.getBoundingClientRect()
    )
    return {
      paint: Math.round(paints.find(({ name }) => name === 'first-contentful-paint').startTime),
      largest: Math.round(largest.startTime),
      shift: shifts.reduce((sum, { value }) => sum + value, 0),
      top: boxes.length > 0 ? Math.round(boxes[0].top) : null,
      visible: boxes.filter(({ height, bottom }) => height > 0 && bottom <= innerHeight).length,
      bytes: sent.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    }
  })
}
