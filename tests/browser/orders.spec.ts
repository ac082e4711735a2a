import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright'
import KhataInvitation from '#models/khata_invitation'
import Order from '#models/order'
import type Product from '#models/product'
import Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { emptyDatabase } from '#tests/helpers/database'
import {
  createOwner,
  createProduct,
  createShop,
  createUser,
  PASSWORD,
} from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { createOrder } from '#tests/helpers/orders'

const ORIGIN = `http://127.0.0.1:${process.env.PORT}`

let owner: User
let customer: User
let product: Product

async function marketplace() {
  await emptyDatabase()
  owner = await createOwner({ username: 'ramesh' })
  customer = await createUser({ username: 'asha' })
  const shop = await createShop({ ownerId: owner.id })
  await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis', deliveryFeePaise: 2_000 })
  product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_200 })
}

async function openPage(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext({ locale: 'en-IN', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(8_000)
  return page
}

async function logIn(page: Page, { username }: User) {
  if (!page.url().includes('/login')) await page.goto(`${ORIGIN}/login`)
  await page.fill('[name=username]', username)
  await page.fill('[name=password]', PASSWORD)
  await page.locator('#session-form button').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/login'))
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

  test.group(`From cart to doorstep ${how}`, (group) => {
    group.each.setup(marketplace)

    test('a guest buys, pays by UPI, and the owner brings it', async ({ assert, browser }) => {
      const buyer = await openPage(browser, { javaScriptEnabled })
      await buyer.goto(`${ORIGIN}/shops/${product.shopId}/products/${product.id}`)
      await buyer.getByRole('button', { name: /Buy now.*Besan/ }).click()
      await logIn(buyer, customer)
      await buyer.waitForURL(`**/products/${product.id}/checkout?quantity=1`)
      assert.equal(await buyer.inputValue('[name=address]'), '12 MG Road, Indore')
      await buyer.getByLabel('Pick up').check()
      assert.isFalse(await buyer.isVisible('[name=address]'))
      await buyer.getByLabel('Home delivery').check()
      assert.isTrue(await buyer.isVisible('[name=address]'))
      await buyer.getByLabel('UPI').check()
      await buyer.getByRole('button', { name: 'Order for ₹72' }).click()
      await buyer.getByRole('heading', { name: /Order \d+/ }).waitFor()
      await buyer.getByText('₹72').first().waitFor()
      await buyer.getByLabel('UPI reference number').fill('405512345678')
      await buyer.getByRole('button', { name: 'I have paid' }).click()
      await buyer.getByText('customer says it is paid').first().waitFor()

      const seller = await openPage(browser, { javaScriptEnabled })
      await logIn(seller, owner)
      await seller.goto(`${ORIGIN}/owner/orders`)
      for (const verb of ['Accept', 'Mark packed', 'Send out', 'Mark completed']) {
        await seller.getByRole('button', { name: new RegExp(`^${verb}`) }).click()
        await seller.locator('#status', { hasText: /Order/ }).waitFor({ state: 'attached' })
        await seller
          .getByRole('button', { name: new RegExp(`^${verb}`) })
          .waitFor({ state: 'detached' })
      }
      const order = await Order.firstOrFail()
      assert.equal(order.state, 'delivered')
      assert.equal(order.paymentState, 'claimed')

      if (!javaScriptEnabled) await buyer.reload()
      await buyer.locator('.state-now', { hasText: 'Completed' }).waitFor()
      await buyer.getByRole('button', { name: 'Order again' }).click()
      await buyer.waitForURL(`**/shops/${product.shopId}/checkout`)
      await buyer.getByText('Besan').first().waitFor()
      await buyer.context().close()
      await seller.context().close()
    })
  })
}

test.group('Live pages', (group) => {
  group.each.setup(marketplace)

  test('a new order appears on the board without reload, and typing is not disturbed', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser)
    await logIn(page, owner)
    const stream = page.waitForResponse(/orders\/stream/)
    await page.goto(`${ORIGIN}/owner/orders`)
    await stream
    const loads: string[] = []
    page.on('load', () => loads.push(page.url()))
    const order = await createOrder({ customer, product, fulfilment: 'pickup' })
    await page.locator(`#order-${order.id}`).waitFor()
    await order.withdraw(customer)
    await page.locator(`#order-${order.id}`).waitFor({ state: 'detached' })
    assert.deepEqual(loads, [])
    await page.locator('h1').click()
    await page.getByRole('button', { name: 'Sound on' }).click()
    await page.reload()
    await page.getByRole('button', { name: 'Sound off' }).waitFor()
    await page.context().close()
  })

  test('the board says that its sound may wait for a first tap', async ({ browser }) => {
    const first = await openPage(browser)
    await logIn(first, owner)
    const context = first.context()
    const page = await context.newPage()
    await page.goto(`${ORIGIN}/owner/orders`)
    await page.getByRole('button', { name: 'Tap for sound' }).waitFor()
    await page.locator('h1').click()
    await page.getByRole('button', { name: 'Sound on' }).click()
    const again = await context.newPage()
    await again.goto(`${ORIGIN}/owner/orders`)
    await again.getByRole('button', { name: 'Sound off' }).waitFor()
    await context.close()
  })

  test("a customer's page follows the order, and waits while a reference is typed", async ({
    assert,
    browser,
  }) => {
    const order = await createOrder({
      customer,
      product,
      paymentMethod: 'upi',
      fulfilment: 'pickup',
    })
    const page = await openPage(browser)
    await logIn(page, customer)
    const stream = page.waitForResponse(/orders\/stream/)
    await page.goto(`${ORIGIN}/orders/${order.id}`)
    await stream
    await page.getByLabel('UPI reference number').fill('4055')
    await order.move('accept', owner)
    await page.getByLabel('UPI reference number').pressSequentially('12345678')
    assert.equal(await page.getByLabel('UPI reference number').inputValue(), '405512345678')
    await page.locator('h1').click()
    await page.locator('.state-now', { hasText: 'Accepted' }).waitFor()
    await order.move('pack', owner)
    await page.locator('.state-now', { hasText: 'Packed' }).waitFor()
    await page.context().close()
  })
})

test.group('What somebody looks at', (group) => {
  group.each.setup(marketplace)

  test('stays open when the order moves, and the focus goes to what is wrong', async ({
    assert,
    browser,
  }) => {
    const wanted = { paymentMethod: 'upi', fulfilment: 'pickup' } as const
    const order = await createOrder({ customer, product, ...wanted })
    const page = await openPage(browser)
    await logIn(page, customer)
    const stream = page.waitForResponse(/orders\/stream/)
    await page.goto(`${ORIGIN}/orders/${order.id}`)
    await stream
    await page.getByText('Show QR code').click()
    await order.move('accept', owner)
    await page.locator('.state-now', { hasText: 'Accepted' }).waitFor()
    assert.isTrue(await page.locator('img[src*="/upi.svg"]').first().isVisible())

    await page.getByLabel('UPI reference number').fill('!!')
    await page.getByRole('button', { name: 'I have paid' }).click()
    await page.locator('[role=alert]:focus').waitFor()
    await page.context().close()
  })
})

test.group('Accessibility of orders', (group) => {
  group.each.setup(marketplace)

  for (const [colorScheme, locale] of [
    ['light', 'en-IN'],
    ['dark', 'hi-IN'],
  ] as const) {
    test(`axe finds nothing serious (${colorScheme}, ${locale})`, async ({ assert, browser }) => {
      const order = await createOrder({
        customer,
        product,
        paymentMethod: 'upi',
        fulfilment: 'pickup',
        note: 'o'.repeat(300),
      })
      const khata = await openKhata(product.shopId, customer, 100_000)
      await createOrder({ customer, product, paymentMethod: 'khata', fulfilment: 'pickup' })
      await khata.settle(1_000, 'cash', owner, 'o'.repeat(200))
      const [line] = await khata.statement()
      const elsewhere = await createShop({ ownerId: owner.id, name: 'o'.repeat(60) })
      await KhataInvitation.send(elsewhere, customer.username, 100_000)
      await KhataInvitation.send(await Shop.findOrFail(product.shopId), 'o'.repeat(100), 1)
      const viewport = { width: 360, height: 740 }
      const options = { colorScheme, locale, viewport, bypassCSP: true }
      const check = async (page: Page, path: string) => {
        await page.goto(ORIGIN + path)
        assert.deepEqual(await seriousFindings(page), [], path)
        const width = await page.evaluate<number>('document.documentElement.scrollWidth')
        assert.isAtMost(width, 360, `${path} is wider than the screen`)
      }

      const buyer = await openPage(browser, options)
      await logIn(buyer, customer)
      await buyer.goto(`${ORIGIN}/shops/${product.shopId}`)
      await buyer.locator(`#add-${product.id}`).click()
      await buyer.locator('#cart-badge', { hasText: '1' }).waitFor()
      for (const path of [
        '/cart',
        `/shops/${product.shopId}/checkout`,
        '/orders',
        '/khatas',
        `/khatas/${khata.id}`,
        `/orders/${order.id}`,
      ]) {
        await check(buyer, path)
      }
      await buyer.context().close()

      const seller = await openPage(browser, options)
      await logIn(seller, owner)
      for (const path of [
        '/owner/orders',
        '/owner/past-orders',
        `/owner/orders/${order.id}`,
        `/owner/orders/${order.id}/packing-slip`,
        `/owner/shops/${product.shopId}/settings`,
        `/owner/shops/${product.shopId}/khatas`,
        `/owner/shops/${product.shopId}/khatas/${khata.id}`,
        `/owner/shops/${product.shopId}/khatas/${khata.id}/transactions/${line.id}/reversal`,
        `/owner/shops/${product.shopId}/product-imports/create`,
      ]) {
        await check(seller, path)
      }
      await seller.fill('[name=csv]', `name,unit,price,stock\n${'o'.repeat(300)},1 kg,5,5`)
      await seller.locator('#import-form button').click()
      await seller.waitForURL(/product-imports.[0-9a-f-]{36}$/)
      assert.equal(await seller.evaluate<number>('document.documentElement.scrollWidth'), 360)
      await seller.context().close()
    })
  }
})
