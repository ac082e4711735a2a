import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type Product from '#models/product'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'

const PHONE = { viewport: { width: 360, height: 740 }, bypassCSP: true }

test.group('In the list of prices', (group) => {
  let owner: User
  let products: Product[]

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    const shop = await createShop({ ownerId: owner.id })
    products = []
    for (const name of ['Atta', 'Besan', 'Chana dal', 'Dalia']) {
      const some = { shopId: shop.id, unit: '1 kg', pricePaise: 40_00, stock: 20 }
      products.push(await createProduct({ ...some, name, nameHi: null, mrpPaise: 90_00 }))
    }
  })

  const openPrices = async (page: Page, query = '') => {
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/shops/${products[0].shopId}/prices${query}`)
  }

  const price = (page: Page, { id }: Product) => page.locator(`#p-${id}`)
  const said = (page: Page, { id }: Product) => page.locator(`#said-${id}`)
  const stored = async (product: Product) => (await product.refresh()).pricePaise

  test('Enter saves a price and goes to the following one, whose digits are typed over', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, PHONE)
    await openPrices(page)
    const [atta, besan, chana] = products
    await price(page, atta).click()
    for (const digits of ['42', '43', '44']) {
      await page.keyboard.type(digits)
      await page.keyboard.press('Enter')
    }
    await said(page, chana).getByText('Saved ₹44 (was ₹40)').waitFor()
    assert.deepEqual(await Promise.all([atta, besan, chana].map(stored)), [42_00, 43_00, 44_00])
    assert.equal(await page.evaluate('document.activeElement.id'), `p-${products[3].id}`)
    assert.deepEqual(await seriousFindings(page), [])
    await page.context().close()
  })

  test("the keyboard's Next goes past the stock, and a tap or a Tab goes to it", async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, PHONE)
    await openPrices(page)
    const [atta, besan] = products
    await price(page, atta).click()
    await page.evaluate(`document.getElementById('s-${atta.id}').focus()`)
    assert.equal(await page.evaluate('document.activeElement.id'), `p-${besan.id}`)
    await page.locator(`#s-${besan.id}`).click()
    assert.equal(await page.evaluate('document.activeElement.id'), `s-${besan.id}`)
    await price(page, atta).focus()
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.id'), `s-${atta.id}`)
    await page.keyboard.type('12')
    await page.keyboard.press('Enter')
    await said(page, atta).getByText('Stock saved: 12').waitFor()
    assert.equal((await atta.refresh()).stock, 12)
    await page.context().close()
  })

  test('Undo sets a price back, in its field too', async ({ assert, browser }) => {
    const page = await openPage(browser, PHONE)
    await openPrices(page)
    const [atta] = products
    await price(page, atta).fill('42')
    await price(page, atta).press('Enter')
    await said(page, atta).getByRole('button', { name: 'Undo' }).click()
    await said(page, atta).getByText('Saved ₹40 (was ₹42)').waitFor()
    assert.equal(await price(page, atta).inputValue(), '40')
    assert.equal(await stored(atta), 40_00)
    await page.context().close()
  })

  test('a price above the MRP is refused at its row, and stays typed', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, PHONE)
    await openPrices(page)
    const [atta] = products
    await price(page, atta).fill('95')
    await price(page, atta).press('Enter')
    await said(page, atta).locator('.field-error').waitFor()
    assert.equal(await price(page, atta).inputValue(), '95')
    assert.equal(await price(page, atta).getAttribute('aria-invalid'), 'true')
    assert.deepEqual(await seriousFindings(page), [])
    await price(page, atta).fill('85')
    await price(page, atta).press('Enter')
    await said(page, atta).getByText('Saved ₹85').waitFor()
    assert.isNull(await price(page, atta).getAttribute('aria-invalid'))
    await page.context().close()
  })

  test('a price that could not be sent stays typed and marked, and is sent again', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, PHONE)
    await openPrices(page)
    const [atta, besan] = products
    await page.context().setOffline(true)
    await price(page, atta).fill('42')
    await price(page, atta).press('Enter')
    await said(page, atta).getByText('Typed, not saved yet').waitFor()
    assert.equal(await price(page, atta).inputValue(), '42')
    assert.equal(await stored(atta), 40_00)
    await page.context().setOffline(false)
    await said(page, atta).getByText('Saved ₹42 (was ₹40)').waitFor()
    await price(page, besan).fill('43')
    await price(page, besan).press('Enter')
    await said(page, besan).getByText('Saved ₹43').waitFor()
    assert.equal(await stored(atta), 42_00)
    await page.context().close()
  })

  test('a price of a product that is gone is said to be, and not sent again', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, PHONE)
    await openPrices(page)
    const [atta, besan] = products
    await page.clock.install()
    await atta.delete()
    let requests = 0
    page.on('request', (request) => (requests += Number(request.url().includes('_method=PUT'))))
    await price(page, atta).fill('42')
    await price(page, atta).press('Enter')
    await said(page, atta).getByText('This product is gone').waitFor()
    assert.equal(await price(page, atta).inputValue(), '42')
    await price(page, besan).fill('43')
    await price(page, besan).press('Enter')
    await page.clock.runFor(30_000)
    await said(page, besan).getByText('Saved ₹43').waitFor()
    assert.equal(requests, 2)
    await page.context().close()
  })

  test('a price that is not allowed to be saved is not sent again by itself', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, PHONE)
    await openPrices(page)
    await page.clock.install()
    let requests = 0
    page.on('request', (request) => (requests += Number(request.url().includes('_method=PUT'))))
    await page.route('**/prices?_method=PUT', (route) =>
      route.fulfill({ status: 403, body: '<p id="error">No</p>' })
    )
    const [atta] = products
    await price(page, atta).fill('42')
    await price(page, atta).press('Enter')
    await said(page, atta).getByText('Typed, not saved yet').waitFor()
    await page.clock.runFor(30_000)
    await page.unrouteAll()
    await said(page, atta).getByRole('button', { name: 'Send again' }).click()
    await said(page, atta).getByText('Saved ₹42').waitFor()
    assert.equal(requests, 2)
    await page.context().close()
  })

  test('prices of a row that are typed faster than they are answered end with the last one', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, PHONE)
    await openPrices(page)
    const [atta] = products
    let requests = 0
    await page.route('**/prices?_method=PUT', async (route) => {
      const wait = requests++ === 0 ? 600 : 0
      await new Promise((resolve) => setTimeout(resolve, wait))
      await route.continue()
    })
    for (const typed of ['41', '42', '43']) {
      await price(page, atta).fill(typed)
      await price(page, atta).press('Enter')
    }
    await said(page, atta).getByText('Saved ₹43 (was ₹41)').waitFor()
    assert.equal(await stored(atta), 43_00)
    assert.equal(requests, 2)
    assert.equal(await price(page, atta).inputValue(), '43')
    await page.context().close()
  })

  const longList = async (page: Page) => {
    const [{ shopId }] = products
    await db.rawQuery(
      `INSERT INTO products (shop_id, name, unit, price_paise, stock)
       SELECT ?, 'Product ' || (1000 + n), '1 kg', 4000, 5 FROM generate_series(1, 130) AS n`,
      [shopId]
    )
    await logIn(page, owner)
  }
  const focused = (page: Page) => page.evaluate('document.activeElement.id')
  const prices = (page: Page) => page.locator('.price-input')

  test('Enter goes on to rows that were not loaded yet, and each row comes once', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, PHONE)
    await longList(page)
    let release = () => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/prices?after=*', async (route) => {
      await released
      await route.continue()
    })
    await page.goto(`${ORIGIN}/owner/shops/${products[0].shopId}/prices`)
    const loaded = await prices(page).count()
    const last = prices(page).nth(loaded - 1)
    await last.click()
    await page.keyboard.type('41')
    await page.keyboard.press('Enter')
    await page.keyboard.type('9')
    await page.getByText('Saved ₹41').waitFor()
    assert.equal(await last.inputValue(), '41')
    release()
    await prices(page).nth(loaded).and(page.locator(':focus')).waitFor()
    await page.keyboard.type('42')
    await page.keyboard.press('Enter')
    await page.getByText('Saved ₹42').waitFor()
    await prices(page).nth(124).focus()
    await prices(page).nth(133).waitFor()
    const ids = await page.evaluate(
      `[...document.querySelectorAll('.price-input')].map(({ id }) => id)`
    )
    assert.lengthOf(new Set(ids as string[]), 134)
    assert.lengthOf(ids as string[], 134)
    assert.deepEqual(await seriousFindings(page), [])
    await page.context().close()
  })

  test('a price whose following rows do not come can be typed again, and Enter asks again', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, PHONE)
    await longList(page)
    let isAway = true
    await page.route('**/prices?after=*', (route) => (isAway ? route.abort() : route.continue()))
    await page.goto(`${ORIGIN}/owner/shops/${products[0].shopId}/prices`)
    const loaded = await prices(page).count()
    const last = prices(page).nth(loaded - 1)
    await last.click()
    await page.keyboard.press('Enter')
    await price(page, products[0]).click()
    await last.fill('43')
    assert.equal(await last.inputValue(), '43')
    isAway = false
    await last.press('Enter')
    await prices(page).nth(loaded).and(page.locator(':focus')).waitFor()
    assert.equal(await focused(page), await prices(page).nth(loaded).getAttribute('id'))
    await page.context().close()
  })

  test('without JavaScript all rows are saved with one button', async ({ assert, browser }) => {
    const page = await openPage(browser, { ...PHONE, javaScriptEnabled: false })
    await openPrices(page, '?whole=1')
    await page.getByText('then press “Save prices”').waitFor()
    const [atta, besan] = products
    await price(page, atta).fill('42')
    await price(page, besan).fill('95')
    await page.getByRole('button', { name: 'Save prices' }).click()
    await page.getByText('1 row was not saved').waitFor()
    assert.equal(await price(page, besan).inputValue(), '95')
    await price(page, besan).fill('45')
    await page.getByRole('button', { name: 'Save prices' }).click()
    await page.getByText('1 row saved.').waitFor()
    assert.deepEqual([await stored(atta), await stored(besan)], [42_00, 45_00])
    await page.context().close()
  })
})
