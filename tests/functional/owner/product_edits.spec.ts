import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Order from '#models/order'
import type Product from '#models/product'
import type Shop from '#models/shop'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const UNDO = 'form[action*="/product-edits/"]'

test.group('Products that are changed together', (group) => {
  let shop: Shop
  let atta: Product
  let besan: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    atta = await createProduct({ shopId: shop.id, name: 'Atta', stock: 7, category: 'flours' })
    besan = await createProduct({ shopId: shop.id, name: 'Besan', stock: 9, category: 'dals' })
    visitor = await loggedIn(owner)
  })

  const page = (query = '') => visitor.visit(`/owner/shops/${shop.id}${query}`)

  /** As a browser sends it: the form, its ticked boxes and the pressed button. */
  const change = async (
    ids: string[],
    set: string,
    typed: Record<string, string> = {},
    query = ''
  ) => {
    await page(query)
    const { action, fields } = visitor.form('#select')
    for (const [name, value] of Object.entries({ ...typed, set })) fields.set(name, value)
    for (const id of ids) fields.append('ids[]', id)
    return (visitor.page = await visitor.request('POST', action, fields))
  }

  const stocks = async () => {
    return Promise.all([atta, besan].map(async (product) => (await product.refresh()).stock))
  }

  test('are out of stock with one button, and an undo says how many', async ({ assert }) => {
    const shown = await change([atta.id, besan.id], 'out')
    assert.equal(shown.path.split('?')[0], `/owner/shops/${shop.id}`)
    assert.include(shown.text, '2 products are out of stock now')
    assert.deepEqual(await stocks(), [0, 0])
    const undone = await visitor.submit(UNDO)
    assert.include(undone.text, '2 products are as before.')
    assert.deepEqual(await stocks(), [7, 9])
    assert.lengthOf(undone.$(UNDO), 0)
  })

  test('get a stock or a category, and the list stays filtered', async ({ assert }) => {
    await change([atta.id, besan.id], 'stock', { stock: '25' })
    assert.deepEqual(await stocks(), [25, 25])
    const shown = await change([atta.id], 'category', { category: 'sweets' }, '?category=flours')
    assert.include(shown.path, 'category=flours')
    assert.include(shown.text, '1 product is in “Sweets” now')
    assert.equal((await atta.refresh()).category, 'sweets')
    assert.equal((await besan.refresh()).category, 'dals')
  })

  test('keep what was changed since, when the rest is undone', async ({ assert }) => {
    await change([atta.id, besan.id], 'out')
    await besan.merge({ stock: 3 }).save()
    const undone = await visitor.submit(UNDO)
    assert.include(undone.text, '1 product is as before. The others were changed')
    assert.deepEqual(await stocks(), [7, 3])
  })

  test('keep a stock that counts something else since', async ({ assert }) => {
    await atta.merge({ soldAs: 'loose', smallest: 250, step: 250, presets: [500] }).save()
    await atta.refresh()
    await atta.merge({ stock: 5_000 }).save()
    await change([atta.id, besan.id], 'out')
    await atta.refresh()
    const packed = { soldAs: 'packed', smallest: null, step: null, presets: null } as const
    await atta.merge({ ...packed, unit: '1 kg' }).save()
    const undone = await visitor.submit(UNDO)
    assert.include(undone.text, '1 product is as before. The others were changed')
    assert.deepEqual(await stocks(), [0, 9])
  })

  test('get a category back even if they are counted otherwise now', async ({ assert }) => {
    await change([besan.id], 'category', { category: 'sweets' })
    await besan.refresh()
    await besan.merge({ soldAs: 'loose', smallest: 250, step: 250, presets: [500] }).save()
    await visitor.submit(UNDO)
    assert.equal((await besan.refresh()).category, 'dals')
  })

  test('can be undone for ten minutes, once', async ({ assert }) => {
    await change([atta.id], 'out')
    const [{ id }] = await db.from('product_edits')
    await db.rawQuery(`UPDATE product_edits SET made_at = made_at - interval '11 minutes'`)
    const path = `/owner/shops/${shop.id}/product-edits/${id}?_method=DELETE`
    const late = await visitor.request('POST', path, new URLSearchParams())
    assert.include(late.text, 'This can be undone for 10 minutes only.')
    assert.lengthOf((await page(`?edited=${id}`)).$(UNDO), 0)
    assert.deepEqual(await stocks(), [0, 9])
    await change([besan.id], 'out')
    const undo = visitor.form(UNDO)
    await visitor.submit(UNDO)
    const again = await visitor.request('POST', undo.action, undo.fields)
    assert.include(again.text, 'This was already undone.')
    assert.deepEqual(await stocks(), [0, 9])
  })

  test('are the rest of a selection when some were deleted meanwhile', async ({ assert }) => {
    await page()
    const [shown, { id }] = [visitor.page, besan]
    await besan.delete()
    visitor.page = shown
    const { action, fields } = visitor.form('#select')
    fields.set('set', 'out')
    for (const one of [atta.id, id]) fields.append('ids[]', one)
    const answer = await visitor.request('POST', action, fields)
    assert.include(answer.text, '1 product is out of stock now')
    assert.include(answer.text, '1 product was deleted meanwhile.')
    assert.equal((await atta.refresh()).stock, 0)
    const none = await change([id], 'out')
    assert.include(none.text, '1 product was deleted meanwhile.')
    assert.notInclude(none.text, 'Nothing to change')
  })

  test('are at most 500, and the message says so', async ({ assert }) => {
    const many = Array.from({ length: 500 }, () => randomUUID())
    const refused = await change([atta.id, ...many], 'out')
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'Select at most 500 products at once. Nothing was changed.')
    assert.deepEqual(await stocks(), [7, 9])
  })

  test('are only those of the shop, and only its owner’s to undo', async ({ assert }) => {
    const foreign = await createProduct({ name: 'Of another shop', stock: 5 })
    await change([atta.id, foreign.id], 'out')
    assert.deepEqual(await stocks(), [0, 9])
    assert.equal((await foreign.refresh()).stock, 5)
    const [{ id }] = await db.from('product_edits')
    const stranger = await loggedIn(await createOwner({ username: 'stranger' }))
    const own = await createShop({ ownerId: (await createOwner({ username: 'other' })).id })
    for (const shopId of [shop.id, own.id]) {
      const path = `/owner/shops/${shopId}/product-edits/${id}?_method=DELETE`
      assert.equal((await stranger.request('POST', path, new URLSearchParams())).status, 404)
    }
    assert.deepEqual(await stocks(), [0, 9])
  })

  test('are shown again with what is wrong, and nothing is changed', async ({ assert }) => {
    const loose = await createProduct({
      ...{ shopId: shop.id, name: 'Rice', unit: 'kg', stock: 500 },
      ...{ soldAs: 'loose', measure: 'weight', netQuantity: 1000 },
      ...{ smallest: 50, step: 50, presets: [250, 500] },
    })
    const refused = await change([atta.id, loose.id], 'stock', { stock: '25' })
    assert.equal(refused.status, 422)
    assert.include(refused.$('#select-stock-error').text(), 'not a stock of Rice')
    assert.equal(refused.$('#select-stock').val(), '25')
    assert.lengthOf(refused.$('.pick[name][checked]'), 2)
    assert.deepEqual(await stocks(), [7, 9])

    const empty = await change([], 'out')
    assert.equal(empty.status, 422)
    assert.include(empty.text, 'Select at least one product.')
    assert.equal((await change([loose.id], 'stock', { stock: '2.5 kg' })).status, 200)
    assert.equal((await loose.refresh()).stock, 2500)
  })

  test('are not sold for now, seen by the owner alone, and undone', async ({ assert }) => {
    const customer = await loggedIn(await createUser())
    await customer.visit(`/shops/${shop.id}`)
    await customer.submit(`#buy-${atta.id} form`)
    const shown = await change([atta.id, besan.id], 'withdraw')
    assert.include(shown.text, '2 products are not sold now')
    assert.lengthOf(shown.$('.row:contains("Not sold now")'), 2)
    assert.lengthOf((await page('?kind=withdrawn')).$('.row'), 2)
    assert.deepEqual(await stocks(), [7, 9])
    visitor.page = shown

    const api = await ApiClient.of(await createUser())
    await eventually(async () => {
      const shopPage = await customer.visit(`/shops/${shop.id}`)
      assert.notInclude(shopPage.text, 'Atta')
      assert.lengthOf(shopPage.$('a[href*="category=flours"]'), 0)
      assert.lengthOf((await customer.visit(`/shops/${shop.id}?q=atta`)).$('[id^="buy-"]'), 0)
      assert.equal((await customer.visit(`/shops/${shop.id}/products/${atta.id}`)).status, 404)
      const cart = await customer.visit('/cart')
      assert.include(cart.text, 'The shop no longer sells this. It is not included in the total.')
      const list = await api.get(`/api/shops/${shop.id}/products`)
      assert.notInclude(JSON.stringify(list.body), 'Atta')
    })
    const one = await api.get(`/api/shops/${shop.id}/products/${atta.id}`)
    assert.equal(one.status, 404)
    const items = [{ product_id: atta.id, quantity: 1 }]
    const order = await api.post('/api/orders', { json: { shop_id: shop.id, items } })
    assert.equal(order.status, 400)
    assert.lengthOf(await Order.all(), 0)

    await visitor.submit(UNDO)
    await eventually(async () => {
      assert.include((await customer.visit(`/shops/${shop.id}`)).text, 'Atta')
    })
    await change([atta.id], 'withdraw')
    const again = await change([atta.id], 'sell')
    assert.include(again.text, '1 product is sold again')
    assert.isFalse((await atta.refresh()).withdrawn)
  })

  test('are changed once when the form is sent twice', async ({ assert }) => {
    await page()
    const { action, fields } = visitor.form('#select')
    fields.set('set', 'out')
    fields.append('ids[]', atta.id)
    const [first, second] = [
      await visitor.request('POST', action, fields),
      await visitor.request('POST', action, fields),
    ]
    assert.equal(first.path, second.path)
    assert.lengthOf(await db.from('product_edits'), 1)
  })
})
