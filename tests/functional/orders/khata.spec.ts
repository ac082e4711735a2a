import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Khata from '#models/khata'
import Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder, place, requestFor } from '#tests/helpers/orders'

const code = (error: unknown) => (error as { code?: string } | undefined)?.code
const onKhata = { paymentMethod: 'khata' as const }

async function balances() {
  const { rows } = await db.rawQuery(
    'SELECT account, sum(amount_paise)::integer AS paise FROM khata_entries GROUP BY account ORDER BY 1'
  )
  return Object.fromEntries(
    rows.map((row: { account: string; paise: number }) => [row.account, row.paise])
  )
}

test.group('Khata', (group) => {
  let owner: User
  let customer: User
  let product: Product
  let khata: Khata

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, pricePaise: 10_000, stock: 1_000 })
    khata = await Khata.create({ shopId: shop.id, customerId: customer.id, limitPaise: 50_000 })
  })

  test('takes orders up to the limit and not a paisa beyond', async ({ assert }) => {
    await createOrder({ customer, product, quantity: 5, ...onKhata })
    assert.equal(await khata.balancePaise(), 50_000)
    const cheap = await createProduct({ shopId: product.shopId, pricePaise: 1 })
    const error = await createOrder({ customer, product: cheap, ...onKhata }).catch((one) => one)
    assert.equal(code(error), 'E_CHECKOUT_REFUSED')
    assert.equal(error.rule, 'over_limit')
    assert.equal((await cheap.refresh()).stock, 20)
  })

  test('keeps the limit when ten orders come at once', async ({ assert }) => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => createOrder({ customer, product, ...onKhata }))
    )
    assert.lengthOf(
      outcomes.filter(({ status }) => status === 'fulfilled'),
      5
    )
    assert.equal(await khata.balancePaise(), 50_000)
    assert.lengthOf(await Order.all(), 5)
  })

  test('is nothing that one can choose without having one', async ({ assert }) => {
    const error = await createOrder({ product, ...onKhata }).catch((one) => one)
    assert.equal(code(error), 'E_CHECKOUT_REFUSED')
    assert.lengthOf(await Order.all(), 0)
  })

  test('gets back what a cancelled order came to, less what was left out before', async ({
    assert,
  }) => {
    const other = await createProduct({ shopId: product.shopId, pricePaise: 2_500 })
    const request = requestFor([{ product }, { product: other }], onKhata)
    const order = await Order.findOrFail((await place(customer, product.shopId, request)).id)
    assert.equal(await khata.balancePaise(), 12_500)
    const stale = await Order.findOrFail(order.id)
    const item = await order.related('items').query().where('product_id', other.id).firstOrFail()
    await order.leaveOut(item.id, owner)
    assert.equal(await khata.balancePaise(), 10_000)
    await stale.withdraw(customer)
    assert.equal(await khata.balancePaise(), 0)
    assert.deepEqual(await balances(), { khata: 0, sales: 0 })
  })

  test('is settled in cash and by UPI, never for more than is owed', async ({ assert }) => {
    await createOrder({ customer, product, quantity: 3, ...onKhata })
    await khata.settle(12_000, 'cash', owner, null)
    await khata.settle(8_000, 'upi', owner, 'UTR 405512345678')
    assert.equal(await khata.balancePaise(), 10_000)
    assert.deepEqual(await balances(), { cash: 12_000, khata: 10_000, sales: -30_000, upi: 8_000 })
    const error = await khata.settle(10_001, 'cash', owner, null).catch((one) => one)
    assert.equal(code(error), 'E_SETTLEMENT_REFUSED')
  })

  test('takes one of two settlements of the whole balance that come at once', async ({
    assert,
  }) => {
    await createOrder({ customer, product, ...onKhata })
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => khata.settle(10_000, 'cash', owner, null))
    )
    assert.lengthOf(
      outcomes.filter(({ status }) => status === 'fulfilled'),
      1
    )
    assert.equal(await khata.balancePaise(), 0)
  })

  test('is refused by the database when its entries do not add up, and is written once', async ({
    assert,
  }) => {
    await createOrder({ customer, product, ...onKhata })
    for (const statement of [
      `INSERT INTO khata_entries (transaction_id, account, amount_paise)
       SELECT id, 'cash', 1 FROM khata_transactions`,
      'UPDATE khata_entries SET amount_paise = 1',
      'DELETE FROM khata_entries',
      `UPDATE khata_transactions SET note = 'forged'`,
    ]) {
      assert.equal(code(await db.rawQuery(statement).catch((error) => error)), '23514', statement)
    }
  })
})
