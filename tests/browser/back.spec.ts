import { test } from '@japa/runner'
import { announced } from '#tests/helpers/announcements'
import type { Page } from 'playwright'
import type Product from '#models/product'
import type User from '#models/user'
import { goBack, logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { eventually } from '#tests/helpers/eventually'
import { openKhata } from '#tests/helpers/khatas'
import { createOrder } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'

let owner: User
let customer: User
let product: Product

const shopPage = () => `${ORIGIN}/shops/${product.shopId}`
const ownShopPage = () => `${ORIGIN}/owner/shops/${product.shopId}`
const add = (page: Page) => page.getByRole('button', { name: /Add.*Besan/ }).click()
const badge = (page: Page, count: number) =>
  page.locator('#cart-badge', { hasText: String(count) }).waitFor()

async function marketplace() {
  await emptyDatabase()
  owner = await createOwner({ username: 'ramesh' })
  customer = await createUser({ username: 'asha', fullName: 'Asha Verma' })
  const shop = await createShop({ ownerId: owner.id })
  product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_200, stock: 10 })
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

  test.group(`Back ${how}`, (group) => {
    group.each.setup(marketplace)

    test('after Log out shows nothing of the person', async ({ assert, browser }) => {
      await openKhata(product.shopId, customer, 50_000)
      const order = await createOrder({ customer, product })
      const page = await openPage(browser, { javaScriptEnabled })
      await page.goto(shopPage())
      await logIn(page, customer)
      const paths = ['/khatas', '/orders', `/orders/${order.id}`, '/account', '/cart', '/shops']
      for (const path of paths) {
        await page.goto(ORIGIN + path)
        await page.getByText('Asha Verma').first().waitFor()
      }
      await page.getByRole('button', { name: 'Log out' }).click()
      await page.getByText('You are logged out').waitFor()
      for (const path of paths.reverse()) {
        await goBack(page, (url) => url.pathname === path || url.pathname === '/login')
        await page.getByRole('link', { name: 'Log in' }).waitFor()
        const text = await page.content()
        assert.notInclude(text, 'Asha', path)
        if (path !== '/shops') assert.notMatch(text, /Besan|Gupta Kirana/, path)
      }
      await page.context().close()
    })

    test('after another stock does not bring the old one back', async ({ assert, browser }) => {
      const page = await openPage(browser, { javaScriptEnabled })
      await logIn(page, owner)
      await page.goto(ownShopPage())
      await page.locator(`#stock-${product.id}[value="10"]`).waitFor()
      await product.merge({ stock: 13 }).save()
      await page.goto(`${ORIGIN}/owner/shops`)
      await goBack(page, ownShopPage())
      const stock = page.locator(`#stock-${product.id}`)
      if (javaScriptEnabled) await page.locator(`#stock-${product.id}[value="13"]`).waitFor()
      await stock.waitFor()
      await stock.press('Enter')
      await page
        .getByText(/stock is now 13|it is now “13”/)
        .first()
        .waitFor()
      assert.equal((await product.refresh()).stock, 13)
      await page.context().close()
    })

    test('after Add never leads to a cart that says less than it holds', async ({ browser }) => {
      const page = await openPage(browser, { javaScriptEnabled })
      await page.goto(shopPage())
      await add(page)
      await badge(page, 1)
      await page.goto(`${ORIGIN}/cart`)
      await goBack(page, (url) => url.href.startsWith(shopPage()))
      if (javaScriptEnabled) await badge(page, 1)
      await add(page)
      await badge(page, 2)
      await page.goto(`${ORIGIN}/cart`)
      await page.getByText('₹104').first().waitFor()
      await page.context().close()
    })

    test('to a cart that another tab changed does not set it back', async ({ browser }) => {
      const page = await openPage(browser, { javaScriptEnabled })
      await page.goto(shopPage())
      await add(page)
      await badge(page, 1)
      await page.goto(`${ORIGIN}/cart`)
      const other = await page.context().newPage()
      await other.goto(shopPage())
      for (const count of [2, 3]) {
        await add(other)
        await badge(other, count)
      }
      const more = page.getByRole('button', { name: /One more.*Besan/ })
      await more.click()
      await page.getByText('Your cart changed in another tab').waitFor()
      await page.getByText('₹156').first().waitFor()
      await more.click()
      await page.getByText('₹208').first().waitFor()
      await page.context().close()
    })
  })
}

test.group('A page that comes back', (group) => {
  group.each.setup(marketplace)

  test('shows the prices of now', async ({ assert, browser }) => {
    const page = await openPage(browser)
    await page.goto(shopPage())
    await page.getByText('₹52').waitFor()
    await product.merge({ pricePaise: 9_900 }).save()
    await eventually(async () => {
      assert.include((await new Visitor().visit(`/shops/${product.shopId}`)).text, '₹99')
    })
    await page.goto(`${ORIGIN}/cart`)
    await goBack(page, shopPage())
    await page.getByText('₹99').waitFor()
    await page.context().close()
  })

  /** What a browser says when it shows a page that it kept alive. */
  const comesBack = (page: Page) =>
    page.evaluate(`
      for (const name of ['pagehide', 'pageshow']) {
        dispatchEvent(new PageTransitionEvent(name, { persisted: true }))
      }
    `)

  test('shows the cart of now, and keeps what was opened', async ({ assert, browser }) => {
    const page = await openPage(browser, { viewport: { width: 360, height: 740 } })
    await page.goto(`${ORIGIN}/search?q=besan`)
    await page.locator('.filters-button summary').click()
    const other = await page.context().newPage()
    await other.goto(shopPage())
    await add(other)
    await badge(other, 1)
    assert.isTrue(await page.locator('#cart-badge').isHidden())
    await comesBack(page)
    await badge(page, 1)
    await page.locator(`#buy-${product.id} .in-cart`).waitFor()
    assert.isTrue(await page.locator('.facets h3').first().isVisible())
    await page.keyboard.press('Escape')
    await add(page)
    await badge(page, 2)
    await page.context().close()
  })

  test('keeps what was typed', async ({ assert, browser }) => {
    const page = await openPage(browser)
    await page.goto(`${ORIGIN}/`)
    const box = page.getByRole('combobox')
    await box.fill('bes')
    await page.getByRole('option', { name: /Besan/ }).first().waitFor()
    const other = await page.context().newPage()
    await other.goto(shopPage())
    await add(other)
    await badge(other, 1)
    await comesBack(page)
    await badge(page, 1)
    assert.equal(await box.inputValue(), 'bes')
    await box.fill('besa')
    await page.getByRole('option', { name: /Besan/ }).first().waitFor()
    await page.context().close()
  })

  test('is in the language that was chosen since', async ({ browser }) => {
    const page = await openPage(browser)
    await page.goto(shopPage())
    const other = await page.context().newPage()
    await other.goto(`${ORIGIN}/cart`)
    await other.getByRole('button', { name: 'हिंदी' }).click()
    await other.getByRole('button', { name: 'English' }).waitFor()
    await comesBack(page)
    await page.locator('html[lang=hi]').waitFor()
    await page.context().close()
  })

  test('knows who has logged in since', async ({ browser }) => {
    const page = await openPage(browser)
    await page.goto(shopPage())
    await logIn(await page.context().newPage(), customer)
    await comesBack(page)
    await page.getByText('Asha Verma').waitFor()
    await page.context().close()
  })

  test('is put away hidden when it is of a person, and comes from the server', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser)
    await logIn(page, customer)
    await page.goto(`${ORIGIN}/orders`)
    await page.evaluate(`dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))`)
    assert.isFalse(await page.getByText('Asha Verma').isVisible())
    await customer.endSessions()
    await announced()
    await page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`)
    await page.waitForURL('**/login?*')
    await page.context().close()
  })
})
