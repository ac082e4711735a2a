import { test } from '@japa/runner'
import CounterSale from '#models/counter_sale'
import type Khata from '#models/khata'
import type Order from '#models/order'
import type Shop from '#models/shop'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openByName } from '#tests/helpers/named_khatas'
import { createOrder } from '#tests/helpers/orders'
import { sizesOf, textOf } from '#tests/helpers/pdf'

const PHONE = { viewport: { width: 360, height: 740 } }

test.group('At the counter', (group) => {
  let owner: User
  let shop: Shop
  let khata: Khata
  let order: Order

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    khata = await openByName(shop.id, { name: 'Ramesh' })
    const product = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_200 })
    order = await createOrder({ customer: await createUser(), product, quantity: 2 })
  })

  for (const javaScriptEnabled of [true, false]) {
    test(`a sale is three taps ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
      assert,
      browser,
    }) => {
      const page = await openPage(browser, { ...PHONE, javaScriptEnabled })
      await logIn(page, owner)
      await page.goto(`${ORIGIN}/owner/shops/${shop.id}/counter`)
      await page.fill('#amount', '120')
      await page.getByRole('button', { name: 'Cash', exact: true }).click()
      await page.getByText('₹120 in cash noted').waitFor()
      assert.equal((await CounterSale.firstOrFail()).payment, 'cash')

      await page.fill('#amount', '80')
      await page.selectOption('#khata_id', khata.id)
      await page.getByRole('button', { name: 'Write on khata' }).click()
      await page.getByText('₹80 written on the khata').waitFor()
      assert.equal(await khata.balancePaise(), 8_000)

      await page.locator('#counter-form summary').click()
      if (javaScriptEnabled) await page.getByRole('button', { name: 'One more: Besan' }).click()
      else await page.locator('[id="items.0.quantity"]').fill('1')
      await page.getByRole('button', { name: 'UPI', exact: true }).click()
      await page.getByText('₹52 by UPI noted').waitFor()

      await page.getByRole('button', { name: /Undo.*₹80/ }).click()
      await page.getByText('Sale undone').waitFor()
      assert.equal(await khata.balancePaise(), 0)
      assert.equal(await page.evaluate<number>('document.documentElement.scrollWidth'), 360)
      if (javaScriptEnabled) assert.deepEqual(await seriousFindings(page), [])
    })
  }

  for (const [paper, width] of [
    ['a4', 210],
    ['80', 80],
    ['58', 58],
  ] as const) {
    test(`a packing slip is printed whole on ${paper}`, async ({ assert, browser }) => {
      const page = await openPage(browser, PHONE)
      await logIn(page, owner)
      const path = `${ORIGIN}/owner/orders/${order.id}/packing-slip`
      await page.goto(`${path}?paper=${paper}`)
      await page.goto(path)
      await page.emulateMedia({ media: 'print' })
      const pdf = await page.pdf({ preferCSSPageSize: true })
      for (const size of await sizesOf(pdf)) assert.closeTo(size.width, width, 1)
      const said = (await textOf(pdf)).replace(/\s+/g, ' ')
      for (const text of [order.customerName, order.mobile, 'Besan', 'Collect ₹104']) {
        assert.include(said, text)
      }
      assert.notInclude(said, 'Print')
      await page.setViewportSize({ width: Math.round((width * 96) / 25.4), height: 1000 })
      const cut = await page.evaluate<number>(
        `[...document.querySelectorAll('main *')].filter(
          (part) => part.getBoundingClientRect().right > innerWidth
        ).length`
      )
      assert.equal(cut, 0)
    })
  }

  test('a button prints the slip where there is JavaScript', async ({ assert, browser }) => {
    const page = await openPage(browser, PHONE)
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/orders/${order.id}/packing-slip`)
    await page.evaluate('window.print = () => { document.title = "printed" }')
    await page.getByRole('button', { name: 'Print' }).click()
    assert.equal(await page.title(), 'printed')
    assert.deepEqual(await seriousFindings(page), [])
  })
})
