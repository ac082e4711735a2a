import { randomUUID } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { openKhata } from '#tests/helpers/khatas'
import { test } from '@japa/runner'
import { doOnce } from '#forms/form_submissions'
import { Checkout } from '#orders/checkout'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import Order from '#models/order'
import Product from '#models/product'
import Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'

const OPEN = ['placed', 'accepted', 'packed', 'out_for_delivery'] as const

const outcomeOf = (attempt: Promise<unknown>) => {
  return attempt.then(
    (value) => (typeof value === 'string' ? value : 'done'),
    (error) => error.code as string
  )
}

test.group('A shop', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, pricePaise: 10_000, stock: 100 })
  })

  const deliver = async (values: Parameters<typeof createOrder>[0] = {}) => {
    return moveTo(await createOrder({ customer, product, ...values }), 'delivered', owner)
  }
  const khataOfCustomer = () => openKhata(shop.id, customer, 50_000)
  const isClosed = async () => {
    const { rows } = await db.rawQuery(
      'SELECT bool_and(shop_closed_at IS NOT NULL) AS closed FROM products WHERE shop_id = ?',
      [shop.id]
    )
    await shop.refresh()
    return [shop.isClosed, rows[0].closed]
  }

  test('that nobody ordered from is deleted with its products', async ({ assert }) => {
    assert.equal(await shop.close(), 'deleted')
    assert.isNull(await Shop.first())
    assert.isNull(await Product.first())
  })

  test('a khata in which nothing is written goes with it', async ({ assert }) => {
    await khataOfCustomer()
    assert.equal((await shop.standing()).emptyKhatas, 1)
    assert.equal(await shop.close({ whenEven: true }), 'deleted')
    assert.isNull(await Khata.first())
  })

  test('that has orders is closed, on its own row and on those of its products', async ({
    assert,
  }) => {
    const order = await deliver()
    assert.deepEqual(await isClosed(), [false, false])
    assert.equal(await shop.close(), 'closed')
    assert.deepEqual(await isClosed(), [true, true])
    assert.equal((await order.refresh()).shopId, shop.id)
    await shop.reopen()
    assert.deepEqual(await isClosed(), [false, false])
  })

  test('closed again it has been closed since the first time', async ({ assert }) => {
    await deliver()
    await shop.close()
    const { closedAt } = await shop.refresh()
    assert.equal(await shop.close(), 'closed')
    assert.equal((await shop.refresh()).closedAt!.toMillis(), closedAt!.toMillis())
  })

  for (const state of OPEN) {
    test(`with an order that is ${state} does not close`, async ({ assert }) => {
      const order = await moveTo(await createOrder({ customer, product }), state, owner)
      const error = await shop.close().catch((failure) => failure)
      assert.equal(error.code, 'E_CLOSING_REFUSED')
      assert.equal(error.standing.openOrders, 1)
      assert.isFalse((await shop.refresh()).isClosed)
      assert.equal((await order.refresh()).state, state)
    })
  }

  test('tells what is unpaid, to give back and owed, and closes all the same', async ({
    assert,
  }) => {
    await khataOfCustomer()
    await deliver()
    await deliver({ quantity: 2, paymentMethod: 'khata' })
    const cash = await createOrder({ customer, product, quantity: 3 })
    await cash.confirmPayment(owner)
    await cash.move('decline', owner, 'Closed')
    assert.deepEqual(await shop.standing(), {
      products: 1,
      isUntouched: false,
      emptyKhatas: 0,
      openOrders: 0,
      unpaid: { count: 1, paise: 10_000 },
      refunds: { count: 1, paise: 30_000 },
      unconfirmed: { count: 0, paise: 0 },
      owed: { count: 1, paise: 20_000 },
      ahead: { count: 0, paise: 0 },
    })
    assert.equal(await outcomeOf(shop.close({ whenEven: true })), 'E_CLOSING_REFUSED')
    assert.equal(await shop.close(), 'closed')
  })

  test('stays owed what it was owed, and can be paid, while it is closed', async ({ assert }) => {
    const khata = await khataOfCustomer()
    const order = await deliver()
    await deliver({ paymentMethod: 'khata' })
    await shop.close()
    await khata.settle(10_000, 'cash', owner, null)
    assert.equal(await khata.balancePaise(), 0)
    await order.confirmPayment(owner)
    assert.equal(order.paymentState, 'confirmed')
  })

  test('its name can be used again, and it can be opened again beside the other', async ({
    assert,
  }) => {
    await deliver()
    await shop.close()
    const other = await createShop({ ownerId: owner.id, name: shop.name, city: shop.city })
    await shop.reopen()
    const { items } = await Shop.page(shop.city, null, Shop.query().client)
    assert.sameMembers(
      items.map(({ id }) => id),
      [shop.id, other.id]
    )
  })

  test('is not deleted by anyone once it has orders', async ({ assert }) => {
    await deliver()
    assert.equal(await outcomeOf(shop.delete()), '23503')
  })

  test('a product that is added or renamed while the shop is closed is closed too', async ({
    assert,
  }) => {
    await deliver()
    await shop.close()
    const added = await createProduct({ shopId: shop.id, name: 'Poha' })
    await added.merge({ name: 'Suji', stock: 3 }).save()
    assert.isEmpty(await Product.forSale())
    await shop.reopen()
    assert.lengthOf(await Product.forSale(), 2)
  })

  test('a product that is added while the shop is being closed waits, and is closed too', async ({
    assert,
  }) => {
    await deliver()
    let adding!: Promise<Product>
    await db.transaction(async (closing) => {
      await closing.rawQuery('UPDATE shops SET closed_at = now() WHERE id = ?', [shop.id])
      adding = createProduct({ shopId: shop.id, name: 'Poha' })
      await someoneWaits()
    })
    await adding
    assert.isEmpty(await Product.forSale())
  })

  test('a checkout in flight is waited for, and its order keeps the shop open', async ({
    assert,
  }) => {
    await deliver()
    let placing!: Promise<string>
    let closing!: Promise<string>
    await db.transaction(async (hold) => {
      await Product.hold(shop.id, [product.id], hold)
      placing = outcomeOf(place(customer, shop.id, requestFor([{ product }])))
      await someoneWaits()
      closing = outcomeOf(shop.close())
      await someoneWaits(2)
    })
    assert.equal(await placing, 'done')
    assert.equal(await closing, 'E_CLOSING_REFUSED')
    assert.isFalse((await shop.refresh()).isClosed)
  })

  test('a checkout waits for a closing in flight, and is refused', async ({ assert }) => {
    await deliver()
    let placing!: Promise<string>
    await db.transaction(async (closing) => {
      await closing.rawQuery('UPDATE shops SET closed_at = now() WHERE id = ?', [shop.id])
      placing = outcomeOf(place(customer, shop.id, requestFor([{ product }])))
      await someoneWaits()
    })
    assert.equal(await placing, 'E_SHOP_CLOSED')
    assert.equal((await product.refresh()).stock, 99)
  })

  test('no order is ever open at a closed shop, no matter who comes first of many at once', async ({
    assert,
  }) => {
    const customers = await Promise.all(Array.from({ length: 8 }, () => createUser()))
    for (let round = 0; round < 10; round++) {
      const market = await createShop({ ownerId: owner.id })
      const sold = await createProduct({ shopId: market.id, stock: 100 })
      const [first] = customers
      await moveTo(await createOrder({ customer: first, product: sold }), 'delivered', owner)
      const attempts = customers.map((buyer) => {
        return outcomeOf(place(buyer, market.id, requestFor([{ product: sold }])))
      })
      attempts.splice(round % 8, 0, outcomeOf(market.close()))
      const outcomes = await Promise.all(attempts)
      await market.refresh()
      const open = await Order.openAt(market.id, 100)
      assert.equal(market.isClosed, outcomes.includes('closed'))
      if (market.isClosed) assert.isEmpty(open)
      else assert.isNotEmpty(open)
      assert.isEmpty(
        outcomes.filter((outcome) => {
          return !['done', 'closed', 'E_SHOP_CLOSED', 'E_CLOSING_REFUSED'].includes(outcome)
        })
      )
    }
  }).timeout(60_000)

  test('withdraws its invitations when it closes', async ({ assert }) => {
    const invitation = await KhataInvitation.send(shop, customer.username, 50_000)
    await deliver()
    assert.equal(await shop.close(), 'closed')
    assert.equal(await outcomeOf(invitation.accept(customer)), 'E_INVITATION_REFUSED')
    assert.isEmpty(await KhataInvitation.waitingFor(customer))
  })

  test('a submission that was placed before the shop closed finds its order', async ({
    assert,
  }) => {
    const submission = {
      holder: customer.id,
      form: 'checkouts.store',
      key: randomUUID(),
      content: {},
    }
    const submit = () =>
      doOnce(submission, async (client) => {
        const checkout = await app.container.make(Checkout)
        const { id } = await checkout.place(customer, shop, requestFor([{ product }]), client)
        return { id }
      })
    const order = await Order.findOrFail((await submit()).id)
    await moveTo(order, 'delivered', owner)
    await shop.close()
    assert.equal((await submit()).id, order.id)
    const another = place(customer, shop.id, requestFor([{ product }]))
    assert.equal(await outcomeOf(another), 'E_SHOP_CLOSED')
  })
})

/** Resolves when so many connections wait for a lock of another. */
async function someoneWaits(count = 1) {
  await eventually(async () => {
    const { rows } = await db.rawQuery(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`
    )
    if (rows[0].waiting < count) throw new Error('Nobody waits yet')
  })
}
