import { test } from '@japa/runner'
import Order from '#models/order'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'

test.group('Who may order', (group) => {
  group.each.setup(emptyDatabase)

  for (const [who, at, may] of [
    ['customer', 'any shop', true],
    ['shopowner', 'any shop', true],
    ['shopowner', 'their own shop', true],
    ['nobody', 'any shop', false],
  ] as const) {
    test(`${who} at ${at}: pages and API say the same`, async ({ assert }) => {
      const owner = await createOwner()
      const person = who === 'customer' ? await createUser() : await createOwner()
      const seller = at === 'their own shop' ? person : owner
      const shop = await createShop({ ownerId: seller.id })
      const product = await createProduct({ shopId: shop.id })
      const json = { shop_id: shop.id, items: [{ product_id: product.id }] }

      const visitor = who === 'nobody' ? new Visitor() : await loggedIn(person)
      await visitor.visit(`/shops/${shop.id}`)
      await visitor.submit(`#buy-${product.id} form`)
      await visitor.visit(`/shops/${shop.id}/checkout`)
      const asked = visitor.page!.$('#checkout-form').length > 0
      if (asked) await visitor.submit('#checkout-form')
      assert.lengthOf(await Order.all(), may ? 1 : 0)

      const client = who === 'nobody' ? new ApiClient() : await ApiClient.of(person)
      const answer = await client.post('/api/orders', { json })
      assert.equal(answer.status, may ? 201 : 401)
      assert.lengthOf(await Order.all(), may ? 2 : 0)
      if (!may) return
      const mine = await client.get('/api/orders/me')
      assert.lengthOf(mine.body, 2)
      assert.equal((await client.get(`/api/orders/${answer.body.id}`)).status, 200)
      assert.equal((await client.post(`/api/orders/${answer.body.id}/cancel`)).status, 200)
    })
  }

  test("an owner sees orders to their shops and their own, and nobody else's", async ({
    assert,
  }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const received = await createOrder({ product: await createProduct({ shopId: shop.id }) })
    const placed = await createOrder({ customer: owner })
    const others = await createOrder()
    const client = await ApiClient.of(owner)
    for (const [order, status] of [
      [received, 200],
      [placed, 200],
      [others, 404],
    ] as const) {
      assert.equal((await client.get(`/api/orders/${order.id}`)).status, status)
    }
  })
})
