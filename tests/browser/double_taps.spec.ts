import { openKhata } from '#tests/helpers/khatas'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright'
import KhataTransaction from '#models/khata_transaction'
import Order from '#models/order'
import type Product from '#models/product'
import Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import {
  createOwner,
  createProduct,
  createShop,
  createUser,
  PASSWORD,
} from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'

const ORIGIN = `http://127.0.0.1:${process.env.PORT}`

for (const javaScriptEnabled of [true, false]) {
  test.group(`Two quick taps ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, (group) => {
    let owner: User
    let customer: User
    let product: Product

    group.each.setup(async () => {
      await emptyDatabase()
      owner = await createOwner({ fullName: 'Ramesh Gupta' })
      customer = await createUser({ fullName: 'Asha Verma' })
      const shop = await createShop({ ownerId: owner.id })
      product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_200 })
    })

    const open = async (browser: Browser, user: User) => {
      const context = await browser.newContext({ locale: 'en-IN', javaScriptEnabled })
      const page = await context.newPage()
      page.setDefaultTimeout(8_000)
      await page.goto(`${ORIGIN}/login`)
      await page.fill('[name=username]', user.username)
      await page.fill('[name=password]', PASSWORD)
      return page
    }

    const logIn = async (page: Page) => {
      await page.locator('#session-form button').dblclick()
      await page.waitForURL((url) => !url.pathname.startsWith('/login'))
    }

    test('on Log in come in once, with the cart', async ({ assert, browser }) => {
      const page = await open(browser, customer)
      await page.goto(`${ORIGIN}/shops/${product.shopId}`)
      await page.getByRole('button', { name: /Add.*Besan/ }).click()
      await page.locator('#cart-badge', { hasText: '1' }).waitFor()
      await page.goto(`${ORIGIN}/login`)
      await page.fill('[name=username]', customer.username)
      await page.fill('[name=password]', PASSWORD)
      await logIn(page)
      await page.goto(`${ORIGIN}/cart`)
      assert.include(await page.locator('header').first().textContent(), 'Asha Verma')
      assert.include(await page.locator('main').textContent(), 'Besan')
      await page.context().close()
    })

    test('on Buy now and on Place order are one piece and one order', async ({
      assert,
      browser,
    }) => {
      const page = await open(browser, customer)
      await logIn(page)
      await page.goto(`${ORIGIN}/shops/${product.shopId}/products/${product.id}`)
      await page.getByRole('button', { name: /Buy now.*Besan/ }).dblclick()
      await page.getByRole('button', { name: /^Order for/ }).waitFor()
      assert.match(page.url(), /\/checkout\?quantity=1$/)
      await page.getByRole('button', { name: /^Order for/ }).dblclick()
      await page.getByRole('heading', { name: /Order \d+/ }).waitFor()
      assert.lengthOf(await Order.all(), 1)
      assert.equal((await product.refresh()).stock, 19)
      await page.context().close()
    })

    test('on settling a khata book one payment', async ({ assert, browser }) => {
      const { shopId } = product
      const khata = await openKhata(shopId, customer, 50_000)
      await createOrder({ customer, product, quantity: 3, paymentMethod: 'khata' })
      const page = await open(browser, owner)
      await logIn(page)
      await page.goto(`${ORIGIN}/owner/shops/${shopId}/khatas/${khata.id}`)
      await page.locator('#settlement-form [name=amount]').fill('10')
      await page.locator('#settlement-form [value=cash]').check()
      await page.locator('#settlement-form button').dblclick()
      await page.getByText('balance: ₹146').waitFor()
      assert.lengthOf(await KhataTransaction.query().where('kind', 'settlement'), 1)
      await page.context().close()
    })

    test('on Create shop and on Add product make one of each', async ({ assert, browser }) => {
      const page = await open(browser, owner)
      await logIn(page)
      await page.goto(`${ORIGIN}/owner/shops/create`)
      await page.locator('#shop-form [name=name]').fill('Sharma Kirana')
      await page.locator('#shop-form [name=city]').fill('Pune')
      await page.locator('#shop-form button').dblclick()
      await page.getByRole('heading', { name: 'Sharma Kirana' }).waitFor()
      assert.lengthOf(await Shop.query().where('name', 'Sharma Kirana'), 1)
      await page.getByRole('link', { name: 'Add a product' }).click()
      const form = page.locator('#product-form')
      for (const [name, value] of Object.entries({ unit: '1 kg', price: '40', stock: '5' })) {
        await form.locator(`[name=${name}]`).fill(value)
      }
      await form.locator('[name=name]').fill('Poha')
      await form.locator('button').dblclick()
      await page.locator('#products', { hasText: 'Poha' }).waitFor()
      assert.equal(await page.locator('.field-error').count(), 0)
      await page.context().close()
    })
  })
}
