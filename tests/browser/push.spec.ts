import assert from 'node:assert/strict'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright'
import type Product from '#models/product'
import type User from '#models/user'
import { PushSender } from '#push/push_sender'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'
import { PushedBrowser, PushService } from '#tests/helpers/push_service'

const BOARD = `${ORIGIN}/owner/orders`
const TELL = 'Tell me about orders on this phone'
const BLOCKED = 'Notifications from this site are blocked'
const STOP = 'Turn off'

let service: PushService
let owner: User
let product: Product

const button = (page: Page, name: string) => page.getByRole('button', { name })
const settings = () => `${ORIGIN}/owner/shops/${product.shopId}/settings`
const subscriptions = async () => (await db.from('push_subscriptions')).length
const workerOf = (page: Page) => page.context().serviceWorkers()[0]

type Permission = 'granted' | 'denied' | 'default'

/** A Chromium without windows denies notifications and reaches no push service: the test plays these parts. */
async function standIn(
  page: Page,
  { fields, endpoint }: PushedBrowser,
  answer: Permission,
  before: Permission
) {
  const keys = JSON.stringify(Object.fromEntries(fields))
  await page.addInitScript(`{
    const fields = ${keys}
    localStorage.permission ??= '${before}'
    Object.defineProperty(Notification, 'permission', { get: () => localStorage.permission })
    Notification.requestPermission = async () => (localStorage.permission = '${answer}')
    const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt()).buffer
    const subscription = {
      endpoint: ${JSON.stringify(endpoint)},
      getKey: (name) => bytes(fields[name]),
      unsubscribe: async () => { localStorage.removeItem('asked'); return true },
      get options() { return { applicationServerKey: bytes(localStorage.asked) } },
    }
    PushManager.prototype.getSubscription = async () => localStorage.asked ? subscription : null
    PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
      if (!userVisibleOnly || Notification.permission !== 'granted') throw new Error('NotAllowedError')
      localStorage.asked = applicationServerKey
      return subscription
    }
  }`)
}

/** The owner's phone with the board open. */
async function openBoard(
  browser: Browser,
  { answer = 'granted', before = 'default' }: { answer?: Permission; before?: Permission } = {}
) {
  const page = await openPage(browser, {
    serviceWorkers: 'allow',
    viewport: { width: 360, height: 740 },
  })
  const phone = new PushedBrowser(service)
  await standIn(page, phone, answer, before)
  await logIn(page, owner)
  await page.goto(BOARD)
  return { page, phone }
}

test.group('The switch for messages to this phone', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    service = new PushService()
    const stop = await service.start()
    owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, stock: 50 })
    return stop
  })

  test('turns them on and off, and says so', async ({ browser }) => {
    const { page, phone } = await openBoard(browser)
    await button(page, TELL).click()
    await button(page, STOP).waitFor()
    await page.getByText('This phone tells you about new orders').waitFor()
    assert.equal(await subscriptions(), 1)

    await page.reload()
    await button(page, STOP).waitFor()
    await createOrder({ product })
    await (await app.container.make(PushSender)).send()
    assert.equal(phone.messages[0].title, 'New order')

    await button(page, STOP).click()
    await button(page, TELL).waitFor()
    assert.equal(await subscriptions(), 0)
  })

  test('is off for the next person at the phone', async ({ browser }) => {
    const { page } = await openBoard(browser)
    await button(page, TELL).click()
    await button(page, STOP).waitFor()
    await page.goto(`${ORIGIN}/shops`)
    await owner.endSessions()
    await page.goto(BOARD)
    await logIn(page, await createOwner())
    await page.goto(BOARD)
    await button(page, TELL).waitFor()
    assert.ok(await page.evaluate('Boolean(localStorage.asked)'))
    assert.equal(await subscriptions(), 0)
  })

  test('renews a subscription that was made with an earlier key', async ({ browser }) => {
    const { page } = await openBoard(browser)
    await button(page, TELL).click()
    await button(page, STOP).waitFor()
    await db.from('push_subscriptions').update({ server_key: 'earlier' })
    await page.evaluate(`localStorage.asked = 'B' + 'A'.repeat(86)`)
    await page.reload()
    await button(page, STOP).waitFor()
    const { server_key: key } = await db.from('push_subscriptions').firstOrFail()
    assert.equal(key, await page.locator('[data-push]').getAttribute('data-key'))
  })

  test('says what to do when the browser blocks them', async ({ browser }) => {
    const { page } = await openBoard(browser, { answer: 'denied' })
    await button(page, TELL).click()
    await page.getByText(BLOCKED).waitFor()
    assert.ok(!(await button(page, TELL).isVisible()))
    assert.equal(await subscriptions(), 0)
    await page.goto(settings())
    await page.getByText(BLOCKED).waitFor()
  })

  test('is silent on a board whose browser cannot, and says so in the settings', async ({
    browser,
  }) => {
    const { page } = await openBoard(browser)
    await page.addInitScript('delete window.PushManager')
    await page.reload()
    await page.waitForLoadState()
    assert.ok(!(await page.locator('[data-push]').isVisible()))
    await page.goto(settings())
    await page.getByText('This browser cannot tell you').waitFor()
  })

  test('stays off when the question is left unanswered', async ({ browser }) => {
    const { page } = await openBoard(browser, { answer: 'default' })
    await button(page, TELL).click()
    await button(page, TELL).and(page.locator(':enabled')).waitFor()
  })

  test('says that it did not work, and works the next time', async ({ browser }) => {
    const { page } = await openBoard(browser)
    await page.route('**/account/push-subscription', (route) => route.abort(), { times: 1 })
    await button(page, TELL).click()
    await page.getByText('That did not work').waitFor()
    await button(page, TELL).click()
    await button(page, STOP).waitFor()
  })

  test('needs JavaScript, and says so', async ({ browser }) => {
    const page = await openPage(browser, { javaScriptEnabled: false })
    await logIn(page, owner)
    await page.goto(BOARD)
    const hint = page.locator('noscript p')
    await hint.waitFor()
    assert.match((await hint.textContent())!, /turn on JavaScript/)
    assert.ok(!(await page.locator('[data-push]').isVisible()))
  })
})

test.group('A message on the phone', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    service = new PushService()
    const stop = await service.start()
    owner = await createOwner()
    await createShop({ ownerId: owner.id })
    return stop
  })

  const NOTED = `
    const notes = (globalThis.notes = [])
    const led = (globalThis.led = [])
    ServiceWorkerRegistration.prototype.showNotification = async (title, options) => {
      const close = () => notes.splice(notes.findIndex(({ tag }) => tag === options.tag), 1)
      notes.push({ title, close, ...options })
    }
    ServiceWorkerRegistration.prototype.getNotifications = async () => [...notes]
    WindowClient.prototype.focus = async function () { led.push('focus ' + new URL(this.url).pathname) }
    Clients.prototype.openWindow = async (path) => led.push('open ' + path)
    null`

  /** As the browser does when its push service brings one. */
  async function deliver(page: Page, message: object) {
    const session = await page.context().newCDPSession(page)
    const registered = new Promise<string>((done) => {
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        if (registrations[0]) done(registrations[0].registrationId)
      })
    })
    await session.send('ServiceWorker.enable')
    const registrationId = await registered
    const data = JSON.stringify(message)
    await session.send('ServiceWorker.deliverPushMessage', { origin: ORIGIN, registrationId, data })
  }

  async function openPhone(browser: Browser) {
    const { page } = await openBoard(browser, { before: 'granted' })
    await eventually(async () => {
      assert(await page.evaluate('Boolean(navigator.serviceWorker.controller)'))
    })
    await workerOf(page).evaluate(NOTED)
    return page
  }

  const notes = (page: Page) =>
    workerOf(page).evaluate<Record<string, unknown>[]>('notes.map(({ close, ...note }) => note)')

  const shows = (page: Page, count: number) =>
    eventually(async () => assert.equal((await notes(page)).length, count))

  const ORDER = { title: 'New order', lang: 'hi', tag: 'shop-a', url: '/owner/orders' }

  test('rings in place of the last one of its shop', async ({ browser }) => {
    const page = await openPhone(browser)
    await deliver(page, ORDER)
    await shows(page, 1)
    const [note] = await notes(page)
    assert.deepEqual(note, {
      title: 'New order',
      lang: 'hi',
      tag: 'shop-a',
      renotify: true,
      icon: '/icons/180.png',
      data: { url: '/owner/orders' },
    })
  })

  test('leads to the board: the open one, or a new one', async ({ browser }) => {
    const page = await openPhone(browser)
    const tap = () => workerOf(page).evaluate('push.open(notes[0])')
    await deliver(page, ORDER)
    await shows(page, 1)
    await tap()
    await page.goto(`${ORIGIN}/shops`)
    await deliver(page, ORDER)
    await shows(page, 1)
    await tap()
    assert.deepEqual(await workerOf(page).evaluate('led'), [
      'focus /owner/orders',
      'open /owner/orders',
    ])
    await shows(page, 0)
  })

  test('comes after the browser has replaced its subscription', async ({ browser }) => {
    const page = await openPhone(browser)
    await button(page, TELL).click()
    await button(page, STOP).waitFor()
    const phone = new PushedBrowser(service)
    await workerOf(page).evaluate(`{
      const fields = ${JSON.stringify(Object.fromEntries(phone.fields))}
      const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt()).buffer
      const event = new ExtendableEvent('pushsubscriptionchange')
      event.newSubscription = {
        endpoint: fields.endpoint,
        getKey: (name) => bytes(fields[name]),
        options: { applicationServerKey: bytes(fields.server_key) },
      }
      dispatchEvent(event)
    }`)
    await eventually(async () => {
      const { endpoint } = await db.from('push_subscriptions').firstOrFail()
      assert.equal(endpoint, phone.endpoint)
    })
  })

  test('goes at logout', async ({ browser }) => {
    const page = await openPhone(browser)
    await deliver(page, ORDER)
    await shows(page, 1)
    await page.locator('header summary').click()
    await page.getByRole('button', { name: 'Log out' }).click()
    await shows(page, 0)
  })
})
