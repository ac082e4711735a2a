import { test } from '@japa/runner'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

test.group("An owner's shop", (group) => {
  let customer: User
  let owner: User
  let shop: Shop
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
  })

  const show = async (query = '') => visitor.visit(`/owner/shops/${shop.id}${query}`)
  const work = async () => {
    const { $ } = await show()
    const entries = $('.work li').get()
    return entries.map((entry) => $(entry).text().replaceAll(/\s+/g, ' ').trim())
  }
  const names = async (query: string) => {
    const { $ } = await show(query)
    const rows = $('#products > .row').get()
    return rows.map((row) => $(row).find('bdi').first().text())
  }

  test('shows the work of the day first: orders, sales, dues and goods', async ({ assert }) => {
    assert.equal((await work())[0], '₹0 0 sales')
    const some = { shopId: shop.id, country: 'IN', mrpPaise: 90_00, pricePaise: 40_00 } as const
    const besan = await createProduct({ ...some, name: 'Besan', stock: 10 })
    await createProduct({ ...some, name: 'Poha', stock: 0 })
    await createOrder({ customer, product: besan, quantity: 2 })
    await moveTo(await createOrder({ customer, product: besan }), 'declined', owner)
    await openKhata(shop.id, customer, 900_00)
    await createOrder({ customer, product: besan, paymentMethod: 'khata' })
    await visitor.visit(`/owner/shops/${shop.id}/counter`)
    await visitor.submit('form[action$="/counter"]', { amount: '25', payment: 'cash' })
    const shown = await work()
    assert.deepEqual(shown.slice(0, 4), [
      '2 waiting to be accepted',
      '₹145 3 sales',
      '₹40 1 customer to pay',
      '1 out of stock',
    ])
  })

  test('asks for the PIN code of a shop that delivers by kilometres from it', async ({
    assert,
  }) => {
    await ShopSettings.create({
      shopId: shop.id,
      deliveryArea: 'kilometres',
      deliveryKilometres: 5,
    })
    const ask = 'Say the PIN code of your shop'
    assert.notInclude((await work())[0], ask)
    await shop.merge({ pinCode: null }).save()
    assert.include((await work())[0], ask)
    await visitor.visit((await show()).$('.work-urgent a').attr('href')!.split('#')[0])
    await visitor.submit('#shop-form', { pin_code: '452001' })
    assert.notInclude((await work())[0], ask)
    await shop.merge({ pinCode: null }).save()
    await ShopSettings.query().where('shop_id', shop.id).update({ deliveryArea: null })
    assert.notInclude((await work())[0], ask)
  })

  test('has at most four links before the day, and settings are folded', async ({ assert }) => {
    const { $ } = await show()
    assert.lengthOf($('.work-links a'), 4)
    assert.lengthOf($('details.more:not([open]) a[href$="/hours"]'), 1)
  })

  test('lists the products that a filter asks for, with their numbers', async ({ assert }) => {
    const some = { shopId: shop.id, nameHi: null, stock: 10 }
    await createProduct({ ...some, name: 'Besan', category: 'flours', stock: 0 })
    await createProduct({ ...some, name: 'Besan ladoo', category: 'sweets' })
    await createProduct({ ...some, name: 'Poha', category: 'flours' })
    await createProduct({ name: 'Of another shop', stock: 0 })
    const { $ } = await show('?category=flours')
    const chips = $('.chips .chip').get()
    assert.deepEqual(
      chips.map((chip) => $(chip).text().replaceAll(/\s+/g, ' ').trim()),
      ['All 2', 'Out of stock 1', 'Details missing 2']
    )
    assert.include($('#category').text(), '(2)')
    assert.deepEqual(await names('?category=flours'), ['Besan', 'Poha'])
    assert.deepEqual(await names('?kind=out'), ['Besan'])
    assert.deepEqual(await names('?q=besan'), ['Besan', 'Besan ladoo'])
    assert.deepEqual(await names('?q=besan&category=sweets'), ['Besan ladoo'])
    assert.deepEqual(await names('?q=besan&kind=out'), ['Besan'])
    assert.deepEqual(await names('?kind=nonsense'), ['Besan', 'Besan ladoo', 'Poha'])
    assert.include((await show('?kind=out&category=sweets')).text, 'No products here')
  })

  test('shows 10 products first, and more on the next page of the same filter', async ({
    assert,
  }) => {
    for (let n = 10; n < 50; n++) {
      await createProduct({ shopId: shop.id, name: `Dal ${n}`, category: 'dals' })
    }
    const { $ } = await show('?category=dals')
    assert.lengthOf($('#products > .row'), 10)
    const next = await visitor.visit($('.pager [rel=next]').attr('href')!)
    assert.lengthOf(next.$('#products > .row'), 30)
    assert.include(next.$('.chip[aria-current]').attr('href'), 'category=dals')
  })
})
