import { test } from '@japa/runner'
import type { Dialog, Page } from 'playwright'
import type Product from '#models/product'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'

const PHONE = { viewport: { width: 360, height: 640 }, bypassCSP: true }

test.group("In the owner's list of products", (group) => {
  let owner: User
  let besan: Product
  let poha: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    const shop = await createShop({ ownerId: owner.id })
    const some = { shopId: shop.id, stock: 10, brand: 'Rajdhani', category: 'dals' as const }
    besan = await createProduct({ ...some, name: 'Besan', pricePaise: 5_200 })
    poha = await createProduct({ ...some, name: 'Poha', pricePaise: 4_000 })
  })

  const openShop = async (page: Page) => {
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/shops/${besan.shopId}`)
  }

  const stock = (page: Page, { id }: Product) => page.locator(`#stock-${id}`)
  const mark = (page: Page, { id }: Product) => page.locator(`#unset-${id}`)

  /** Types without leaving the field. */
  const type = async (page: Page, product: Product, text: string) => {
    await stock(page, product).click()
    await stock(page, product).press('ControlOrMeta+a')
    await stock(page, product).pressSequentially(text)
  }

  test('a stock that was typed and not saved is marked and said, and outlives other rows', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser, PHONE)
    await openShop(page)
    await type(page, besan, '40')
    await mark(page, besan).waitFor()
    assert.equal(await mark(page, besan).innerText(), 'Typed, not saved yet')
    await stock(page, poha).focus()
    await page
      .locator('#status', { hasText: /Stock: Besan: Typed, not saved yet/ })
      .waitFor({ state: 'attached' })
    assert.deepEqual(await seriousFindings(page), [])

    await stock(page, poha).fill('12')
    await page.locator(`#put-${poha.id}`).click()
    await page.locator(`#stock-${poha.id}[value="12"]`).waitFor()
    await mark(page, poha).waitFor({ state: 'hidden' })
    await page.locator(`#more-${besan.id}`).click()
    await page.locator(`#stock-${besan.id}[value="11"]`).waitFor()
    assert.equal(await stock(page, besan).inputValue(), '40')
    assert.isTrue(await mark(page, besan).isVisible())

    await page.locator(`#put-${besan.id}`).click()
    await page.locator(`#stock-${besan.id}[value="40"]`).waitFor()
    await mark(page, besan).waitFor({ state: 'hidden' })
    assert.equal((await besan.refresh()).stock, 40)
    assert.equal((await poha.refresh()).stock, 12)
    await page.context().close()
  })

  test('it is there again after a search, and in the form of its row', async ({
    assert,
    browser,
  }) => {
    const page = await openPage(browser)
    await openShop(page)
    await type(page, besan, '40')
    await page.locator('#q').fill('poha')
    await stock(page, besan).waitFor({ state: 'detached' })
    await page.locator('#q').fill('')
    await stock(page, besan).waitFor()
    assert.equal(await stock(page, besan).inputValue(), '40')
    await mark(page, besan).waitFor()

    await page.getByRole('link', { name: /^Edit.*Besan/ }).click()
    const field = page.locator(`#product-${besan.id} [name=stock]`)
    await field.waitFor()
    assert.equal(await field.inputValue(), '40')
    await page.locator(`#product-${besan.id} form button`).first().click()
    await page.locator(`#stock-${besan.id}[value="40"]`).waitFor()
    await mark(page, besan).waitFor({ state: 'hidden' })
    assert.equal((await besan.refresh()).stock, 40)
    await page.context().close()
  })

  test('leaving the page asks, but not when all is saved', async ({ assert, browser }) => {
    const page = await openPage(browser)
    await openShop(page)
    const asked: string[] = []
    page.on('dialog', async (dialog: Dialog) => {
      asked.push(dialog.type())
      await dialog.dismiss()
    })
    await type(page, besan, '40')
    await page.getByRole('link', { name: 'My shops' }).first().click()
    await page.waitForFunction('document.querySelector("#put-' + besan.id + '")')
    assert.deepEqual(asked, ['beforeunload'])
    assert.equal(await stock(page, besan).inputValue(), '40')
    await type(page, besan, '10')
    await page.getByRole('link', { name: 'My shops' }).first().click()
    await page.waitForURL('**/owner/shops')
    assert.deepEqual(asked, ['beforeunload'])
    await page.context().close()
  })

  test('a stock that is refused stays as it was typed', async ({ assert, browser }) => {
    const page = await openPage(browser)
    await openShop(page)
    await type(page, besan, '40')
    await besan.merge({ stock: 7 }).save()
    await page.locator(`#put-${besan.id}`).click()
    await page.getByText('it is now “7”, you typed “40”').first().waitFor()
    assert.equal(await stock(page, besan).inputValue(), '40')
    assert.isTrue(await mark(page, besan).isVisible())
    await page.context().close()
  })

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with' : 'without'
    test(`the field that was tapped has the focus, ${how} JavaScript`, async ({
      assert,
      browser,
    }) => {
      const page = await openPage(browser, { ...PHONE, javaScriptEnabled })
      await openShop(page)
      const row = page.locator(`#product-${besan.id}`)
      for (const [text, field] of [
        ['₹52', 'price'],
        ['Besan', 'name'],
        [/Rajdhani/, 'brand'],
      ] as const) {
        await page.goto(`${ORIGIN}/owner/shops/${besan.shopId}`)
        await row.getByText(text).first().click()
        await page.locator(`[name=${field}]:focus`).waitFor()
        if (javaScriptEnabled) assert.deepEqual(await seriousFindings(page), [])
      }
      await page.context().close()
    })
  }

  test('the price is in view on a phone when a row is edited', async ({ assert, browser }) => {
    for (let n = 0; n < 6; n++) await createProduct({ shopId: besan.shopId, name: `Dal ${n}` })
    const page = await openPage(browser, PHONE)
    await openShop(page)
    for (const product of [besan, poha]) {
      await page.goto(`${ORIGIN}/owner/shops/${besan.shopId}`)
      await page.locator(`#product-${product.id}`).getByRole('link', { name: /^Edit/ }).click()
      await page.locator(`#product-${product.id} [name=name]:focus`).waitFor()
      const { y, height } = (await page
        .locator(`#product-${product.id} [name=price]`)
        .boundingBox())!
      assert.isAtLeast(y, 0)
      assert.isAtMost(y + height, 640)
    }
    await page.context().close()
  })
})
