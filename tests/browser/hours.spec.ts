import { test } from '@japa/runner'
import Order from '#models/order'
import type Product from '#models/product'
import { closeForToday, hoursOf, saveHours } from '#models/shop_hours'
import type Shop from '#models/shop'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'
import { slotsToOffer } from '#models/shop_slots'
import { slotOf } from '#hours/slots'

const PHONE = { width: 360, height: 740 }
const WEEK = [1, 2, 3, 4, 5, 6, 7]

test.group('Hours and slots', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Besan' })
    const slots = WEEK.map((weekday) => {
      return { weekday, from: 17 * 60, to: 19 * 60, capacity: 1, cutoffMinutes: 60 }
    })
    const spans = WEEK.map((day) => [day, 0, 1440] as const)
    await saveHours(shop.id, { spans, holidays: [], lastOrderMinutes: 0, slots })
  })

  const checkout = `/products/:id/checkout`
  const pathOf = () => ORIGIN + checkout.replace(':id', product.id)

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with' : 'without'
    test(`are chosen at the checkout of a closed shop, ${how} JavaScript`, async ({
      assert,
      browser,
    }) => {
      await closeForToday(shop.id)
      const slots = await slotsToOffer(shop.id)
      await createOrder({ product, slot: slotOf(slots[1].key) })
      const page = await openPage(browser, { javaScriptEnabled, viewport: PHONE })
      await page.goto(`${ORIGIN}/shops/${shop.id}`)
      await page.getByText('Closed').first().waitFor()
      await logIn(page, customer)
      await page.goto(pathOf())
      const choice = page.locator('select[name=slot]')
      const full = choice.locator(`[value="${slots[1].key}"]`)
      assert.isTrue(await full.isDisabled())
      assert.include(await full.textContent(), 'Full')
      const address = await page.locator('#address').boundingBox()
      assert.isBelow(address!.y - (await choice.boundingBox())!.y, PHONE.height / 2)
      await choice.selectOption(slots[2].key)
      await page.locator('#checkout-form > .button').click()
      await page.waitForURL(`${ORIGIN}/orders/*`)
      const order = await Order.query().where('customer_id', customer.id).firstOrFail()
      assert.equal(order.slotFrom!.toMillis(), slots[2].from.getTime())
    })
  }

  test('are closed for today and opened again by the owner, without JavaScript', async ({
    browser,
  }) => {
    const page = await openPage(browser, { javaScriptEnabled: false, viewport: PHONE })
    await logIn(page, owner)
    await page.goto(`${ORIGIN}/owner/shops/${shop.id}/hours`)
    await page.getByRole('button', { name: 'Close for today' }).click()
    await page.getByText('Customers see it and cannot order').waitFor()
    await page.getByRole('button', { name: 'Open again' }).click()
    await page.getByText('The shop is open again').waitFor()
  })

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with' : 'without'
    test(`are one short row a day, copied with a tap, ${how} JavaScript`, async ({
      assert,
      browser,
    }) => {
      const page = await openPage(browser, { javaScriptEnabled, viewport: PHONE })
      await logIn(page, owner)
      await page.goto(`${ORIGIN}/owner/shops/${shop.id}/hours`)
      const week = page.locator('.hours-week')
      assert.isBelow((await week.boundingBox())!.height, 740)
      await page.fill('#from_1a', '08:30')
      await page.locator('#copy-1').click()
      await page.getByText('Save to keep them').waitFor()
      assert.equal(await page.inputValue('#from_7a'), '08:30')
      await page.locator('.hours-day').first().getByText('Second time').click()
      await page.fill('#to_1a', '12:00')
      await page.fill('#from_1b', '16:00')
      await page.fill('#to_1b', '20:00')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Opening hours saved').waitFor()
      const { spans } = await hoursOf(shop.id)
      assert.deepEqual(spans.slice(0, 3), [
        [1, 510, 720],
        [1, 960, 1200],
        [2, 510, 1440],
      ])
    })
  }

  for (const [colorScheme, locale] of [
    ['light', 'en-IN'],
    ['dark', 'hi-IN'],
  ] as const) {
    test(`axe finds nothing serious (${colorScheme}, ${locale})`, async ({ assert, browser }) => {
      await closeForToday(shop.id)
      const options = { colorScheme, locale, viewport: PHONE, bypassCSP: true }
      const check = async (who: User, paths: string[]) => {
        const page = await openPage(browser, options)
        await logIn(page, who)
        for (const path of paths) {
          await page.goto(path)
          assert.deepEqual(await seriousFindings(page), [], path)
          const width = await page.evaluate<number>('document.documentElement.scrollWidth')
          assert.isAtMost(width, 360, `${path} is wider than the screen`)
        }
      }
      await check(customer, [`${ORIGIN}/shops/${shop.id}`, pathOf()])
      await check(owner, [`${ORIGIN}/owner/shops/${shop.id}/hours`])
    })
  }
})
