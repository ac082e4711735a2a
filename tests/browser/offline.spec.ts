import { test } from '@japa/runner'
import type { Browser, Page, Worker } from 'playwright'
import Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'

const MINUTE = 60_000
const WEEK = 7 * 24 * 60 * MINUTE

let customer: User
let product: Product

const shopPage = () => `${ORIGIN}/shops/${product.shopId}`
const add = (page: Page) => page.getByRole('button', { name: /Add.*Besan/ }).click()
const outbox = (page: Page) => page.locator('#outbox')

async function marketplace() {
  await emptyDatabase()
  const owner = await createOwner({ username: 'ramesh' })
  customer = await createUser({ username: 'asha', fullName: 'Asha Verma' })
  const shop = await createShop({ ownerId: owner.id })
  product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_200, stock: 10 })
}

/** A phone whose service worker runs. */
async function openPhone(browser: Browser, path = '/') {
  const page = await openPage(browser, { serviceWorkers: 'allow', locale: 'en-IN' })
  await startWorker(page, path)
  return page
}

async function startWorker(page: Page, path = '/') {
  await page.goto(ORIGIN + path)
  await page.evaluate('navigator.serviceWorker.ready')
  await eventually(async () => {
    if (!(await page.evaluate('Boolean(navigator.serviceWorker.controller)'))) throw new Error('no')
  })
  await eventually(async () => {
    if (!(await workerOf(page).evaluate(`caches.match('/offline')`))) throw new Error('no page')
  })
}

const workerOf = (page: Page): Worker => page.context().serviceWorkers()[0]

const keptPages = (page: Page) =>
  workerOf(page).evaluate<string[]>(`(async () => {
    const keys = await (await caches.open('pages')).keys()
    return keys.map(({ url }) => new URL(url).pathname)
  })()`)

const isKept = (page: Page, path: string) =>
  eventually(async () => {
    const pages = await keptPages(page)
    if (!pages.includes(path)) throw new Error(`${path} is not kept: ${pages.join(' ')}`)
  })

async function visit(page: Page, path: string) {
  await page.goto(ORIGIN + path)
  await isKept(page, path)
}

/** Fills a cart and opens its checkout. */
async function openCheckout(page: Page) {
  await page.goto(shopPage())
  await add(page)
  await page.locator('#cart-badge', { hasText: '1' }).waitFor()
  await page.goto(`${ORIGIN}/shops/${product.shopId}/checkout`)
}

const order = (page: Page) => page.locator('#checkout-form .button-wide').click()
const later = (page: Page, ms: number) =>
  workerOf(page).evaluate(`{ const now = Date.now; Date.now = () => now() + ${ms} }`)
const orders = async () => (await Order.all()).length

test.group('Offline', (group) => {
  group.each.setup(marketplace)

  test('shops, cart and orders are shown as they were seen, and say so', async ({
    assert,
    browser,
  }) => {
    const page = await openPhone(browser)
    await visit(page, `/shops/${product.shopId}`)
    await visit(page, '/cart')
    await page.context().setOffline(true)
    await page.goto(shopPage())
    await page.getByText('Besan').first().waitFor()
    await outbox(page).getByText('You are offline').waitFor()
    await page.goto(`${ORIGIN}/khatas`)
    await page.getByRole('heading', { name: 'You are offline' }).waitFor()
    await page
      .getByRole('link', { name: /Gupta Kirana|cart/i })
      .first()
      .waitFor()
    assert.notInclude(await keptPages(page), '/khatas')
    await page.context().setOffline(false)
    await page.goto(shopPage())
    await page.getByRole('button', { name: /Add.*Besan/ }).waitFor()
    assert.equal(await outbox(page).count(), 0)
    await page.context().close()
  })

  test('its page has its style, which no page before had to fetch', async ({ assert, browser }) => {
    const page = await openPage(browser, { serviceWorkers: 'allow' })
    await page.route(/\.css/, (route) => route.abort())
    await startWorker(page)
    await page.unrouteAll()
    await page.context().setOffline(true)
    await page.goto(`${ORIGIN}/khatas`)
    await page.getByRole('heading', { name: 'You are offline' }).waitFor()
    assert.equal(await page.evaluate('getComputedStyle(document.body).display'), 'flex')
    await page.context().close()
  })

  test('a visit through the worker links the stylesheets, which are on the phone', async ({
    assert,
    browser,
  }) => {
    const page = await openPhone(browser)
    const inside = page.locator('style')
    const linked = page.locator('link[rel=stylesheet]')
    assert.deepEqual([await inside.count(), await linked.count()], [2, 0])
    await page.goto(`${ORIGIN}/shops`)
    assert.deepEqual([await inside.count(), await linked.count()], [0, 2])
    await page.context().close()
  })

  test('speaks the language of the pages', async ({ browser }) => {
    const page = await openPhone(browser)
    await page.locator('.cloth [lang=hi]').first().dispatchEvent('click')
    await page.locator('html[lang=hi]').waitFor({ state: 'attached' })
    await visit(page, '/shops')
    await eventually(async () => {
      const html = await workerOf(page).evaluate<string>(
        `caches.match('/offline').then((kept) => kept.text())`
      )
      if (!html.includes('lang="hi"')) throw new Error('still English')
    })
    await page.context().setOffline(true)
    await page.goto(`${ORIGIN}/shops`)
    await outbox(page).getByText('आप ऑफ़लाइन हैं').waitFor()
    await page.context().close()
  })

  test('an Add is kept, and goes into the cart once', async ({ browser }) => {
    const page = await openPhone(browser)
    await visit(page, `/shops/${product.shopId}`)
    await page.context().setOffline(true)
    await add(page)
    await outbox(page).getByText('Kept on this phone').waitFor()
    await page.context().setOffline(false)
    await outbox(page).getByText('is in your cart now').waitFor()
    await page.goto(`${ORIGIN}/cart`)
    await page.locator('#cart-badge', { hasText: '1' }).waitFor()
    await page.context().close()
  })

  test('an order is kept, and placed once even when its answer was lost', async ({
    assert,
    browser,
  }) => {
    const page = await openPhone(browser, '/login')
    await logIn(page, customer)
    await openCheckout(page)
    await page.context().setOffline(true)
    await order(page)
    await outbox(page).getByText('not sent yet').waitFor()
    await workerOf(page).evaluate(`(async () => {
      const [first] = await outbox.waiting()
      await outbox.keep(first.request)
    })()`)
    assert.equal(await orders(), 0)
    await page.context().setOffline(false)
    await outbox(page).getByText('has been sent').first().waitFor()
    assert.equal(await orders(), 1)
    await outbox(page).getByRole('link', { name: 'See the order' }).first().click()
    await page.waitForURL('**/orders/*')
    await page.context().close()
  })

  test('an order older than ten minutes is confirmed first', async ({ assert, browser }) => {
    const page = await openPhone(browser, '/login')
    await logIn(page, customer)
    await openCheckout(page)
    await page.context().setOffline(true)
    await order(page)
    await outbox(page).getByText('not sent yet').waitFor()
    await later(page, 11 * MINUTE)
    await page.context().setOffline(false)
    await outbox(page).getByText('Do you still want it?').waitFor()
    assert.equal(await orders(), 0)
    await outbox(page).getByRole('button', { name: 'Send the order' }).click()
    await outbox(page).getByText('has been sent').waitFor()
    assert.equal(await orders(), 1)
    await page.context().close()
  })

  test('an order whose price changed since is refused', async ({ assert, browser }) => {
    const page = await openPhone(browser, '/login')
    await logIn(page, customer)
    await openCheckout(page)
    await page.context().setOffline(true)
    await order(page)
    await outbox(page).getByText('not sent yet').waitFor()
    await product.merge({ pricePaise: 5_900 }).save()
    await page.context().setOffline(false)
    await outbox(page).getByText('was not taken').waitFor()
    assert.equal(await orders(), 0)
    await page.context().close()
  })

  for (const how of ['who logs out', 'whose login ended']) {
    test(`nothing of a person ${how} is left`, async ({ assert, browser }) => {
      const page = await openPhone(browser, '/login')
      await logIn(page, customer)
      await openCheckout(page)
      await visit(page, '/orders')
      await page.goto(`${ORIGIN}/shops/${product.shopId}/checkout`)
      await page.context().setOffline(true)
      await order(page)
      await outbox(page).getByText('not sent yet').waitFor()
      if (how === 'who logs out') {
        await page.goto(`${ORIGIN}/orders`)
        await page.locator('form[action="/logout"] button').first().dispatchEvent('click')
        await page.getByRole('heading', { name: 'You are offline' }).waitFor()
        await page.context().setOffline(false)
      } else {
        await page.context().clearCookies()
        await page.context().setOffline(false)
        await page.goto(`${ORIGIN}/orders`)
      }
      await eventually(async () => {
        const left = await keptPages(page)
        if (left.some((path) => !['/', '/login'].includes(path))) throw new Error(left.join(' '))
      })
      assert.lengthOf(await workerOf(page).evaluate<unknown[]>('outbox.waiting()'), 0)
      assert.equal(await orders(), 0)
      await page.context().close()
    })
  }

  test('nothing is shown after seven days', async ({ browser }) => {
    const page = await openPhone(browser)
    await visit(page, '/shops')
    await later(page, WEEK + MINUTE)
    await page.context().setOffline(true)
    await page.goto(`${ORIGIN}/shops`)
    await page.getByRole('heading', { name: 'You are offline' }).waitFor()
    await page.context().close()
  })
})
