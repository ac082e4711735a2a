import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import type { BrowserContext, Page, Request } from 'playwright'
import type Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { LiveStreams } from '#sessions/live_streams'
import { logIn, openPage, ORIGIN, setHidden } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { eventually } from '#tests/helpers/eventually'
import { createOrder } from '#tests/helpers/orders'

const PATIENCE = 8_000
const STREAM = /\/orders\/stream$/
/** After the refresh that follows the opening of the stream. */
const following = (page: Page) =>
  page.locator('#news', { hasText: /./ }).waitFor({ state: 'attached' })
/** A page hears of a logout from another tab and from its stream, and the later navigation ends the earlier one. */
const atLogin = (page: Page) =>
  eventually(() => page.waitForURL('**/login?*', { timeout: PATIENCE }), PATIENCE)
const state = (page: Page, text: string) => page.locator('.state-now', { hasText: text }).waitFor()

test.group('Many tabs', (group) => {
  let owner: User
  let customer: User
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    customer = await createUser({ username: 'asha', fullName: 'Asha Verma' })
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan' })
  })

  const follow = (streams: Request[], context: BrowserContext) => {
    context.on('request', (request) => STREAM.test(request.url()) && streams.push(request))
    return streams
  }

  /** Streams that the server has open. */
  const open = async () => (await app.container.make(LiveStreams)).size

  const opened = (count: number) =>
    eventually(async () => {
      if ((await open()) !== count) throw new Error(`${await open()} streams are open`)
    }, PATIENCE)

  const show = async (context: BrowserContext, path: string) => {
    const page = await context.newPage()
    await page.goto(ORIGIN + path)
    return page
  }

  const orders = (count: number) =>
    Promise.all(Array.from({ length: count }, () => createOrder({ customer, product })))

  test('of orders are all live by one stream, and the site goes on answering', async ({
    assert,
    browser,
  }) => {
    const shop = await openPage(browser)
    await logIn(shop, customer)
    const context = shop.context()
    const streams = follow([], context)
    const placed = await orders(4)
    const pages: [Order, Page][] = []
    for (const order of [...placed, ...placed]) {
      pages.push([order, await show(context, `/orders/${order.id}`)])
    }
    await shop.goto(`${ORIGIN}/shops/${product.shopId}`)
    await shop.getByRole('button', { name: /Add.*Besan/ }).click()
    await shop.locator('#cart-badge', { hasText: '1' }).waitFor()
    await opened(1)
    assert.lengthOf(streams, 1)

    for (const order of placed) await order.move('accept', owner)
    for (const [, page] of pages) await state(page, 'Accepted')
    await context.close()
  })

  test('go on being live when the tab that has the stream is closed', async ({
    assert,
    browser,
  }) => {
    const first = await openPage(browser)
    await logIn(first, customer)
    const context = first.context()
    const streams = follow([], context)
    const placed = await orders(3)
    for (const { id } of placed) await show(context, `/orders/${id}`)
    await opened(1)
    const leader = streams[0].frame().page()
    const left = context.pages().filter((page) => page !== leader && page !== first)
    assert.lengthOf(left, 2)
    await leader.close()
    await eventually(() => assert.lengthOf(streams, 2), PATIENCE)
    for (const order of placed) await order.move('accept', owner)
    for (const page of left) await state(page, 'Accepted')
    await opened(1)
    await context.close()
  })

  test('that nobody looks at have no stream, and ask once when they are looked at', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser)
    await logIn(page, customer)
    const [order] = await orders(1)
    await page.goto(`${ORIGIN}/orders/${order.id}`)
    await following(page)
    await setHidden(page, true)
    await opened(0)

    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith(`/orders/${order.id}`)) asked.push(request.url())
    })
    await order.move('accept', owner)
    assert.isTrue(await page.locator('.state-now', { hasText: 'Placed' }).isVisible())
    assert.lengthOf(asked, 0)
    await setHidden(page, false)
    await state(page, 'Accepted')
    await opened(1)
    assert.lengthOf(asked, 1)
    await order.move('pack', owner)
    await state(page, 'Packed')
    await page.context().close()
  })

  test('one of them in front gets the stream, and the one behind hears when it comes back', async ({
    browser,
  }) => {
    const behind = await openPage(browser)
    await logIn(behind, customer)
    const context = behind.context()
    const [first, second] = await orders(2)
    await behind.goto(`${ORIGIN}/orders/${first.id}`)
    await following(behind)
    const front = await show(context, `/orders/${second.id}`)
    await setHidden(behind, true)
    for (const order of [first, second]) await order.move('accept', owner)
    await state(front, 'Accepted')
    await opened(1)
    await setHidden(behind, false)
    await state(behind, 'Accepted')
    await context.close()
  })

  test('in a browser without locks have a stream each, while they are looked at', async ({
    browser,
  }) => {
    const page = await openPage(browser)
    await logIn(page, customer)
    const context = page.context()
    await context.addInitScript(`Object.defineProperty(navigator, 'locks', { value: undefined })`)
    const [first, second] = await orders(2)
    await page.goto(`${ORIGIN}/orders/${first.id}`)
    const other = await show(context, `/orders/${second.id}`)
    await opened(2)
    await setHidden(page, true)
    await opened(1)
    for (const order of [first, second]) await order.move('accept', owner)
    await state(other, 'Accepted')
    await setHidden(page, false)
    await state(page, 'Accepted')
    await context.close()
  })

  test('a board that nobody looks at counts what is new in its title, by the one stream', async ({
    browser,
  }) => {
    const page = await openPage(browser, { bypassCSP: true })
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/orders`)
    await following(page)
    await setHidden(page, true)
    await opened(1)
    const [order] = await orders(1)
    await page.waitForFunction(`document.title.startsWith('(1) Orders')`)
    await order.move('accept', owner)
    await page.waitForFunction(`document.title.startsWith('Orders')`)
    await page.context().close()
  })

  test('show nothing of a person who has logged out in one of them', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser)
    await logIn(page, customer)
    const context = page.context()
    const [order] = await orders(1)
    const others = [
      await show(context, `/orders/${order.id}`),
      await show(context, `/orders/${order.id}`),
      await show(context, '/khatas'),
    ]
    await opened(1)
    await setHidden(others[1], true)
    await page.goto(`${ORIGIN}/cart`)
    await page.getByRole('button', { name: 'Log out' }).click()
    for (const other of others) {
      await atLogin(other)
      assert.notInclude(await other.content(), 'Asha')
    }
    await opened(0)
    await context.close()
  })

  test('of orders are led to the login page when the login ends elsewhere', async ({ browser }) => {
    const page = await openPage(browser)
    await logIn(page, customer)
    const context = page.context()
    const placed = await orders(2)
    const pages = []
    for (const { id } of placed) pages.push(await show(context, `/orders/${id}`))
    await opened(1)
    for (const order of placed) await order.move('accept', owner)
    for (const follower of pages) await state(follower, 'Accepted')
    await customer.endSessions()
    for (const follower of pages) await atLogin(follower)
    await context.close()
  })
})
