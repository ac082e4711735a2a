import { test } from '@japa/runner'
import type { Page } from 'playwright'
import Bill from '#models/bill'
import Order from '#models/order'
import Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { textOf } from '#tests/helpers/pdf'
import { standbyCaughtUp } from '#tests/helpers/standby'

const SAID = {
  'en-IN': { worth: '₹20 gives 160 g', ordered: '250 g', packed: '270 g' },
  'hi-IN': { worth: '₹20 में 160 ग्राम', ordered: '250 ग्राम', packed: '270 ग्राम' },
} as const

for (const javaScriptEnabled of [true, false]) {
  for (const locale of ['en-IN', 'hi-IN'] as const) {
    const said = SAID[locale]

    test.group(`A day at a kirana, JavaScript ${javaScriptEnabled}, ${locale}`, (group) => {
      let owner: User
      let customer: User
      let shop: Shop
      let sugar: Product

      group.each.timeout(120_000)
      group.each.setup(async () => {
        await emptyDatabase()
        owner = await createOwner()
        customer = await createUser()
        shop = await createShop({ ownerId: owner.id })
        sugar = await createProduct({
          ...{ shopId: shop.id, name: 'Sugar', nameHi: 'चीनी', soldAs: 'loose', measure: 'weight' },
          ...{ pricePaise: 12_500, stock: 5_000 },
        })
      })
      group.teardown(emptyDatabase)

      test('goods are listed loose, bought by weight and rupee, weighed, delivered and billed', async ({
        assert,
        browser,
      }) => {
        const options = { javaScriptEnabled, locale, viewport: { width: 360, height: 740 } }
        const seller = await openPage(browser, options)
        const buyer = await openPage(browser, options)
        const isClean = async (page: Page) => {
          if (javaScriptEnabled) assert.deepEqual(await seriousFindings(page), [], page.url())
        }

        await logIn(seller, owner)
        await seller.goto(`${ORIGIN}/owner/shops/${shop.id}/products/create`)
        await seller.fill('[name=name]', 'Toor Dal')
        await seller.fill('[name=name_hi]', 'तूर दाल')
        await seller.check('[name=sold_as][value=loose]')
        await seller.fill('[name=price]', '125')
        await seller.fill('[name=stock]', '5 kg')
        await isClean(seller)
        await seller.locator('main form button:not([name])').last().click()
        await seller.locator('#products li', { hasText: 'Toor Dal' }).waitFor()
        const dal = await Product.findByOrFail('name', 'Toor Dal')
        assert.deepEqual([dal.soldAs, dal.measure, dal.stock], ['loose', 'weight', 5_000])
        await standbyCaughtUp()

        await logIn(buyer, customer)
        await buyer.goto(`${ORIGIN}/shops/${shop.id}`)
        await buyer.locator(`#buy-${dal.id} summary`).click()
        await buyer.locator(`#buy-${dal.id} .preset[value="250"]`).click()
        await buyer.locator(`#buy-${dal.id} .in-cart`).waitFor()
        await buyer.locator(`#buy-${sugar.id} summary`).click()
        await buyer.locator(`#buy-${sugar.id} [name=amount]`).fill('₹20')
        await buyer.locator(`#buy-${sugar.id} [name=amount]`).press('Enter')
        await buyer.getByText(said.worth).first().waitFor()
        await buyer.goto(`${ORIGIN}/shops/${shop.id}/checkout`)
        await isClean(buyer)
        await buyer.locator('#checkout-form button.button-wide').click()
        await buyer.waitForURL(/\/orders\//)
        await buyer.getByText('₹51.25').first().waitFor()

        const order = await Order.query().preload('items').firstOrFail()
        const item = order.items.find(({ productId }) => productId === dal.id)!
        await seller.goto(`${ORIGIN}/owner/orders/${order.id}`)
        await seller.locator('[name=verb][value=accept]').first().click()
        const scale = seller.locator(`form[action*="${item.id}/weight"] [name=weight]`)
        await scale.fill('270 g')
        await isClean(seller)
        await scale.press('Enter')
        await seller.getByText('₹53.75').first().waitFor()
        const { stock } = await dal.refresh()
        assert.equal(stock, 4_730)

        await buyer.goto(`${ORIGIN}/orders/${order.id}`)
        const line = buyer.locator('.bill-line', { hasText: '₹33.75' })
        assert.include(await line.textContent(), said.ordered)
        assert.include(await line.textContent(), said.packed)

        for (const verb of ['pack', 'send', 'deliver']) {
          await seller.locator(`[name=verb][value=${verb}]`).first().click()
          await seller.locator(`[name=verb][value=${verb}]`).waitFor({ state: 'detached' })
        }
        const bill = await Bill.findByOrFail('order_id', order.id)
        assert.equal(bill.totalPaise, 5_375)
        await buyer.goto(`${ORIGIN}/orders/${order.id}/bill`)
        await buyer.getByText(bill.number).first().waitFor()
        const paper = await buyer.locator('.paper').textContent()
        for (const text of [said.packed, '₹33.75', '₹20', '₹53.75']) assert.include(paper, text)
        await isClean(buyer)
        const lang = locale.slice(0, 2)
        const pdf = await buyer.request.get(`${ORIGIN}/orders/${order.id}/bill.pdf?lang=${lang}`)
        const printed = await textOf(await pdf.body())
        for (const text of [bill.number, said.packed, '₹33.75', '₹20', '₹53.75']) {
          assert.include(printed, text)
        }
        await seller.context().close()
        await buyer.context().close()
      })
    })
  }
}
