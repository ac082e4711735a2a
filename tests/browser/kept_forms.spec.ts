import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type { Page } from 'playwright'
import Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'

const endSessions = () => db.from('sessions').delete()

const PHONE = { viewport: { width: 360, height: 640 }, bypassCSP: true }

test.group('After the login has ended', (group) => {
  let owner: User
  let customer: User
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    customer = await createUser({ username: 'asha' })
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan', stock: 10 })
  })

  const sendNow = async (page: Page) => {
    await page.waitForURL('**/kept-forms/*')
    await page.getByRole('button', { name: 'Yes, send it' }).click()
  }

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with' : 'without'

    test(`an order is placed after logging in again, ${how} JavaScript`, async ({
      assert,
      browser,
    }) => {
      const page = await openPage(browser, { ...PHONE, javaScriptEnabled })
      await logIn(page, customer)
      await page.goto(`${ORIGIN}/products/${product.id}/checkout`)
      await page.getByLabel('House and street').fill('7 Palasia Square, Indore 452001')
      await page.getByLabel('Note for the shop').fill('Ring twice')
      await endSessions()
      await page.getByRole('button', { name: /^Order for/ }).click()
      await page.getByText('what you entered is kept for an hour').waitFor()
      await logIn(page, customer)
      await page.getByText('7 Palasia Square, Indore 452001').waitFor()
      await page.getByText('Ring twice').waitFor()
      if (javaScriptEnabled) assert.deepEqual(await seriousFindings(page), [])
      assert.equal(await page.evaluate<number>('document.documentElement.scrollWidth'), 360)
      await sendNow(page)
      await page.getByRole('heading', { name: /Order \d+/ }).waitFor()
      const [order, ...more] = await Order.all()
      assert.lengthOf(more, 0)
      assert.equal(order.address, '7 Palasia Square, Indore 452001')
      assert.equal(order.note, 'Ring twice')
      await page.context().close()
    })

    test(`a stock is saved after logging in again, ${how} JavaScript`, async ({
      assert,
      browser,
    }) => {
      const page = await openPage(browser, { ...PHONE, javaScriptEnabled })
      await logIn(page, owner)
      await page.goto(`${ORIGIN}/owner/shops/${product.shopId}`)
      await page.locator(`#stock-${product.id}`).fill('33')
      await endSessions()
      await page.locator(`#put-${product.id}`).click()
      await page.waitForURL('**/login?*')
      await logIn(page, owner)
      await page.getByText('33', { exact: true }).waitFor()
      await sendNow(page)
      await page.getByText(/stock is now 33/).waitFor()
      assert.equal((await product.refresh()).stock, 33)
      await page.context().close()
    })
  }

  test('a live page goes to the login, but not away from what is typed', async ({
    assert,
    browser,
  }) => {
    const placed = await createOrder({ customer, product })
    const page = await openPage(browser)
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/orders/${placed.id}`)
    await page.locator('#news', { hasText: /./ }).waitFor({ state: 'attached' })
    await page.getByText('Decline', { exact: true }).first().click()
    await page.getByLabel('Reason').first().fill('Closed for Diwali')
    await endSessions()
    await page.getByText('Not connected since').waitFor()
    assert.equal(await page.getByLabel('Reason').first().inputValue(), 'Closed for Diwali')
    await page.getByRole('button', { name: 'Yes, decline' }).click()
    await page.waitForURL('**/login?*')
    await logIn(page, owner)
    await page.getByText('Closed for Diwali').waitFor()
    await sendNow(page)
    await page.locator('.state-now', { hasText: 'Declined' }).waitFor()
    assert.equal((await placed.refresh()).state, 'declined')
    await page.context().close()
  })
})
