import { test } from '@japa/runner'
import Order from '#models/order'
import type Product from '#models/product'
import Shop from '#models/shop'
import User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { standbyCaughtUp } from '#tests/helpers/standby'
import type { Visitor } from '#tests/helpers/visitor'

type Values = Partial<Product>

const LOOSE: Values = { soldAs: 'loose', measure: 'weight', unit: 'kg', pricePaise: 12_000 }
const PACKED: Values = { soldAs: 'packed', measure: 'weight', unit: '1 kg', netQuantity: 1000 }

/** How it is sold first and then, how much of it is ordered, and the stock first and then. */
const CHANGES: [string, Values, Values, number, number, number][] = [
  ['packed what was loose', LOOSE, PACKED, 250, 9_000, 9],
  ['loose what was packed', PACKED, LOOSE, 2, 9, 9_000],
  ['by litre what was by kilo', LOOSE, { ...LOOSE, measure: 'volume' }, 250, 9_000, 9_000],
]

for (const [title, first, then, quantity, stock, left] of CHANGES) {
  test.group(`A shop sells ${title}`, (group) => {
    let product: Product
    let customer: User
    let owner: User

    group.each.setup(async () => {
      await emptyDatabase()
      product = await createProduct({ ...first, name: 'Toor Dal', stock })
      customer = await createUser()
      owner = await User.findOrFail((await Shop.findOrFail(product.shopId)).ownerId)
    })
    group.teardown(emptyDatabase)

    const sellOtherwise = async () => {
      await product.refresh()
      await product.merge({ ...then, stock: left }).save()
      await standbyCaughtUp()
    }

    const stockNow = async () => (await product.refresh()).stock

    const inCart = async (visitor: Visitor) => {
      await visitor.visit(`/shops/${product.shopId}`)
      await visitor.submit(`#buy-${product.id} form`, { quantity: String(quantity) })
    }

    test('so what comes back of an order is not counted as the other', async ({ assert }) => {
      const cancelled = await createOrder({ product, customer, quantity })
      const declined = await createOrder({ product, customer, quantity })
      await sellOtherwise()
      await cancelled.move('cancel', owner, 'no more of it')
      await declined.move('decline', owner, 'no more of it')
      assert.equal(await stockNow(), left)
    })

    test('so a cart does not order the same number of the other', async ({ assert }) => {
      const visitor = await loggedIn(customer)
      await inCart(visitor)
      await sellOtherwise()
      const cart = await visitor.visit('/cart')
      assert.equal(cart.status, 200)
      await visitor.visit(`/shops/${product.shopId}/checkout`)
      if (visitor.page!.$('#checkout-form').length > 0) await visitor.submit('#checkout-form')
      assert.lengthOf(await Order.all(), 0)
      assert.equal(await stockNow(), left)
    })

    test('so an open checkout page orders nothing', async ({ assert }) => {
      const visitor = await loggedIn(customer)
      await inCart(visitor)
      await visitor.visit(`/shops/${product.shopId}/checkout`)
      await sellOtherwise()
      const answer = await visitor.submit('#checkout-form')
      assert.equal(answer.status, 409)
      assert.lengthOf(await Order.all(), 0)
      assert.equal(await stockNow(), left)
    })

    test('so an open page to buy it now orders nothing', async ({ assert }) => {
      const visitor = await loggedIn(customer)
      await visitor.visit(`/products/${product.id}/checkout?quantity=${quantity}`)
      await sellOtherwise()
      const answer = await visitor.submit('#checkout-form')
      assert.equal(answer.status, 409)
      assert.lengthOf(await Order.all(), 0)
      assert.equal(await stockNow(), left)
    })

    if (first.measure !== then.measure) return

    test('so an open shop page does not put the same number of the other into the cart', async ({
      assert,
    }) => {
      const visitor = await loggedIn(customer)
      await visitor.visit(`/shops/${product.shopId}`)
      const { action, fields } = visitor.form(`#buy-${product.id} form`)
      await sellOtherwise()
      fields.set('quantity', String(quantity))
      await visitor.request('POST', action, fields)
      await visitor.visit(`/shops/${product.shopId}/checkout`)
      if (visitor.page!.$('#checkout-form').length > 0) await visitor.submit('#checkout-form')
      assert.lengthOf(await Order.all(), 0)
    })
  })
}
