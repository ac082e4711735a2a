import type { Browser, Page } from 'playwright'
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

export interface Look {
  /** First contentful paint, in milliseconds from the start of the navigation. */
  paint: number
  /** Top of the first product, in CSS pixels; null on a page without. */
  top: number | null
  /** Products that are on the first screen from top to bottom. */
  visible: number
  /** Bytes of HTML and CSS as they were sent, without headers. */
  bytes: number
}

/** Opens a page like a phone that has never been there. Null when the page is not there. */
export async function look(browser: Browser, url: URL, what: PhonePage, language: string) {
  const context = await browser.newContext({
    ...{ viewport: VIEWPORT, isMobile: true, hasTouch: true },
    locale: `${language}-IN`,
    serviceWorkers: 'block',
  })
  await context.addCookies(
    [...what.cookies].map(([name, value]) => ({ name, value, url: url.origin }))
  )
  try {
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.enable')
    await devtools.send('Network.emulateNetworkConditions', SLOW_3G)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    const response = await page.goto(new URL(what.path, url).href, { timeout: 60_000 })
    if (response?.status() === 404) return null
    if (response?.status() !== 200) throw new Error(`${what.name} answered ${response?.status()}`)
    return await read(page)
  } finally {
    await context.close()
  }
}

function read(page: Page): Promise<Look> {
  return page.evaluate(async () => {
    const { document, performance, innerHeight, PerformanceObserver } = globalThis as any
    const paint = await new Promise<number>((resolve) => {
      const observer = new PerformanceObserver((seen: any) => {
        for (const { name, startTime } of seen.getEntries())
          if (name === 'first-contentful-paint') resolve(startTime)
      })
      observer.observe({ type: 'paint', buffered: true })
    })
    const entries = (type: string): any[] => performance.getEntriesByType(type)
    const sheets = entries('resource').filter(({ name }) => new URL(name).pathname.endsWith('.css'))
    const sent = [...entries('navigation'), ...sheets]
    const boxes = [...document.querySelectorAll('main .product, main .price-row')].map((product) =>
      product.getBoundingClientRect()
    )
    return {
      paint: Math.round(paint),
      top: boxes.length > 0 ? Math.round(boxes[0].top) : null,
      visible: boxes.filter(({ height, bottom }) => height > 0 && bottom <= innerHeight).length,
      bytes: sent.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    }
  })
}
