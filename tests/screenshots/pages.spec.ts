import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright'
import { LOGINS } from '#database/demo/generator'
import { DEMO_PASSWORD, DEMO_SIZE } from '#database/demo/options'
import { seedDemoOrders } from '#database/demo/orders'
import { runDemoSeed } from '#database/demo/run'
import Order from '#models/order'
import Product from '#models/product'
import { openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'

const FOLDER = app.makePath('docs/screenshots')

/** Of 100; text stays readable, and all pictures together small. */
const QUALITY = 30

const SCREENS = [
  { size: 'phone', viewport: { width: 360, height: 740 } },
  { size: 'desktop', viewport: { width: 1440, height: 900 } },
]
const SCHEMES = ['light', 'dark'] as const
const LANGUAGES = ['en', 'hi']

let order: Order
let product: Product

const shop = () => `/shops/${order.shopId}`
const own = () => `/owner${shop()}`

const GUEST = { home: () => '/', login: () => '/login' }

const CUSTOMER = {
  shops: () => '/shops',
  shop,
  product: () => `${shop()}/products/${product.id}`,
  search: () => '/search?q=atta',
  cart: () => '/cart',
  checkout: () => `${shop()}/checkout`,
  orders: () => '/orders',
  order: () => `/orders/${order.id}`,
  khatas: () => '/khatas',
  place: () => '/place',
}

const OWNER = {
  'board': () => '/owner/orders',
  'owner-order': () => `/owner/orders/${order.id}`,
  'owner-shops': () => '/owner/shops',
  'owner-shop': own,
  'owner-prices': () => `${own()}/prices`,
  'owner-price-change': () => `${own()}/price-changes/create`,
  'owner-price-message': () => `${own()}/price-message`,
  'owner-counter': () => `${own()}/counter`,
  'owner-dues': () => `${own()}/dues`,
  'owner-sales': () => `${own()}/sales`,
  'owner-hours': () => `${own()}/hours`,
  'owner-settings': () => `${own()}/settings`,
}

async function marketplace() {
  await emptyDatabase()
  await runDemoSeed({ db, hash }, { ...DEMO_SIZE, password: DEMO_PASSWORD })
  await seedDemoOrders()
  order = await Order.query().orderBy('id', 'desc').firstOrFail()
  product = await Product.query()
    .where('shop_id', order.shopId!)
    .where('stock', '>', 20)
    .firstOrFail()
  await rm(FOLDER, { recursive: true, force: true })
  await mkdir(FOLDER, { recursive: true })
}

async function logIn(page: Page, { username }: { username: string }) {
  await page.goto(`${ORIGIN}/login`)
  await page.fill('[name=username]', username)
  await page.fill('[name=password]', DEMO_PASSWORD)
  await page.locator('#session-form button').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/login'))
}

async function fillCart(page: Page) {
  await page.goto(ORIGIN + shop())
  const buttons = page.locator('.product-rows button[id^="add-"]:enabled')
  const ids = await Promise.all([0, 2, 4].map((nth) => buttons.nth(nth).getAttribute('id')))
  for (const id of ids) {
    const answer = page.waitForResponse(/cart\/items/)
    await page.locator(`[id="${id}"]`).click()
    await answer
  }
}

async function picture(page: Page, name: string) {
  await page.bringToFront()
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    optimizeForSpeed: false,
  })
  await session.detach()
  await writeFile(join(FOLDER, `${name}.webp`), Buffer.from(data, 'base64'))
}

const PEOPLE = [
  { pages: GUEST, prepare: async () => {} },
  {
    pages: CUSTOMER,
    prepare: async (page: Page) => {
      await logIn(page, LOGINS.customer)
      await fillCart(page)
    },
  },
  { pages: OWNER, prepare: (page: Page) => logIn(page, LOGINS.owner) },
]

async function takeAll(browser: Browser, size: string, look: Parameters<Browser['newContext']>[0]) {
  const missing: string[] = []
  for (const { pages, prepare } of PEOPLE) {
    const page = await openPage(browser, look)
    await prepare(page)
    for (const [name, path] of Object.entries(pages)) {
      const answer = await page.goto(ORIGIN + path())
      if (answer?.status() !== 200) missing.push(`${name}: ${answer?.status()}`)
      await picture(page, `${name}-${size}`)
    }
    await page.context().close()
  }
  return missing
}

test.group('Screenshots', (group) => {
  group.setup(marketplace)

  for (const { size, viewport } of SCREENS) {
    for (const colorScheme of SCHEMES) {
      for (const language of LANGUAGES) {
        const look = `${size}-${colorScheme}-${language}`

        test(look, async ({ assert, browser }) => {
          const locale = `${language}-IN`
          const missing = await takeAll(browser, look, { viewport, colorScheme, locale })
          assert.deepEqual(missing, [])
        }).timeout(300_000)
      }
    }
  }
})
