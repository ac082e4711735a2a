import { test } from '@japa/runner'
import { openPage, logIn, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, PASSWORD } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'

test.group('The language switch', (group) => {
  group.each.setup(emptyDatabase)

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

    test(`is not what Enter in a field presses, ${how}`, async ({ assert, browser }) => {
      const { username } = await createOwner()
      const page = await openPage(browser, { javaScriptEnabled })
      await page.goto(`${ORIGIN}/login`)
      await page.fill('[name=username]', username)
      await page.fill('[name=password]', PASSWORD)
      await page.press('[name=password]', 'Enter')
      await page.waitForURL((url) => url.pathname !== '/login')
      assert.equal(await page.locator('html').getAttribute('lang'), 'en')
      await page.context().close()
    })
  }

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

    test(`keeps what was typed and not sent, ${how}`, async ({ assert, browser }) => {
      const page = await openPage(browser, { javaScriptEnabled })
      await page.goto(`${ORIGIN}/register/customer`)
      await page.fill('[name=full_name]', 'Asha Verma')
      await page.fill('[name=password]', 'Pass@1234')
      await page.locator('header button[lang=hi]').click()
      await page.locator('html[lang=hi]').waitFor()
      assert.equal(await page.inputValue('[name=full_name]'), 'Asha Verma')
      assert.equal(await page.inputValue('[name=password]'), '')
      await page.locator('header button[lang=en]').click()
      await page.locator('html[lang=en]').waitFor()
      assert.equal(await page.inputValue('[name=full_name]'), 'Asha Verma')
      await page.context().close()
    })
  }

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'

    test(`keeps a list, its columns and its corrections, ${how}`, async ({ assert, browser }) => {
      const owner = await createOwner()
      const shop = await createShop({ ownerId: owner.id })
      const page = await openPage(browser, { javaScriptEnabled })
      const switchTo = async (locale: 'en' | 'hi') => {
        await page.locator(`header button[lang=${locale}]`).click()
        await page.locator(`html[lang=${locale}]`).waitFor()
      }
      await logIn(page, owner)
      await page.goto(`${ORIGIN}/owner/shops/${shop.id}/product-imports/create`)
      await page.fill('[name=csv]', 'a,b,c,d\nBesan,1 kg,free,5\nPoha,1 kg,dear,5')
      await switchTo('hi')
      assert.match(await page.inputValue('[name=csv]'), /^a,b,c,d\s+Besan/)
      await page.locator('#import-form button').click()

      const columns = page.locator('#columns select')
      for (const [at, field] of ['name', 'unit', 'price', 'stock'].entries()) {
        await columns.nth(at).selectOption(field)
      }
      await switchTo('en')
      assert.equal(await columns.nth(3).inputValue(), 'stock')
      await page.locator('#columns-form button').click()

      await page.fill('#price-2', '52')
      await page.fill('#price-3', 'cheap')
      await switchTo('hi')
      const errors = page.locator('#corrections-form input:not([type=hidden])')
      const shown = await errors.evaluateAll((inputs) => inputs.map((each: any) => each.value))
      assert.deepEqual(shown, ['cheap'])
      await page.context().close()
    })
  }

  test('sends the form that something was typed in', async ({ assert, browser }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const page = await openPage(browser)
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/shops/${shop.id}/khatas`)
    await page.fill('[name=code_limit]', '250')
    await page.locator('header button[lang=hi]').click()
    await page.locator('html[lang=hi]').waitFor()
    assert.equal(await page.inputValue('[name=code_limit]'), '250')

    await page.goto(`${ORIGIN}/owner/shops/${shop.id}/products/create`)
    await page.fill('#new-name', 'Toor Dal')
    await page.locator('header button[lang=en]').click()
    await page.locator('html[lang=en]').waitFor()
    assert.equal(await page.inputValue('#new-name'), 'Toor Dal')
    await page.context().close()
  })

  test('opens only the form that something was typed in', async ({ assert, browser }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const product = await createProduct({ shopId: shop.id })
    const order = await createOrder({ product })
    const page = await openPage(browser)
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/orders/${order.id}`)
    await page.getByText('Cancel order', { exact: true }).click()
    await page.locator('#cancel-form [name=reason]').fill('Closed for Diwali')
    await page.locator('header button[lang=hi]').click()
    await page.locator('html[lang=hi]').waitFor()
    const reason = page.locator('[name=reason]:visible')
    assert.equal(await reason.count(), 1)
    assert.equal(await page.inputValue('#cancel-form [name=reason]'), 'Closed for Diwali')
    await page.context().close()
  })
})
