import ace from '@adonisjs/core/services/ace'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import Order from '#models/order'
import Product from '#models/product'
import Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import User from '#models/user'
import DemoRemove from '../../../commands/demo_remove.js'
import SeedDemo from '../../../commands/seed_demo.js'
import { isUntouched } from '#database/demo/untouched'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createShop, createUser, PASSWORD } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo } from '#tests/helpers/orders'
import { ApiClient } from '#tests/helpers/api_client'
import { Visitor } from '#tests/helpers/visitor'

const SMALL = ['--owners=3', '--customers=4', '--shops-per-owner=2', '--products-per-shop=15']

async function seed(...flags: string[]) {
  const command = await ace.create(SeedDemo, [...SMALL, ...flags])
  await command.exec()
  return command
}

async function remove(...flags: string[]) {
  const command = await ace.create(DemoRemove, flags)
  await command.exec()
  return command
}

/** Where the demo customer has ordered, with terms by which others order there, and an address that it delivers to. */
async function demoShop() {
  const owner = await User.findByOrFail('username', 'owner')
  const shop = await Shop.query().where('owner_id', owner.id).orderBy('id').firstOrFail()
  const product = await Product.query()
    .where('sold_as', 'packed')
    .where('shop_id', shop.id)
    .where('stock', '>', 20)
    .orderBy('id')
    .firstOrFail()
  await ShopSettings.query().where('shop_id', shop.id).update({ delivery_fee_paise: 0 })
  return { owner, shop, product, address: `12 MG Road ${shop.pinCode}` }
}

test.group('Command demo:remove', (group) => {
  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    await emptyDatabase()
    await seed()
    return async () => {
      ace.ui.switchMode('normal')
      await emptyDatabase()
    }
  })

  test('removes the carts of demo accounts with them, and no others', async ({ assert }) => {
    const { product } = await demoShop()
    const other = await createUser()
    for (const { id } of [await User.findByOrFail('username', 'customer'), other]) {
      await db.rawQuery(
        `WITH cart AS (INSERT INTO carts (user_id) VALUES (?) RETURNING id)
         INSERT INTO cart_lines (cart_id, product_id, line, quantity, price_paise, name, unit,
           shop_id, shop_name, shop_city)
         SELECT id, ?, uuidv7(), 1, 100, 'Besan', '1 kg', ?, 'Gupta Kirana', 'Indore' FROM cart`,
        [id, product.id, product.shopId]
      )
    }
    await remove('--force')
    const [cart, ...more] = await db.from('carts')
    assert.equal(cart.user_id, other.id)
    assert.lengthOf(more, 0)
    assert.lengthOf(await db.from('cart_lines'), 1)
  })

  test('removes accounts, shops, products, orders and khatas, and says so', async ({ assert }) => {
    assert.isAbove((await Order.all()).length, 0)
    assert.isAbove((await db.from('khata_entries')).length, 0)
    const addresses = await db.from('addresses').orderBy('id')
    assert.deepEqual(
      addresses.map(({ label, is_default: isDefault }) => [label, isDefault]),
      [
        ['Home', true],
        ['Parents', false],
      ]
    )
    const command = await remove('--force')
    command.assertSucceeded()
    command.assertLogMatches(/7 accounts with 6 shops, 90 products and [1-5] orders/)
    command.assertLogMatches(/7 accounts and 6 shops removed/)
    const tables = ['users', 'addresses', 'shops', 'products', 'orders', 'khatas']
    for (const table of [...tables, 'khata_invitations']) {
      assert.lengthOf(await db.from(table), 0, table)
    }
  })

  test('leaves what other people have', async ({ assert }) => {
    const shop = await createShop({ name: 'A real shop' })
    const product = await createProduct({ shopId: shop.id })
    const customer = await createUser()
    await openKhata(shop.id, customer, 100_000)
    await createOrder({ customer, product, paymentMethod: 'khata' })
    const rows = () => {
      const tables = ['users', 'shops', 'products', 'orders', 'khatas', 'khata_entries']
      return Promise.all(tables.map((table) => db.from(table).select('id').orderBy('id')))
    }
    const demo = await rows()
    await remove('--force')
    const left = await rows()
    const all = await Promise.all([User.all(), Shop.all(), Product.all(), Order.all()])
    assert.deepEqual(
      all.map(({ length }) => length),
      [2, 1, 1, 1]
    )
    for (const [index, table] of left.entries()) assert.includeDeepMembers(demo[index], table)
    assert.lengthOf(left[5], 2)
  })

  test('closes a shop that other people ordered from, and cancels what is open', async ({
    assert,
  }) => {
    const { owner, shop, product, address } = await demoShop()
    const customer = await createUser()
    const placed = await createOrder({ address, customer, product })
    const onTheWay = await moveTo(
      await createOrder({ address, customer, product }),
      'out_for_delivery',
      owner
    )
    const delivered = await moveTo(
      await createOrder({ address, customer, product }),
      'delivered',
      owner
    )
    const paid = await createOrder({
      address,
      customer,
      product,
      paymentMethod: 'upi',
    })
    await paid.claimPayment(customer, '123456789012')

    const command = await remove('--force')
    command.assertSucceeded()
    command.assertLogMatches(/1 of the shops have orders or khatas of other people/)
    command.assertLogMatches(/6 accounts and 5 shops removed/)
    command.assertLogMatches(/\(owner\) is closed; refunds due: 1, khatas to settle: 0/)
    command.assertLogMatches(/stay, locked: owner/)

    assert.deepEqual(
      (await Shop.all()).map(({ id, isClosed }) => [id, isClosed]),
      [[shop.id, true]]
    )
    const orders = await Order.query().orderBy('id')
    assert.deepEqual(
      orders.map(({ id, state }) => [id, state]),
      [
        [placed.id, 'declined'],
        [onTheWay.id, 'cancelled'],
        [delivered.id, 'delivered'],
        [paid.id, 'declined'],
      ]
    )
    assert.equal(orders[3].paymentState, 'refund_due')
    const visitor = await loggedIn(customer)
    assert.include((await visitor.visit(`/orders/${placed.id}`)).text, shop.name)
  })

  test('keeps a khata that other people owe something on', async ({ assert }) => {
    const { owner, shop, product, address } = await demoShop()
    const customer = await createUser()
    const khata = await openKhata(shop.id, customer, 10_000_000)
    const order = await createOrder({
      address,
      customer,
      product,
      paymentMethod: 'khata',
    })
    await moveTo(order, 'delivered', owner)
    await remove('--force')
    const kept = await Khata.findOrFail(khata.id)
    assert.equal(await kept.balancePaise(), order.totalPaise)
    assert.lengthOf(await Khata.all(), 1)
  })

  test('locks demo accounts that stay, and ends their sessions and tokens', async ({ assert }) => {
    const { owner, product, address } = await demoShop()
    const visitor = await loggedIn(owner)
    const client = await ApiClient.of(owner)
    await createOrder({ address, product })
    await remove('--force')

    assert.isTrue((await owner.refresh()).isLocked)
    assert.equal((await visitor.visit('/owner/shops')).path.split('?')[0], '/login')
    await eventually(async () => assert.equal((await client.get('/api/me')).status, 401))
    const page = await new Visitor().visit('/login')
    assert.equal(page.status, 200)
    const form = { username: 'owner', password: PASSWORD }
    assert.equal((await new ApiClient().post('/api/token', { form })).status, 400)
  })

  test('takes back what demo accounts ordered from the shops of others', async ({ assert }) => {
    const customer = await User.findByOrFail('username', 'customer')
    const shop = await createShop({ name: 'A real shop' })
    const product = await createProduct({ shopId: shop.id, stock: 10 })
    const order = await createOrder({ customer, product, quantity: 4 })
    await KhataInvitation.send(shop, 'customer', 10_000)

    const command = await remove('--force')
    command.assertSucceeded()
    command.assertLogMatches(/stay, locked: customer/)
    assert.equal((await order.refresh()).state, 'cancelled')
    assert.equal((await product.refresh()).stock, 10)
    assert.lengthOf(await KhataInvitation.all(), 0)
    assert.lengthOf(await Shop.all(), 1)
  })

  test('asks first, and changes nothing without a yes', async ({ assert }) => {
    const command = await ace.create(DemoRemove, [])
    ;(command as any).canAsk = true
    command.prompt.trap('Remove them?').reject()
    await command.exec()
    command.assertFailed()
    command.assertLogMatches(/Nothing was changed/)
    assert.lengthOf(await Shop.all(), 6)
  })

  test('needs --force where nobody can be asked', async ({ assert }) => {
    const command = await ace.create(DemoRemove, [])
    ;(command as any).canAsk = false
    await command.exec()
    command.assertFailed()
    command.assertLogMatches(/--force/)
    assert.lengthOf(await Shop.all(), 6)
  })

  test('reaches pages and searches through the change feed', async ({ assert }) => {
    const { shop } = await demoShop()
    const product = await createProduct({ shopId: shop.id, name: 'Sold in this shop alone' })
    const visitor = new Visitor()
    const search = `/search?q=${encodeURIComponent(product.name)}`
    await eventually(async () => {
      assert.equal((await visitor.visit(`/shops/${shop.id}`)).status, 200)
      assert.include((await visitor.visit(search)).html, product.id)
    })
    await remove('--force')
    await eventually(async () => {
      assert.equal((await visitor.visit(`/shops/${shop.id}`)).status, 404)
      assert.notInclude((await visitor.visit(search)).html, product.id)
    })
  })

  test('can be run again, and says when there is nothing', async () => {
    await remove('--force')
    const again = await remove('--force')
    again.assertSucceeded()
    again.assertLogMatches(/There are no demo accounts/)
  })

  test('keeps later starts from seeding again, unless that is asked for', async ({ assert }) => {
    await remove('--force')
    assert.isFalse(await isUntouched(db))
    const quiet = await seed('--if-empty')
    quiet.assertLogMatches(/nothing was created/)
    assert.lengthOf(await User.all(), 0)
    await seed()
    assert.lengthOf(await User.all(), 7)
  })

  test('what people have written in a khata still stays', async ({ assert }) => {
    const { shop, product, address } = await demoShop()
    const customer = await createUser()
    await openKhata(shop.id, customer, 10_000_000)
    const order = await createOrder({
      address,
      customer,
      product,
      paymentMethod: 'khata',
    })
    for (const table of ['khata_entries', 'khata_transactions']) {
      const column = table === 'khata_entries' ? 'transaction_id' : 'id'
      const own = db.from('khata_transactions').where('order_id', order.id).select('id')
      await assert.rejects(() => db.from(table).whereIn(column, own).delete(), /stays/)
    }
    await assert.rejects(() => db.from('khata_entries').update({ amount_paise: 1 }), /stays/)
  })
})
