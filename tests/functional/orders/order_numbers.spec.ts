import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Migration from '#database/migrations/95_count_orders_per_shop'
import Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { board } from '#pages/board'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'

const numbersOf = async ({ shopId }: Product) => {
  return (await Order.query().where({ shopId }).orderBy('id')).map(({ number }) => number)
}

test.group('Order numbers', (group) => {
  let owner: User
  let besan: Product
  let poha: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    const shops = await Promise.all(
      [1, 2].map((n) => createShop({ ownerId: owner.id, name: `${n}` }))
    )
    besan = await createProduct({ shopId: shops[0].id, stock: 50 })
    poha = await createProduct({ shopId: shops[1].id, stock: 50 })
  })

  test('are counted by each shop for itself', async ({ assert }) => {
    await createOrder({ product: besan })
    await createOrder({ product: besan })
    await createOrder({ product: poha })
    assert.deepEqual(await numbersOf(besan), [1, 2])
    assert.deepEqual(await numbersOf(poha), [1])
  })

  test('have neither twins nor gaps when orders come at once and some are refused', async ({
    assert,
  }) => {
    const orders = Array.from({ length: 20 }, (_, index) => {
      return createOrder({ product: besan, quantity: index % 4 === 0 ? 90 : 1 })
    })
    await Promise.allSettled(orders)
    const numbers = await numbersOf(besan)
    assert.sameMembers(
      numbers,
      Array.from({ length: 15 }, (_, index) => index + 1)
    )
  })

  test('do not decide which order of two shops is new', async ({ assert }) => {
    for (let count = 0; count < 3; count++) await createOrder({ product: besan })
    const latest = await createOrder({ product: poha })
    assert.equal(latest.number, 1)
    assert.equal((await board(owner)).newest, latest.id)
  })

  test('that people know stay, and the shop counts on from them', async ({ assert }) => {
    const migrate = (direction: 'execUp' | 'execDown') => {
      return new Migration(db.connection(), '95_count_orders_per_shop', false)[direction]()
    }
    await createOrder({ product: besan })
    await migrate('execDown')
    try {
      await createOrder({ product: poha })
      await createOrder({ product: besan })
      const known = [await numbersOf(besan), await numbersOf(poha)]
      assert.deepEqual(known, [[1, 3], [2]])
    } finally {
      await migrate('execUp')
    }
    await createOrder({ product: poha })
    await createOrder({ product: besan })
    assert.deepEqual(
      [await numbersOf(besan), await numbersOf(poha)],
      [
        [1, 3, 4],
        [2, 3],
      ]
    )
  })
})
