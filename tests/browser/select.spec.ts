import { test } from '@japa/runner'
import type Product from '#models/product'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'

const PHONE = { viewport: { width: 360, height: 740 }, bypassCSP: true }

for (const javaScriptEnabled of [true, false]) {
  test.group(`Selecting products, JavaScript ${javaScriptEnabled}`, (group) => {
    let owner: User
    let products: Product[]

    group.each.setup(async () => {
      await emptyDatabase()
      owner = await createOwner({ username: 'ramesh' })
      const { id: shopId } = await createShop({ ownerId: owner.id })
      products = []
      for (const name of ['Atta', 'Besan', 'Chana dal']) {
        products.push(await createProduct({ shopId, name, stock: 20 }))
      }
    })

    test('works with the keyboard, says how many, and is undone', async ({ assert, browser }) => {
      const page = await openPage(browser, { ...PHONE, javaScriptEnabled })
      await logIn(page, owner)
      await page.goto(`${ORIGIN}/owner/shops/${products[0].shopId}`)
      const box = (name: string) => page.getByRole('checkbox', { name, exact: true })
      const out = page.getByRole('button', { name: 'Out of stock', exact: true })
      assert.isFalse(await out.isVisible())
      await box('Atta').press('Space')
      await box('Besan').press('Space')
      await out.waitFor()
      if (javaScriptEnabled) {
        await page.getByText('2 selected', { exact: true }).waitFor()
        await page.getByLabel('Select all').check()
        await page.getByText('3 selected', { exact: true }).waitFor()
        await box('Chana dal').uncheck()
        await page.getByText('2 selected', { exact: true }).waitFor()
        assert.deepEqual(await seriousFindings(page), [])
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 360)
      }
      await out.press('Enter')
      await page.getByText('2 products are out of stock now').waitFor()
      const stocks = () => Promise.all(products.map(async (one) => (await one.refresh()).stock))
      assert.deepEqual(await stocks(), [0, 0, 20])
      await page.getByRole('button', { name: 'Undo' }).press('Enter')
      await page.getByText('2 products are as before.').waitFor()
      assert.deepEqual(await stocks(), [20, 20, 20])
      await page.context().close()
    })
  })
}
