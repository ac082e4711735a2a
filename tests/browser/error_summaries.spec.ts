import { test } from '@japa/runner'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop } from '#tests/helpers/factories'

test.group('Error summaries', (group) => {
  group.each.setup(emptyDatabase)

  test('have the focus, and lead to the fields, of a page and of a part', async ({ browser }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const page = await openPage(browser)
    await page.goto(`${ORIGIN}/register/customer`)
    await page.locator('#account-form .button').click()
    await page.locator('.summary:focus').waitFor()
    await page.locator('.summary a').first().click()
    await page.locator('#full_name:focus').waitFor()

    await page.goto(`${ORIGIN}/login`)
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/shops/${shop.id}/products/create`)
    await page.locator('#product-form .button').first().click()
    await page.locator('.summary:focus').waitFor()
    await page.locator('.summary a').first().click()
    await page.locator('#new-name:focus').waitFor()
    await page.context().close()
  })
})
