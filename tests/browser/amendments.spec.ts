import { test } from '@japa/runner'
import type Order from '#models/order'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import { saveHours } from '#models/shop_hours'
import type Shop from '#models/shop'
import type User from '#models/user'
import { logIn, openPage, ORIGIN } from '#tests/helpers/browser_pages'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { place, requestFor } from '#tests/helpers/orders'

const PHONE = { width: 360, height: 740 }

test.group('An order is changed', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let dal: Product
  let atta: Product
  let order: Order

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    shop = await createShop({ ownerId: owner.id })
    await ShopSettings.create({
      shopId: shop.id,
      freeDeliveryFromPaise: 20_000,
      deliveryFeePaise: 3_000,
    })
    const slots = [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
      return { weekday, from: 17 * 60, to: 19 * 60, capacity: 2, cutoffMinutes: 60 }
    })
    await saveHours(shop.id, { spans: [], holidays: [], lastOrderMinutes: 0, slots })
    atta = await createProduct({
      shopId: shop.id,
      name: 'Aashirvaad Atta',
      nameHi: 'आटा',
      unit: '5 kg',
      pricePaise: 24_500,
    })
    dal = await createProduct({
      shopId: shop.id,
      name: 'Toor dal',
      nameHi: 'तूर दाल',
      soldAs: 'loose',
      measure: 'weight',
      pricePaise: 12_000,
      stock: 50_000,
    })
    const { offer, ...request } = requestFor([
      { product: atta, quantity: 1 },
      { product: dal, quantity: 500 },
    ])
    order = await place(customer, shop.id, {
      ...request,
      offer: { ...offer, deliveryFeePaise: 3_000 },
    })
  })

  const open = async (page: Awaited<ReturnType<typeof openPage>>) => {
    await logIn(page, customer)
    await page.goto(`${ORIGIN}/orders/${order.id}`)
    await page.getByRole('link', { name: 'Change order' }).click()
  }

  test('with the steppers, which say the new total at once', async ({ assert, browser }) => {
    const page = await openPage(browser, { viewport: PHONE })
    await open(page)
    await page.screenshot({ path: '/tmp/change-1.png', fullPage: true })
    await page.locator(`#more-${(await itemOf(atta)).id}`).click()
    await page.getByRole('button', { name: 'Save, ₹556' }).waitFor()
    const dalId = (await itemOf(dal)).id
    await page.locator(`[name="lines[${dalId}]"]`).fill('1 kg')
    await page.locator(`[name="lines[${dalId}]"]`).blur()
    await page.getByRole('button', { name: 'Save, ₹622 at most' }).waitFor()
    await page.locator(`#none-${dalId}`).click()
    await page.getByRole('button', { name: 'Save, ₹490' }).waitFor()
    await page.screenshot({ path: '/tmp/change-2.png', fullPage: true })
    await page.locator('#amend-form summary').click()
    await page.locator('#note').fill('Ring twice')
    await page.locator('#total').click()
    await page.waitForURL(`${ORIGIN}/orders/${order.id}`)
    await page.screenshot({ path: '/tmp/change-3.png', fullPage: true })
    await order.refresh()
    assert.equal(order.totalPaise, 49_000)
    assert.equal(order.note, 'Ring twice')
  })

  const itemOf = async ({ id }: Product) => {
    return order.related('items').query().where('product_id', id).firstOrFail()
  }
})
