import { test } from '@japa/runner'
import type { Page } from 'playwright'
import type Order from '#models/order'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'

const PHONE = { width: 320, height: 640 }

test.group('Weighing an order', (group) => {
  let owner: User
  let customer: User
  let order: Order

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    customer = await createUser({ username: 'asha' })
    const shop = await createShop({ ownerId: owner.id })
    const besan = await createProduct({
      shopId: shop.id,
      name: 'Besan',
      soldAs: 'loose',
      measure: 'weight',
      unit: 'kg',
      pricePaise: 10_000,
      stock: 5_000,
    })
    order = await createOrder({ customer, product: besan, quantity: 1_000 })
    await order.move('accept', owner)
  })

  const widthOf = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth')

  for (const javaScriptEnabled of [true, false]) {
    test(`is a talk between owner and customer ${javaScriptEnabled ? 'on live pages' : 'without JavaScript'}`, async ({
      assert,
      browser,
    }) => {
      const options = { viewport: PHONE, bypassCSP: true, javaScriptEnabled }
      const seller = await openPage(browser, options)
      const buyer = await openPage(browser, options)
      await logIn(seller, owner)
      await logIn(buyer, customer)
      await seller.goto(`${ORIGIN}/owner/orders/${order.id}`)
      await buyer.goto(`${ORIGIN}/orders/${order.id}`)
      const meanwhile = (page: Page) => (javaScriptEnabled ? null : page.reload())

      const weight = seller.getByLabel('Besan on the scale')
      await weight.fill('1.3')
      await weight.press('Enter')
      await seller.getByText('has not answered yet').waitFor()
      assert.isTrue(await seller.getByRole('button', { name: 'Mark packed' }).isDisabled())

      await meanwhile(buyer)
      await buyer.getByText('The shop has weighed 1.3 kg, you ordered 1 kg').waitFor()
      for (const page of [seller, buyer]) {
        assert.isAtMost(await widthOf(page), PHONE.width)
        if (javaScriptEnabled) assert.deepEqual(await seriousFindings(page), [])
      }
      await buyer.getByRole('button', { name: /^Yes, 1.3 kg for ₹130/ }).click()
      await buyer.getByText('Ordered 1 kg, packed 1.3 kg').waitFor()

      await meanwhile(seller)
      await seller.getByText('Ordered 1 kg, packed 1.3 kg').waitFor()
      await weight.fill('1.04')
      await seller.getByRole('button', { name: /^Save/ }).click()
      await seller.getByText('Ordered 1 kg, packed 1.04 kg').waitFor()
      await seller.getByRole('button', { name: 'Mark packed' }).click()
      await seller.getByText('Order packed').waitFor()
      await meanwhile(buyer)
      await buyer.getByText('Ordered 1 kg, packed 1.04 kg').waitFor()
      assert.equal((await order.refresh()).totalPaise, 10_400)
      for (const page of [seller, buyer]) await page.context().close()
    })
  }
})
