import { test } from '@japa/runner'
import Order from '#models/order'
import OrderItem from '#models/order_item'
import type Product from '#models/product'
import User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser } from '#tests/helpers/factories'
import { place, requestFor } from '#tests/helpers/orders'

const CUSTOMERS = 200
const KILO_PAISE = 12_000

const placed = (attempt: Promise<unknown>) => {
  return attempt.then(
    () => 'placed',
    (error: { code?: string }) => error.code ?? String(error)
  )
}

const count = (outcomes: string[], wanted: string) => {
  return outcomes.filter((outcome) => outcome === wanted).length
}

test.group('The stock of loose goods', (group) => {
  let dal: Product
  let customers: User[]

  group.each.timeout(120_000)
  group.setup(async () => {
    await emptyDatabase()
    const { password } = await createUser()
    customers = await User.createMany(
      Array.from({ length: CUSTOMERS }, (_, index) => ({
        ...{ username: `customer-${index}`, password, role: 'customer' as const },
        ...{ fullName: 'Asha Verma', address: '12 MG Road, Indore', mobile: '9876543210' },
      }))
    )
  })
  group.each.setup(async () => {
    dal = await createProduct({
      soldAs: 'loose',
      measure: 'weight',
      pricePaise: KILO_PAISE,
      stock: 5_000,
    })
  })
  group.teardown(emptyDatabase)

  test('5 kg are exactly 20 of 200 orders of 250 g that come at the same time', async ({
    assert,
  }) => {
    const outcomes = await Promise.all(
      customers.map((customer) => {
        return placed(place(customer, dal.shopId, requestFor([{ product: dal, quantity: 250 }])))
      })
    )
    assert.equal(count(outcomes, 'placed'), 20)
    assert.equal(count(outcomes, 'E_CHECKOUT_CHANGED'), 180)
    assert.equal((await dal.refresh()).stock, 0)
    const orders = await Order.query().where('shop_id', dal.shopId)
    assert.deepEqual(
      orders.map(({ itemsPaise }) => itemsPaise),
      Array.from({ length: 20 }, () => 3_000)
    )
  })

  test('is shared out to the gram when the amounts differ', async ({ assert }) => {
    const amounts = customers.map((_, index) => 50 + ((index * 37) % 200))
    const outcomes = await Promise.all(
      customers.map((customer, index) => {
        const line = { product: dal, quantity: amounts[index] }
        return placed(place(customer, dal.shopId, requestFor([line])))
      })
    )
    const items = await OrderItem.query().where('product_id', dal.id)
    assert.lengthOf(items, count(outcomes, 'placed'))
    const sold = items.reduce((sum, { quantity }) => sum + quantity, 0)
    const { stock } = await dal.refresh()
    assert.equal(stock + sold, 5_000)
    const refused = amounts.filter((_, index) => outcomes[index] !== 'placed')
    assert.isTrue(refused.every((amount) => amount > stock))
  })
})
