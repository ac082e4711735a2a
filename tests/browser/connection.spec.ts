import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN, setHidden } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'

const STREAM = '**/orders/stream'
const AT_FIVE_PAST_TWO = '2026-11-28T14:05:00+05:30'

const following = (page: Page) =>
  page.locator('#news', { hasText: /./ }).waitFor({ state: 'attached' })
const notice = (page: Page) => page.getByRole('status').filter({ hasText: 'Not connected' })
const connectedAgain = (page: Page) => page.getByText(/^Connected again\./).waitFor()

test.group('A live page', (group) => {
  let owner: User
  let customer: User
  let product: Product
  let order: Order

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    customer = await createUser({ username: 'asha' })
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan' })
    order = await createOrder({ customer, product })
  })

  const PAGES = {
    'the board': () => [owner, '/owner/orders'],
    "the owner's page of an order": () => [owner, `/owner/orders/${order.id}`],
    "the customer's page of an order": () => [customer, `/orders/${order.id}`],
  } as Record<string, () => [User, string]>

  for (const [name, open] of Object.entries(PAGES)) {
    test(`(${name}) says since when it has no network, and catches up`, async ({
      assert,
      browser,
    }) => {
      const [user, path] = open()
      const page = await openPage(browser)
      await page.clock.install({ time: new Date(AT_FIVE_PAST_TWO) })
      await logIn(page, user)
      await page.goto(ORIGIN + path)
      await following(page)
      assert.equal(await page.locator('[data-lost]').innerText(), '')
      await page.context().setOffline(true)
      await page
        .getByText('Not connected since 2:05 pm: this page may be old', { exact: true })
        .waitFor()
      await order.move('accept', owner)
      await page.context().setOffline(false)
      await connectedAgain(page)
      await page.locator('main', { hasText: /Mark packed|Accepted/ }).waitFor()
      assert.equal(await notice(page).count(), 0)
      await page.context().close()
    })
  }

  test('says so in Hindi', async ({ browser }) => {
    const page = await openPage(browser, { locale: 'hi-IN' })
    await page.clock.install({ time: new Date(AT_FIVE_PAST_TWO) })
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/orders`)
    await following(page)
    await page.context().setOffline(true)
    await page.getByText('दोपहर 2:05 बजे से कनेक्शन नहीं है: यह पेज पुराना हो सकता है').waitFor()
    await page.context().close()
  })

  test('says so when its connection died without a sign, as in a laptop that woke up', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, { viewport: { width: 360, height: 640 }, bypassCSP: true })
    await page.clock.install({ time: new Date(AT_FIVE_PAST_TWO) })
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/orders`)
    await following(page)
    await page.route(STREAM, (route) => route.abort())
    await page.clock.fastForward('03:00:00')
    await notice(page).waitFor()
    assert.include(await notice(page).innerText(), 'Not connected since 2:05 pm')
    assert.deepEqual(await seriousFindings(page), [])
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    const { y } = (await notice(page).boundingBox())!
    assert.isAtLeast(y, 0)

    const placed = await createOrder({ customer, product })
    await page.unroute(STREAM)
    await page.clock.fastForward('01:00')
    await connectedAgain(page)
    await page.locator(`#order-${placed.id}`).waitFor()
    assert.equal(await notice(page).count(), 0)
    await page.context().close()
  })

  test('says nothing while it is not looked at, and when it is looked at again', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser)
    await page.clock.install({ time: new Date(AT_FIVE_PAST_TWO) })
    await logIn(page, customer)
    await page.goto(`${ORIGIN}/orders/${order.id}`)
    await following(page)
    await setHidden(page, true)
    await page.clock.fastForward('03:00:00')
    await order.move('accept', owner)
    await setHidden(page, false)
    await page.locator('.state-now', { hasText: 'Accepted' }).waitFor()
    await page.clock.runFor(3_000)
    assert.equal(await page.locator('[data-lost]').innerText(), '')
    await page.context().close()
  })

  test('goes on saying so while it could not be brought up to date', async ({ browser }) => {
    const page = await openPage(browser)
    await page.clock.install({ time: new Date(AT_FIVE_PAST_TWO) })
    await logIn(page, customer)
    await page.goto(`${ORIGIN}/orders/${order.id}`)
    await following(page)
    const refresh = (url: URL) => url.pathname === `/orders/${order.id}`
    await page.route(refresh, (route) => route.abort())
    await page.context().setOffline(true)
    await notice(page).waitFor()
    const failed = page.waitForEvent('requestfailed', (request) => refresh(new URL(request.url())))
    await page.context().setOffline(false)
    await failed
    await notice(page).waitFor()
    await page.unroute(refresh)
    await page.clock.fastForward('00:06')
    await connectedAgain(page)
    await page.context().close()
  })

  test('keeps an error until it is read, also when it shows more meanwhile', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser)
    await page.clock.install({ time: new Date(AT_FIVE_PAST_TWO) })
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/orders`)
    await following(page)
    const path = `/owner/orders/${order.id}/transitions`
    await page.route(`**${path}`, (route) => route.abort())
    await page.getByRole('button', { name: 'Accept' }).click()
    const error = page.getByText('Kirana Ghar is not responding')
    await error.waitFor()
    const placed = await createOrder({ customer, product })
    await page.locator(`#order-${placed.id}`).waitFor()
    await page.clock.fastForward('10:00')
    assert.isTrue(await error.isVisible())
    await page.context().close()
  })

  test('without JavaScript claims nothing', async ({ assert, browser }) => {
    const page = await openPage(browser, { javaScriptEnabled: false })
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/orders`)
    assert.notMatch(await page.innerText('main'), /connected/i)
    await page.context().close()
  })
})
