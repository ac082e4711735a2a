import { test } from '@japa/runner'
import { beginOf, dayAt, MINUTE, weekdayOf } from '#hours/india'
import Address from '#models/address'
import type Product from '#models/product'
import type Shop from '#models/shop'
import { saveHours } from '#models/shop_hours'
import ShopSettings from '#models/shop_settings'
import { announced } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { Visitor } from '#tests/helpers/visitor'

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

test.group('Delivery in the cart', (group) => {
  let shop: Shop
  let besan: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    shop = await createShop({ name: 'Gupta Kirana' })
    besan = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5_200 })
    visitor = new Visitor()
  })

  const settings = async (values: Partial<ShopSettings>, of = shop) => {
    await ShopSettings.updateOrCreate({ shopId: of.id }, values)
    await announced()
  }
  const be = async (pin: string) => {
    await visitor.visit('/place')
    await visitor.submit('#place-form', { pin_code: pin })
  }
  const add = async (product = besan, fragment = false) => {
    await standbyCaughtUp()
    const body = new URLSearchParams({ product_id: product.id })
    return fragment
      ? visitor.fragment('POST', '/cart/items', body)
      : visitor.request('POST', '/cart/items', body)
  }
  const block = async (of = shop) => {
    const { $ } = await visitor.visit('/cart')
    return $(`[aria-labelledby=group-${of.id}]`)
  }
  const words = async (of = shop) => (await block(of)).text().replace(/\s+/g, ' ')
  const hours = (from: number, to: number, slots: Parameters<typeof saveHours>[1]['slots'] = []) =>
    saveHours(shop.id, {
      spans: EVERY_DAY.map((day) => [day, from, to] as const),
      holidays: [],
      lastOrderMinutes: 0,
      slots,
    })

  test('has the fee, the total on the button, and what is missing to a free one', async ({
    assert,
  }) => {
    await settings({ deliveryFeePaise: 2_000, freeDeliveryFromPaise: 20_000 })
    await be('452001')
    await add()
    const link = (await block()).find('.cart-foot a')
    assert.include(link.text(), 'Order · ₹72')
    assert.equal(link.attr('href'), `/shops/${shop.id}/checkout`)
    assert.include(await words(), 'Home delivery ₹20')
    assert.include(await words(), '₹148 more for free delivery')
    const bar = (await block()).find('progress')
    assert.deepEqual([bar.attr('value'), bar.attr('max')], ['5200', '20000'])
    for (let n = 0; n < 3; n++) await add()
    assert.match(await words(), /Home delivery Free .*Order · ₹208/)
  })

  test('is a pick-up below the minimum, and says what is missing', async ({ assert }) => {
    await settings({ deliveryFeePaise: 2_000, minimumOrderPaise: 10_000 })
    await be('452001')
    await add()
    assert.match(await words(), /₹48 more for home delivery.*Pick up Free .*Order · ₹52/)
    await add()
    assert.match(await words(), /Home delivery ₹20 .*Order · ₹124/)
  })

  test('is said once when a product of a shop is added that does not deliver there', async ({
    assert,
  }) => {
    await be('482001')
    const first = await add(besan, true)
    assert.include(first.$('.toast').text(), 'Not delivered to 482001: pick up only.')
    assert.lengthOf((await add(besan, true)).$('.toast'), 0)
    const loose = await createProduct({
      ...{ shopId: shop.id, soldAs: 'loose', measure: 'weight', unit: 'kg', stock: 50_000 },
    })
    await standbyCaughtUp()
    const body = new URLSearchParams({ product_id: loose.id, by: '1', base_unit: 'g', seen: '0' })
    const weighed = await visitor.fragment('POST', '/cart/items', body)
    assert.include(weighed.$('.toast').text(), 'Not delivered to 482001')
    const near = await createProduct({ shopId: (await createShop({ pinCode: '482002' })).id })
    assert.lengthOf((await add(near, true)).$('.toast'), 0)
    const other = await createProduct({ shopId: shop.id, name: 'Poha' })
    await visitor.visit(`/shops/${shop.id}`)
    assert.include((await add(other)).$('.notice').text(), 'Not delivered to 482001')
  })

  test('is not promised to a place that the shop does not deliver to', async ({ assert }) => {
    await settings({ deliveryFeePaise: 2_000 })
    await be('482001')
    await add()
    const said = await words()
    assert.match(said, /Pick up Free/)
    assert.include(said, 'Not delivered to 482001: pick up only. Delivers to PIN codes 452…')
    assert.include(said, 'Order · ₹52')
    assert.lengthOf((await block()).find('a[href="/shops"]'), 1)
  })

  test('is measured in kilometres once the customer has a place', async ({ assert }) => {
    await settings({ deliveryArea: 'kilometres', deliveryKilometres: 20, deliveryFeePaise: 2_000 })
    await add()
    assert.include(await words(), 'Delivers within 20 km')
    assert.lengthOf((await block()).find('a[href^="/place"]'), 1)
    assert.include(await words(), 'Order · ₹72')
    await be('452010')
    assert.notInclude(await words(), 'Delivers within 20 km')
    await be('482001')
    assert.include(await words(), 'Not delivered to 482001')
  })

  test('is nowhere from a shop that said kilometres, but not its PIN code', async ({ assert }) => {
    await settings({ deliveryArea: 'kilometres', deliveryKilometres: 100 })
    await shop.merge({ pinCode: null }).save()
    await announced()
    await be('452001')
    await add()
    assert.match(await words(), /Pick up only.*Pick up Free/)
    await settings({ deliveryArea: null })
    await eventually(async () => assert.match(await words(), /Home delivery Free/))
  })

  test('waits until the shop opens, and says when', async ({ assert }) => {
    const now = Math.floor((Date.now() - beginOf(dayAt(Date.now()))) / MINUTE)
    const [from, to] = now < 720 ? [1_300, 1_310] : [100, 110]
    await hours(from, to)
    await be('452001')
    await add()
    await eventually(async () => assert.match(await words(), /takes no orders now.*opens/))
    assert.lengthOf((await block()).find('.cart-foot a'), 0)
    await hours(
      from,
      to,
      EVERY_DAY.map((weekday) => slot(weekday, 1_200))
    )
    await eventually(async () => assert.match(await words(), /Next delivery: .*Order · ₹52/))
  })

  test('names the next slot that is not full', async ({ assert }) => {
    const tomorrow = dayAt(Date.now()) + 1
    const weekday = weekdayOf(tomorrow)
    const of = (hour: number) => slot(weekday, hour * 60)
    await be('452001')
    await add()
    const offer = (...slots: ReturnType<typeof of>[]) => {
      return saveHours(shop.id, { spans: [], holidays: [], lastOrderMinutes: 0, slots })
    }
    await offer(of(9), of(11))
    await eventually(async () =>
      assert.match(await words(), /Next delivery: .*9:00 am to 10:00 am/)
    )
    const begin = beginOf(tomorrow) + 9 * 60 * MINUTE
    const chosen = { from: new Date(begin), to: new Date(begin + 60 * MINUTE) }
    await createOrder({ product: besan, slot: chosen })
    await eventually(async () => assert.match(await words(), /Next delivery: .*11:00 am/))
    const { updatedAt } = await shop.refresh()
    await offer(of(14))
    assert.notDeepEqual((await shop.refresh()).updatedAt, updatedAt, 'caches are told')
    await eventually(async () => assert.match(await words(), /Next delivery: .*2:00 pm/))
  })

  test('is to the default address of a person whose browser was told no place', async ({
    assert,
  }) => {
    const customer = await createUser({ address: '12 MG Road, Indore 452001' })
    visitor = await loggedIn(customer)
    await add()
    assert.match(await words(), /Home delivery Free/)
    const saved = { line: '4 Napier Town', pinCode: '482001', mobile: '9876543210' }
    const address = await Address.add(customer, saved)
    assert.include(await words(), 'Not delivered to 482001')
    assert.include(visitor.page!.$('header .place').text(), '482001')
    const near = await Address.add(customer, { ...saved, pinCode: '452010' })
    await near.makeDefault()
    assert.match(await words(), /Home delivery Free/)
    await be('482001')
    assert.include(await words(), 'Not delivered to 482001')
    assert.equal(address.pinCode, '482001')
  })

  test('is said of each of more shops than are kept apart in the cache', async ({ assert }) => {
    await be('452001')
    for (let n = 0; n < 11; n++) {
      const other = await createShop({ pinCode: n % 2 ? '482001' : '452001' })
      await ShopSettings.create({ shopId: other.id, deliveryFeePaise: 1_000 })
      await add(await createProduct({ shopId: other.id, pricePaise: 1_000 }))
    }
    const { $ } = await visitor.visit('/cart')
    assert.lengthOf($('.cart-group'), 11)
    const buttons = $('.cart-foot a')
      .get()
      .map((each) => $(each).text().replace(/:.*/s, '').trim())
    assert.lengthOf(
      buttons.filter((text) => text === 'Order · ₹20'),
      6
    )
    assert.lengthOf(
      buttons.filter((text) => text === 'Order · ₹10'),
      5
    )
    assert.include($('.slip .total-grand').text(), '₹170')
  })
})

function slot(weekday: number, from: number) {
  return { weekday, from, to: from + 60, capacity: 1, cutoffMinutes: 0 }
}
