import { test } from '@japa/runner'
import Address from '#models/address'
import type Order from '#models/order'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import { saveHours } from '#models/shop_hours'
import type Shop from '#models/shop'
import type User from '#models/user'
import { seriousFindings } from '#tests/helpers/accessibility'
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
    await page.locator(`#more-${(await itemOf(atta)).id}`).click()
    await page.getByRole('button', { name: 'Save, ₹556' }).waitFor()
    const dalId = (await itemOf(dal)).id
    await page.locator(`[name="lines[${dalId}]"]`).fill('1 kg')
    await page.locator(`[name="lines[${dalId}]"]`).blur()
    await page.getByRole('button', { name: 'Save, ₹622 at most' }).waitFor()
    await page.locator(`#none-${dalId}`).click()
    await page.getByRole('button', { name: 'Save, ₹490' }).waitFor()
    await page.locator('#amend-form summary').click()
    await page.locator('#note').fill('Ring twice')
    await page.locator('#total').click()
    await page.waitForURL(`${ORIGIN}/orders/${order.id}`)
    await order.refresh()
    assert.equal(order.totalPaise, 49_000)
    assert.equal(order.note, 'Ring twice')
  })

  test('without JavaScript', async ({ assert, browser }) => {
    const page = await openPage(browser, { viewport: PHONE, javaScriptEnabled: false })
    await open(page)
    await page.locator(`#less-${(await itemOf(dal)).id}`).click()
    await page.getByRole('button', { name: 'Save, ₹304' }).waitFor()
    await page.locator('#slot').selectOption({ index: 1 })
    await page.locator('#total').click()
    await page.waitForURL(`${ORIGIN}/orders/${order.id}`)
    await order.refresh()
    assert.equal(order.totalPaise, 24_500 + 5_400)
    assert.isNotNull(order.slotFrom)
  })

  test('with other products, found by Enter and added with +', async ({ assert, browser }) => {
    const { shopId } = atta
    const tea = await createProduct({ shopId, name: 'Assam tea', nameHi: 'चाय', pricePaise: 9_000 })
    await createProduct({ shopId, name: 'Basmati', nameHi: 'चावल', pricePaise: 8_000 })
    const page = await openPage(browser, { viewport: PHONE })
    await open(page)
    await page.locator('#q').fill('tea')
    await page.locator('#q').press('Enter')
    await page.locator(`#addable-${tea.id}`).waitFor()
    assert.equal(await page.locator('.product').count(), 1)
    await page.locator(`#more-${tea.id}`).click()
    await page.getByRole('button', { name: 'Save, ₹401' }).waitFor()
    assert.equal(await page.locator('#q').inputValue(), 'tea')
    await page.locator(`#more-${tea.id}`).click()
    await page.getByRole('button', { name: 'Save, ₹491' }).click()
    await page.waitForURL(`${ORIGIN}/orders/${order.id}`)
    assert.equal((await order.refresh()).totalPaise, 48_500)
    assert.equal((await tea.refresh()).stock, 18)
  })

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with' : 'without'
    test(`to a pick-up and back to a saved address, ${how} JavaScript`, async ({
      assert,
      browser,
    }) => {
      const home = { line: '7 Lake Road', pinCode: '452009', mobile: '9811111111' }
      const saved = await Address.add(customer, home)
      await createProduct({ shopId: shop.id, name: 'Basmati' })
      const page = await openPage(browser, { viewport: PHONE, javaScriptEnabled })
      const total = page.locator('#total')
      await open(page)
      await page.locator(`#none-${(await itemOf(atta)).id}`).click()
      await total.getByText('₹96').waitFor()
      await page.locator('[name=fulfilment][value=pickup]').check()
      assert.isFalse(await page.locator('#slot').isVisible())
      if (javaScriptEnabled) await total.getByText('₹66').waitFor()
      else await page.locator('#look').click()
      await total.getByText('₹66').click()
      await page.waitForURL(`${ORIGIN}/orders/${order.id}`)
      await order.refresh()
      assert.deepEqual([order.fulfilment, order.totalPaise], ['pickup', 6_000])
      await page.getByRole('link', { name: 'Change order' }).click()
      await page.locator('[name=fulfilment][value=delivery]').check()
      if (!javaScriptEnabled) await page.locator('#look').click()
      await total.getByText('₹96').waitFor()
      await page.locator(`[name=address_id][value="${saved.id}"]`).check()
      assert.isFalse(await page.locator('#address').isVisible())
      assert.isFalse(await page.locator('#mobile').isVisible())
      await total.click()
      await page.waitForURL(`${ORIGIN}/orders/${order.id}`)
      await order.refresh()
      assert.deepEqual([order.address, order.mobile], ['7 Lake Road 452009', '9811111111'])
    })
  }

  test('and the owner who had the board open accepts what it is now', async ({
    assert,
    browser,
  }) => {
    const board = await openPage(browser, { viewport: PHONE })
    await logIn(board, owner)
    await board.goto(`${ORIGIN}/owner/orders`)
    const page = await openPage(browser, { viewport: PHONE })
    await open(page)
    await page.locator(`#none-${(await itemOf(dal)).id}`).click()
    await page.getByRole('button', { name: 'Save, ₹245' }).click()
    await page.waitForURL(`${ORIGIN}/orders/${order.id}`)
    const card = board.locator(`#order-${order.id}`)
    await card.getByText('Changed by the customer').waitFor()
    await board.locator(`#accept-${order.id} button`).click()
    await board.locator(`#accept-${order.id}`).waitFor({ state: 'detached' })
    await order.refresh()
    assert.deepEqual([order.state, order.totalPaise], ['accepted', 24_500])
  })

  for (const [colorScheme, locale] of [
    ['light', 'en-IN'],
    ['dark', 'hi-IN'],
  ] as const) {
    test(`axe finds nothing serious (${colorScheme}, ${locale})`, async ({ assert, browser }) => {
      const page = await openPage(browser, {
        colorScheme,
        locale,
        viewport: PHONE,
        bypassCSP: true,
      })
      await logIn(page, customer)
      const check = async (what: string) => {
        assert.deepEqual(await seriousFindings(page), [], what)
        const width = await page.evaluate<number>('document.documentElement.scrollWidth')
        assert.isAtMost(width, 360, `${what} is wider than the screen`)
      }
      await page.goto(`${ORIGIN}/orders/${order.id}/change`)
      await check('as it is')
      const field = page.locator(`[name="lines[${(await itemOf(atta)).id}]"]`)
      await field.fill('many')
      await page.locator('#total').click()
      await page.locator('.summary').waitFor()
      await check('with a mistake')
      await page.locator(`#none-${(await itemOf(atta)).id}`).click()
      await page.locator('.line-gone').waitFor()
      await check('with a line taken out')
    })
  }

  const itemOf = async ({ id }: Product) => {
    return order.related('items').query().where('product_id', id).firstOrFail()
  }
})
