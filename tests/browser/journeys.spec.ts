import { test } from '@japa/runner'
import type { Page } from 'playwright'
import Product from '#models/product'
import Shop from '#models/shop'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'

const ORIGIN = `http://127.0.0.1:${process.env.PORT}`

async function register(page: Page, role: string, username: string, fullName: string) {
  await page.goto(`${ORIGIN}/register/${role}`)
  const values = {
    username,
    password: 'Pass@1234',
    password_confirmation: 'Pass@1234',
    full_name: fullName,
    address: '12 MG Road, Indore 452001',
    mobile: '9876543210',
  }
  for (const [name, value] of Object.entries(values)) await page.fill(`[name=${name}]`, value)
  await page.locator('form[action*="/register/"] button').last().click()
  await page.waitForURL((url) => !url.pathname.startsWith('/register'))
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

  test.group(`Journeys ${how}`, (group) => {
    group.each.setup(emptyDatabase)

    test('a customer finds a shop, searches, registers and fills a cart', async ({ browser }) => {
      const shop = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
      await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5200 })
      await createProduct({
        shopId: shop.id,
        name: 'Toor Dal',
        nameHi: 'तूर दाल',
        pricePaise: 16000,
      })
      const context = await browser.newContext({ javaScriptEnabled, locale: 'en-IN' })
      const page = await context.newPage()
      page.setDefaultTimeout(8_000)

      await page.goto(`${ORIGIN}/shops`)
      await page
        .getByRole('link', { name: /Gupta Kirana/ })
        .first()
        .click()
      await page.waitForURL(`**/shops/${shop.id}`)
      const besan = page.locator('li', { hasText: 'Besan' })
      await besan.getByRole('button', { name: /Add/ }).click()
      await page.locator('#cart-badge', { hasText: '1' }).waitFor()

      await page.goto(`${ORIGIN}/search`)
      const box = page.locator('main input[name=q]').first()
      await box.fill('toor')
      await box.press('Enter')
      await page.getByText('Toor Dal').first().waitFor()

      await register(page, 'customer', 'asha', 'Asha Verma')
      await page.getByText('Asha Verma').first().waitFor()

      await page.goto(`${ORIGIN}/cart`)
      await page.getByRole('button', { name: /One more.*Besan/ }).click()
      await page.getByText('₹104').first().waitFor()
      await page.getByRole('button', { name: /Remove.*Besan/ }).click()
      await page.getByText('Besan', { exact: true }).first().waitFor({ state: 'detached' })
      await page.locator('#cart-badge', { hasText: '0' }).waitFor({ state: 'attached' })
      await context.close()
    })

    test('an owner opens a shop, sells in it and closes it', async ({ assert, browser }) => {
      const context = await browser.newContext({ javaScriptEnabled, locale: 'en-IN' })
      const page = await context.newPage()
      page.setDefaultTimeout(8_000)
      await register(page, 'shopowner', 'ramesh', 'Ramesh Gupta')

      await page.goto(`${ORIGIN}/owner/shops/create`)
      await page.fill('[name=name]', 'Gupta Kirana')
      await page.fill('[name=city]', 'Indore')
      await page.locator('form[action="/owner/shops"] button').click()
      await page.getByRole('heading', { name: 'Gupta Kirana' }).waitFor()
      const shop = await Shop.firstOrFail()

      const form = page.locator(`form[action="/owner/shops/${shop.id}/products"]`)
      await page.getByRole('link', { name: 'Add a product' }).click()
      await form.locator('[name=name]').fill('Besan')
      await form.locator('[name=unit]').fill('500 g')
      await form.locator('[name=price]').fill('10.999')
      await form.locator('[name=stock]').fill('20')
      await form.locator('button').click()
      await page.locator('[name=price][aria-invalid=true]').waitFor()
      assert.equal(await page.locator('[name=price]').first().inputValue(), '10.999')
      await page.locator('[name=price]').first().fill('52.50')
      await form.locator('button').click()
      await page.getByText('₹52.50').first().waitFor()
      const product = await Product.firstOrFail()

      await page.goto(`${ORIGIN}/owner/shops/${shop.id}`)
      await page.locator(`#more-${product.id}`).click()
      await page.locator(`#stock-${product.id}[value="21"]`).waitFor()

      await page.getByRole('link', { name: /Edit.*Besan/ }).click()
      const edit = page.locator(`form[action$="/products/${product.id}?_method=PUT"]`)
      await edit.locator('[name=price]').fill('48')
      await edit.locator('button').first().click()
      await page.getByText('₹48').first().waitFor()

      await page.goto(`${ORIGIN}/owner/shops/${shop.id}`)
      await page.getByRole('link', { name: /Edit.*Besan/ }).click()
      await page.locator('details.confirm summary').click()
      await page.locator('details.confirm button').click()
      await page.locator(`#product-${product.id}`).waitFor({ state: 'detached' })
      assert.isNull(await Product.first())
      await context.close()
    })
  })
}

test.group('With JavaScript', (group) => {
  group.each.setup(emptyDatabase)

  test('results appear while one types, and the address follows', async ({ browser }) => {
    await createProduct({ name: 'Basmati Rice' })
    const page = await (await browser.newContext({ locale: 'en-IN' })).newPage()
    page.setDefaultTimeout(8_000)
    await page.goto(`${ORIGIN}/search`)
    await page.locator('main input[name=q]').first().pressSequentially('basm', { delay: 30 })
    await page.getByText('Basmati Rice').first().waitFor()
    await page.waitForURL(/q=basm/)
    await page.context().close()
  })

  test('suggestions are chosen by the keyboard, and can be left alone', async ({
    assert,
    browser,
  }) => {
    const product = await createProduct({ name: 'Jeera', nameHi: 'जीरा' })
    const page = await (await browser.newContext({ locale: 'en-IN' })).newPage()
    page.setDefaultTimeout(8_000)
    await page.goto(`${ORIGIN}/`)
    const box = page.getByRole('combobox')
    await box.pressSequentially('jee', { delay: 30 })
    await page.getByRole('option', { name: /Jeera/ }).first().waitFor()
    assert.equal(await box.getAttribute('aria-expanded'), 'true')
    await box.press('Escape')
    assert.equal(await box.getAttribute('aria-expanded'), 'false')
    await box.press('ArrowDown')
    const chosen = await box.getAttribute('aria-activedescendant')
    assert.equal(await page.locator(`#${chosen}`).getAttribute('aria-selected'), 'true')
    await box.press('Enter')
    await page.waitForURL(/search\?q=Jeera/)
    await page.locator(`#buy-${product.id}`).waitFor()
    await page.context().close()
  })

  test('adding to the cart keeps the page and is announced', async ({ assert, browser }) => {
    const product = await createProduct({ name: 'Besan' })
    const page = await (await browser.newContext({ locale: 'en-IN' })).newPage()
    page.setDefaultTimeout(8_000)
    const loads: string[] = []
    await page.goto(`${ORIGIN}/shops/${product.shopId}`)
    page.on('load', () => loads.push(page.url()))
    await page.getByRole('button', { name: /Add/ }).first().click()
    await page.locator('#cart-badge', { hasText: '1' }).waitFor()
    await page.locator('#status', { hasText: 'Besan' }).waitFor({ state: 'attached' })
    assert.deepEqual(loads, [])
    await page.context().close()
  })
})
