import { test } from '@japa/runner'
import { openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct } from '#tests/helpers/factories'

test.group('Taps in the cart', (group) => {
  group.each.setup(emptyDatabase)

  test('all count, however late the answers come', async ({ assert, browser }) => {
    const product = await createProduct({ name: 'Besan' })
    const page = await openPage(browser)
    await page.goto(`${ORIGIN}/shops/${product.shopId}`)
    await page.locator(`#add-${product.id}`).click()
    await page.locator('#cart-badge', { hasText: '1' }).waitFor()
    await page.goto(`${ORIGIN}/cart`)
    await page.route('**/cart/items/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700))
      await route.continue()
    })
    for (let tap = 0; tap < 6; tap++) {
      await page.locator(`#more-${product.id}`).click()
      await page.waitForTimeout(250)
    }
    const quantity = page.locator('.line .quantity')
    await quantity.filter({ hasText: '7' }).waitFor()
    await page.waitForTimeout(900)
    assert.match((await quantity.textContent())!, /7\s*$/)
    await page.context().close()
  }).timeout(30_000)

  test('all count on the page of the shop too, each at its product', async ({
    assert,
    browser,
  }) => {
    const besan = await createProduct({ name: 'Besan', stock: 50 })
    const poha = await createProduct({ name: 'Poha', shopId: besan.shopId, stock: 50 })
    const page = await openPage(browser)
    await page.goto(`${ORIGIN}/shops/${besan.shopId}`)
    await page.route('**/cart/items', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700))
      await route.continue()
    })
    for (let tap = 0; tap < 6; tap++) {
      await page.locator(`#add-${besan.id}`).click()
      if (tap < 2) await page.locator(`#add-${poha.id}`).click()
      await page.waitForTimeout(100)
    }
    await page.locator('#cart-badge', { hasText: '8' }).waitFor()
    await page.goto(`${ORIGIN}/cart`)
    const quantities = await page.locator('.line .quantity').allTextContents()
    assert.sameMembers(
      quantities.map((text) => /\d+\s*$/.exec(text)?.[0].trim()),
      ['6', '2']
    )
    await page.context().close()
  }).timeout(30_000)
})
