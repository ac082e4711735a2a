import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { Page } from 'playwright'
import OrderEvent from '#models/order_event'
import type Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { goBack, logIn, openPage, ORIGIN, setHidden } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder, moveTo } from '#tests/helpers/orders'

const PHONE = { width: 360, height: 640 }

/** Counts what the page plays, in a browser that lets it. */
const listen = (page: Page) =>
  page.addInitScript(`
    plays = 0
    const values = { setValueAtTime() {}, exponentialRampToValueAtTime() {} }
    const part = () => ({ frequency: values, gain: values, connect: (to) => to, start: () => plays++, stop() {} })
    AudioContext = class {
      currentTime = 0
      resume = async () => {}
      createOscillator = part
      createGain = part
    }
  `)

/** As if every step had been taken earlier. */
const letStepsStand = () =>
  db.rawQuery(`UPDATE orders SET stepped_at = stepped_at - interval '11 seconds'`)

test.group('On the board', (group) => {
  let owner: User
  let customer: User
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    customer = await createUser({ username: 'asha' })
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan' })
  })

  const placed = () => createOrder({ customer, product, fulfilment: 'pickup' })

  const button = (page: Page, order: Order, name: string) =>
    page.locator(`#order-${order.id}`).getByRole('button', { name: new RegExp(`^${name}`) })

  const steps = async ({ id }: Order) => {
    const events = await OrderEvent.query().where('order_id', id).orderBy('id')
    return events.map(({ toValue }) => toValue)
  }

  const openBoard = async (page: Page) => {
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/orders`)
  }

  const followed = (page: Page) =>
    page.locator('#news', { hasText: /./ }).waitFor({ state: 'attached' })

  const focused = (page: Page) => page.evaluate<string>('document.activeElement.id')

  test('Enter twice moves an order one step, and the focus is on its card', async ({
    assert,
    browser,
  }) => {
    const order = await placed()
    const page = await openPage(browser, { bypassCSP: true })
    await openBoard(page)
    await button(page, order, 'Accept').focus()
    await page.keyboard.press('Enter')
    await button(page, order, 'Mark packed').waitFor()
    await page.waitForFunction('document.activeElement !== document.body')
    assert.equal(await focused(page), `order-${order.id}`)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.reload()
    assert.deepEqual(await steps(order), ['placed', 'accepted'])
    await page.context().close()
  })

  test('Enter twice on a slow network moves an order one step', async ({ assert, browser }) => {
    const order = await placed()
    const page = await openPage(browser, { bypassCSP: true })
    await openBoard(page)
    let send = () => {}
    const held = new Promise<void>((resolve) => (send = resolve))
    await page.route('**/transitions', async (route) => {
      await held
      await route.continue()
    })
    await button(page, order, 'Accept').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    send()
    await button(page, order, 'Mark packed').waitFor()
    assert.deepEqual(await steps(order), ['placed', 'accepted'])
    await page.context().close()
  })

  test('the second click of two does not move the order that is there by then', async ({
    assert,
    browser,
  }) => {
    const order = await placed()
    const next = await placed()
    const page = await openPage(browser, { bypassCSP: true })
    await openBoard(page)
    await button(page, order, 'Accept').click()
    await button(page, order, 'Mark packed').waitFor()
    const accept = button(page, next, 'Accept')
    await accept.scrollIntoViewIfNeeded()
    const { x, y } = (await accept.boundingBox())!
    await page.mouse.move(x + 20, y + 10)
    await page.mouse.down({ clickCount: 2 })
    await page.mouse.up({ clickCount: 2 })
    await page.reload()
    assert.deepEqual(await steps(order), ['placed', 'accepted'])
    assert.deepEqual(await steps(next), ['placed'])
    await page.context().close()
  })

  test('a new order that came while there was no connection is heard when it is back', async ({
    browser,
  }) => {
    const page = await openPage(browser, { bypassCSP: true })
    await listen(page)
    await openBoard(page)
    await followed(page)
    await page.context().setOffline(true)
    await page.getByText('Not connected since').waitFor()
    await page.route('**/orders/stream', (route) => route.abort())
    await page.context().setOffline(false)
    const order = await placed()
    await page.unroute('**/orders/stream')
    await page.evaluate(`dispatchEvent(new Event('online'))`)
    await page.locator(`#order-${order.id}`).waitFor()
    await page.waitForFunction('plays === 1')
    await page.context().close()
  })

  test('a new order is heard again and again until the board is touched', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, { bypassCSP: true })
    await listen(page)
    await page.clock.install()
    await openBoard(page)
    await followed(page)
    await placed()
    await page.waitForFunction('plays === 1')
    await page.clock.runFor(8_000)
    await page.waitForFunction('plays === 2')
    assert.isTrue(await page.getByText('The sound repeats until').isVisible())
    await page.locator('h1').click()
    await page.getByText('The sound repeats until').waitFor({ state: 'hidden' })
    await page.clock.runFor(30_000)
    assert.equal(await page.evaluate<number>('plays'), 2)
    await page.reload()
    await followed(page)
    await page.clock.runFor(30_000)
    assert.equal(await page.evaluate<number>('plays'), 0)
    await page.context().close()
  })

  test('a new order is heard from a board behind others, until that is looked at', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, { bypassCSP: true })
    await listen(page)
    await page.clock.install()
    await openBoard(page)
    await followed(page)
    await setHidden(page, true)
    await placed()
    await page.waitForFunction('plays === 1')
    await page.clock.runFor(8_000)
    await page.waitForFunction('plays === 2')
    await setHidden(page, false)
    await page.clock.runFor(30_000)
    assert.equal(await page.evaluate<number>('plays'), 2)
    await page.context().close()
  })

  test('a new order is heard no longer when it has been accepted on another device', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, { bypassCSP: true })
    await listen(page)
    await page.clock.install()
    await openBoard(page)
    await followed(page)
    const order = await placed()
    await page.waitForFunction('plays === 1')
    await order.move('accept', owner)
    await page.getByText('The sound repeats until').waitFor({ state: 'hidden' })
    await page.clock.runFor(30_000)
    assert.equal(await page.evaluate<number>('plays'), 1)
    await page.context().close()
  })

  test('a new order is only said where the sound is off', async ({ assert, browser }) => {
    const page = await openPage(browser, { bypassCSP: true })
    await listen(page)
    await page.clock.install()
    await openBoard(page)
    await followed(page)
    await page.locator('h1').click()
    await page.getByRole('button', { name: 'Sound on' }).click()
    await placed()
    await page.locator('#news', { hasText: '1 new order' }).waitFor({ state: 'attached' })
    await page.clock.runFor(30_000)
    assert.equal(await page.evaluate<number>('plays'), 0)
    await page.context().close()
  })

  for (const locale of ['en-IN', 'hi-IN']) {
    test(`a phone shows one state at a time, ${locale}`, async ({ assert, browser }) => {
      const order = await placed()
      await moveTo(await placed(), 'packed', owner)
      await letStepsStand()
      const page = await openPage(browser, { viewport: PHONE, locale, bypassCSP: true })
      await openBoard(page)
      const tab = (state: string) => page.locator(`#tab-${state}`)
      const cards = page.locator('.order-card:visible')
      await page.locator('#tab-placed[aria-current=true]').waitFor()
      assert.include(await tab('packed').textContent(), '1')
      assert.equal(await cards.count(), 1)
      assert.deepEqual(await seriousFindings(page), [])
      assert.equal(await page.evaluate<number>('document.documentElement.scrollWidth'), 360)

      await tab('packed').focus()
      await page.keyboard.press('Enter')
      await page.locator('#tab-packed[aria-current=true]').waitFor()
      assert.equal(await focused(page), 'tab-packed')
      assert.equal(await cards.count(), 1)
      assert.match(page.url(), /shown=packed$/)

      await placed()
      await page.locator('#tab-placed', { hasText: '2' }).waitFor()
      assert.equal(await tab('packed').getAttribute('aria-current'), 'true')
      await tab('placed').click()
      await page.locator(`#order-${order.id}:visible`).waitFor()
      assert.equal(await cards.count(), 2)
      await page.context().close()
    })
  }

  test('without JavaScript, a phone shows one state at a time, too', async ({
    assert,
    browser,
  }) => {
    const order = await placed()
    await moveTo(await placed(), 'packed', owner)
    await letStepsStand()
    const page = await openPage(browser, { viewport: PHONE, javaScriptEnabled: false })
    await openBoard(page)
    await page.getByRole('link', { name: 'Packed' }).click()
    await page.locator('#tab-packed[aria-current=true]').waitFor()
    assert.isFalse(await page.locator(`#order-${order.id}`).isVisible())
    await page.getByRole('button', { name: 'Mark completed' }).click()
    await page.locator('#tab-packed[aria-current=true]').waitFor()
    await page.getByRole('button', { name: 'Undo “Mark completed”' }).waitFor()
    await page.context().close()
  })

  test('what waits is counted in the header and on the icon of the app, as it comes and goes', async ({
    browser,
  }) => {
    const page = await openPage(browser, { viewport: PHONE, bypassCSP: true })
    await page.addInitScript(`
      onIcon = null
      Navigator.prototype.setAppBadge = async (count) => { onIcon = count }
    `)
    await openBoard(page)
    await followed(page)
    const order = await placed()
    await page.locator('summary', { hasText: '1 new order' }).waitFor()
    await page.waitForFunction('onIcon === 1')
    await page.goto(`${ORIGIN}/owner/shops`)
    await page.waitForFunction('onIcon === 1')
    await page.goto(`${ORIGIN}/owner/orders`)
    await followed(page)
    await order.withdraw(customer)
    await page.waitForFunction('onIcon === 0')
    await page.locator('summary .badge').waitFor({ state: 'hidden' })
    await page.context().close()
  })

  test('the minutes that an order waits pass by themselves', async ({ browser }) => {
    const order = await placed()
    const page = await openPage(browser, { bypassCSP: true })
    await page.clock.install()
    await openBoard(page)
    const waited = page.locator(`#order-${order.id} time`)
    await waited.getByText('0 mins', { exact: true }).waitFor()
    // A list that comes from the server meanwhile would bring its clock, which stands still beside the browser's.
    await page.route('**/*', (route) => route.abort())
    await page.clock.runFor(125_000)
    await waited.getByText('2 mins', { exact: true }).waitFor()
    await page.context().close()
  })

  test('without JavaScript, two submissions and an old page move an order one step', async ({
    assert,
    browser,
  }) => {
    const order = await placed()
    const page = await openPage(browser, { javaScriptEnabled: false })
    await openBoard(page)
    await button(page, order, 'Accept').dblclick({ noWaitAfter: true })
    await page.getByText(/Order accepted|already “Accepted”/).waitFor()
    await button(page, order, 'Mark packed').waitFor()
    assert.deepEqual(await steps(order), ['placed', 'accepted'])

    await button(page, order, 'Mark packed').click()
    await page.getByText('Order packed').waitFor()
    await goBack(page, '**/owner/orders')
    const pack = button(page, order, 'Mark packed')
    if (await pack.isVisible()) {
      await pack.click()
      await page.getByText('already “Packed”').waitFor()
    }
    assert.deepEqual(await steps(order), ['placed', 'accepted', 'packed'])
    await page.context().close()
  })

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with' : 'without'

    test(`a completed order is open again by Undo, ${how} JavaScript`, async ({
      assert,
      browser,
    }) => {
      const order = await moveTo(await placed(), 'packed', owner)
      const page = await openPage(browser, {
        viewport: PHONE,
        javaScriptEnabled,
        bypassCSP: true,
      })
      await openBoard(page)
      await button(page, order, 'Mark completed').click()
      const undo = button(page, order, 'Undo “Mark completed”')
      await undo.waitFor()
      if (javaScriptEnabled) {
        assert.deepEqual(await seriousFindings(page), [])
        assert.isTrue(await undo.isVisible())
        assert.equal(await page.evaluate<number>('document.documentElement.scrollWidth'), 360)
        await page.keyboard.press('Tab')
        await page.keyboard.press('Tab')
        await page.keyboard.press('Enter')
      } else {
        await undo.click()
      }
      await page.getByText('Undone.').waitFor({ state: 'attached' })
      await button(page, order, 'Mark completed').waitFor()
      assert.equal((await order.refresh()).state, 'packed')
      await page.context().close()
    })
  }

  test('Undo goes when its time is over', async ({ browser }) => {
    const order = await moveTo(await placed(), 'accepted', owner)
    const page = await openPage(browser, { bypassCSP: true })
    await page.clock.install()
    await openBoard(page)
    await button(page, order, 'Undo').waitFor()
    await order.merge({ steppedAt: order.steppedAt!.minus({ seconds: 11 }) }).save()
    await page.clock.fastForward(11_000)
    await button(page, order, 'Undo').waitFor({ state: 'detached' })
    await button(page, order, 'Mark packed').waitFor()
    await page.context().close()
  })
})
