import { test } from '@japa/runner'
import type { Page, Route } from 'playwright'
import type Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'
import { standbyCaughtUp } from '#tests/helpers/standby'

const ORIGIN = `http://127.0.0.1:${process.env.PORT}`

for (const javaScriptEnabled of [true, false]) {
  test.group(
    `First clicks in two tabs ${javaScriptEnabled ? 'with' : 'without'} JavaScript`,
    (group) => {
      let besan: Product
      let poha: Product

      group.each.setup(async () => {
        await emptyDatabase()
        const { id: shopId } = await createShop()
        besan = await createProduct({ shopId, name: 'Besan' })
        poha = await createProduct({ shopId, name: 'Poha' })
        await standbyCaughtUp()
      })

      test('at once and without any cookie end in one cart with both lines', async ({
        assert,
        browser,
      }) => {
        const context = await browser.newContext({ locale: 'en-IN', javaScriptEnabled })
        context.setDefaultTimeout(8_000)
        const open = async () => {
          const page = await context.newPage()
          await page.goto(`${ORIGIN}/shops/${besan.shopId}`)
          return page
        }
        const tabs = [await open(), await open()]
        await context.clearCookies()

        /** Neither is sent on before both are there. */
        const waiting: Route[] = []
        await context.route('**/cart/items', async (route) => {
          waiting.push(route)
          if (waiting.length === 2) await Promise.all(waiting.map((held) => held.continue()))
        })
        const added = async (page: Page, { name }: Product) => {
          await page.getByRole('button', { name: new RegExp(`Add.*${name}`) }).click()
          await page.locator('#cart-badge', { hasText: /[1-9]/ }).waitFor()
        }
        await Promise.all([added(tabs[0], besan), added(tabs[1], poha)])
        assert.lengthOf(waiting, 2)
        await context.unroute('**/cart/items')

        for (const page of tabs) {
          await page.goto(`${ORIGIN}/cart`)
          const text = await page.locator('main').textContent()
          assert.include(text, 'Besan')
          assert.include(text, 'Poha')
        }
        await tabs[0].getByRole('button', { name: /More.*Besan|One more.*Besan/ }).click()
        await tabs[0].locator('#cart-badge', { hasText: '3' }).waitFor()
        const cookies = await context.cookies()
        assert.lengthOf(
          cookies.filter(({ name }) => name.startsWith('cart_')),
          1
        )
        await tabs[1].reload()
        assert.include(await tabs[1].locator('#cart-badge').textContent(), '3')
        await context.close()
      })
    }
  )
}
