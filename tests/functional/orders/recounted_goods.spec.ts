import { test } from '@japa/runner'
import type Product from '#models/product'
import Shop from '#models/shop'
import User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'

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
    }

    const stockNow = async () => (await product.refresh()).stock

    test('so what comes back of an order is not counted as the other', async ({ assert }) => {
      const cancelled = await createOrder({ product, customer, quantity })
      const declined = await createOrder({ product, customer, quantity })
      await sellOtherwise()
      await cancelled.move('cancel', owner, 'no more of it')
      await declined.move('decline', owner, 'no more of it')
      assert.equal(await stockNow(), left)
    })
  })
}
