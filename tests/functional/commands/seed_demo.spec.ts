import { setTimeout } from 'node:timers/promises'
import ace from '@adonisjs/core/services/ace'
import config from '@adonisjs/core/services/config'
import hash from '@adonisjs/core/services/hash'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Product from '#models/product'
import Shop from '#models/shop'
import User from '#models/user'
import SeedDemo from '../../../commands/seed_demo.js'
import { PRODUCTS } from '#database/demo/catalogue'
import { DEMO_SIZE } from '#database/demo/options'
import { runDemoSeed } from '#database/demo/run'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop, createUser } from '#tests/helpers/factories'

const SMALL = ['--owners=3', '--customers=4', '--shops-per-owner=2', '--products-per-shop=15']

async function seed(...flags: string[]) {
  const command = await ace.create(SeedDemo, flags)
  await command.exec()
  return command
}

async function rows() {
  const tables = await Promise.all(
    ['users', 'shops', 'products'].map((table) => db.from(table).select('*').orderBy('id'))
  )
  return { users: tables[0], shops: tables[1], products: tables[2] }
}

/** A shop with open orders or a khata cannot be deleted. */
function withoutOrders() {
  return db.rawQuery('TRUNCATE orders, khatas CASCADE')
}

/** Whether nobody has a connection for good; the change feed may be using one just now. */
async function poolIsIdle() {
  const { pool } = db.connection().getWriteClient().client
  for (let attempt = 0; attempt < 100 && pool.numUsed() > 0; attempt++) await setTimeout(20)
  return pool.numUsed() === 0
}

test.group('Command seed:demo', (group) => {
  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    await emptyDatabase()
    return async () => {
      ace.ui.switchMode('normal')
      await emptyDatabase()
    }
  })

  test('makes what the flags ask for, and says so', async ({ assert }) => {
    const command = await seed(...SMALL)
    command.assertSucceeded()
    const made = await rows()
    assert.lengthOf(made.users, 7)
    assert.lengthOf(made.shops, 6)
    assert.lengthOf(made.products, 90)
    command.assertLogMatches(/users: 7 created, 0 already present/)
    command.assertLogMatches(/products: 90 created, 0 already present/)
    command.assertLogMatches(/Log in as "owner" \(.+\), password Pass@1234/)
    command.assertLogMatches(/Log in as "customer" \(.+\), password Pass@1234/)
  })

  test('gives some shops hours, a holiday and slots, and leaves what owners change', async ({
    assert,
  }) => {
    const flags = ['--owners=8', '--customers=1', '--shops-per-owner=2', '--products-per-shop=1']
    await seed(...flags)
    const times = async () => ({
      hours: await db.from('shop_hours').orderBy(['shop_id', 'weekday', 'span']),
      holidays: await db.from('shop_holidays').orderBy('shop_id'),
      slots: await db.from('shop_slots').orderBy(['shop_id', 'weekday', 'from_minute']),
    })
    const { hours, holidays, slots } = await times()
    assert.isAbove(hours.length, 7)
    assert.isNotEmpty(holidays)
    const owner = await User.findByOrFail('username', 'owner')
    const [first, second] = await Shop.query().where('owner_id', owner.id).orderBy('id')
    assert.lengthOf(
      slots.filter(({ shop_id: id }) => id === first.id),
      14
    )
    const firsts = await db.rawQuery(
      'SELECT DISTINCT ON (owner_id) id FROM shops ORDER BY owner_id, id'
    )
    const openAlways = firsts.rows.map(({ id }: { id: string }) => id)
    assert.isEmpty(hours.filter(({ shop_id: id }) => openAlways.includes(id)))
    await db.from('shop_slots').where('shop_id', first.id).delete()
    await second.delete()
    await seed(...flags)
    const again = await times()
    assert.deepEqual([again.hours, again.holidays], [hours, holidays])
    assert.isEmpty(again.slots.filter(({ shop_id: id }) => id === first.id))
  })

  test('changes nothing when it is run again with the same seed', async ({ assert }) => {
    await seed(...SMALL)
    const before = await rows()
    const again = await seed(...SMALL)
    again.assertSucceeded()
    assert.deepEqual(await rows(), before)
    again.assertLogMatches(/products: 0 created, 90 already present/)
    again.assertLogMatches(/"owner" \(.+\), whose password is as it was/)
  })

  test('adds to what is there when the numbers grow', async ({ assert }) => {
    await seed(...SMALL)
    const before = await rows()
    await seed('--owners=4', '--customers=4', '--shops-per-owner=3', '--products-per-shop=20')
    const after = await rows()
    assert.lengthOf(after.users, 8)
    assert.lengthOf(after.shops, 12)
    assert.lengthOf(after.products, 240)
    assert.includeDeepMembers(after.products, before.products)
  })

  test('keeps what people changed in the demo data', async ({ assert }) => {
    await seed(...SMALL)
    const shop = await Shop.query().orderBy('id').firstOrFail()
    const [changed, renamed] = await Product.query().where({ shopId: shop.id }).orderBy('id')
    await changed.merge({ pricePaise: 12_345, stock: 0 }).save()
    await renamed.merge({ name: 'A name of my own' }).save()
    const before = await rows()
    await seed(...SMALL)
    assert.deepEqual(await rows(), before)
  })

  test('brings back what was deleted', async ({ assert }) => {
    await seed(...SMALL)
    await withoutOrders()
    const products = await Product.query().orderBy('id')
    const shop = await Shop.findOrFail(products[0].shopId)
    await shop.delete()
    await products.at(-1)!.delete()
    await seed(...SMALL)
    const again = await Product.query().orderBy('id')
    assert.deepEqual(
      again.map(({ id }) => id),
      products.map(({ id }) => id)
    )
  })

  test('lets a product stay that was moved before its shop was deleted', async ({ assert }) => {
    await seed(...SMALL)
    await withoutOrders()
    const elsewhere = await createShop()
    const moved = await Product.firstOrFail()
    await moved.merge({ shopId: elsewhere.id, name: 'A product that was moved' }).save()
    await Shop.query().whereNot({ id: elsewhere.id }).delete()
    const again = await seed(...SMALL)
    again.assertLogMatches(/shops: 6 created, 0 already present/)
    again.assertLogMatches(/products: 89 created, 1 already present/)
    await moved.refresh()
    assert.equal(moved.shopId, elsewhere.id)
  })

  test('takes turns when two run at the same time', async ({ assert }) => {
    const size = {
      ...DEMO_SIZE,
      owners: 3,
      customers: 4,
      productsPerShop: 15,
      password: 'Pass@1234',
    }
    const turns: string[] = []
    const run = (name: string) => runDemoSeed({ db, hash }, size, () => turns.push(name))
    const reports = await Promise.all([run('one'), run('other')])
    assert.deepEqual(turns.toSorted(), turns[0] === 'one' ? turns : turns.toReversed())
    assert.equal(reports[0].products.made + reports[1].products.made, 90)
    assert.lengthOf(await Product.all(), 90)
  })

  test('gives its connections and its lock back when it fails', async ({ assert }) => {
    const hasher = { make: async () => 'no text of PostgreSQL has a \0 in it' }
    const run = () => runDemoSeed({ db, hash: hasher as any }, { ...DEMO_SIZE, password: '' })
    await assert.rejects(run, /invalid byte sequence/)
    assert.isTrue(await poolIsIdle())
    const locks = await db.from('pg_locks').where({ locktype: 'advisory' })
    assert.lengthOf(locks, 0)
    assert.lengthOf(await User.all(), 0)
  })

  test('stores text as it is, whatever characters it has', async ({ assert }) => {
    const text = 'tab\t backslash \\N line\nreturn\r आटा'
    const hasher = { make: async () => text } as any
    await runDemoSeed({ db, hash: hasher }, { ...DEMO_SIZE, password: '', shopsPerOwner: 0 })
    const user = await User.firstOrFail()
    assert.equal(user.password, text)
  })

  test('makes other shops of another seed beside those that are there', async ({ assert }) => {
    await seed(...SMALL)
    const other = await seed(...SMALL, '--seed=2')
    other.assertSucceeded()
    assert.lengthOf(await Shop.all(), 12)
    assert.lengthOf(await User.query().whereIn('username', ['owner', 'customer']), 2)
  })

  test('gives every account the password that was asked for', async ({ assert }) => {
    await seed(...SMALL, '--password=Namaste@2026')
    const users = await User.all()
    for (const { password } of users) assert.equal(password, users[0].password)
    assert.isTrue(await hash.verify(users[0].password, 'Namaste@2026'))
  })

  test('flags every account that it makes, and no other', async ({ assert }) => {
    await createUser({ username: 'owner', role: 'shopowner' })
    await seed(...SMALL)
    const others = await User.query().where('is_demo', false)
    assert.deepEqual(
      others.map(({ username }) => username),
      ['owner']
    )
    assert.lengthOf(await User.query().where('is_demo', true), 6)
  })

  test('warns that there are people already', async () => {
    await createUser()
    const command = await seed(...SMALL)
    command.assertSucceeded()
    command.assertLogMatches(/accounts of real people here.+node ace demo:remove/)
  })

  test('warns that the site is a public one', async ({ assert }) => {
    const { appUrl } = config.get<{ appUrl: string }>('app')
    const quiet = await seed(...SMALL)
    assert.throws(() => quiet.assertLogMatches(/demo:remove/))
    config.set('app.appUrl', 'https://kirana.example')
    try {
      const command = await seed(...SMALL)
      command.assertLogMatches(/7 demo accounts.+refused unless DEMO=true.+node ace demo:remove/)
    } finally {
      config.set('app.appUrl', appUrl)
    }
  })

  test('lets the two accounts that it names log in', async ({ assert }) => {
    await seed(...SMALL)
    const owner = await User.verifyCredentials('owner', 'Pass@1234')
    const customer = await User.verifyCredentials('customer', 'Pass@1234')
    assert.equal(owner.role, 'shopowner')
    assert.equal(customer.role, 'customer')
    assert.lengthOf(await owner.related('shops').query(), 2)
  })

  test('copies the name and the city of a shop to its products', async ({ assert }) => {
    await seed(...SMALL)
    for (const product of await Product.query().preload('shop')) {
      assert.equal(product.shopName, product.shop.name)
      assert.equal(product.shopCity, product.shop.city)
    }
  })

  test('gives products their brand, and none to those without', async ({ assert }) => {
    await seed('--owners=1', '--customers=1', '--shops-per-owner=1', '--products-per-shop=1000')
    for (const name of ['Tata Salt', 'Atta', "Haldiram's Aloo Bhujia"]) {
      const { brand = null } = PRODUCTS.find((item) => item.name === name)!
      assert.equal((await Product.findByOrFail({ name })).brand, brand)
    }
  })

  test('fills a shop with more products than the catalogue has, in sizes and packs', async ({
    assert,
  }) => {
    await seed('--owners=1', '--customers=1', '--shops-per-owner=1', '--products-per-shop=1000')
    assert.lengthOf(await Product.all(), 1000)
  })

  test('leaves out the shops of an owner whose username a customer has', async ({ assert }) => {
    await createUser({ username: 'Owner', role: 'customer' })
    const command = await seed(...SMALL)
    command.assertSucceeded()
    command.assertLogMatches(/"owner" belongs to a customer/)
    assert.lengthOf(await Shop.all(), 4)
  })

  test('does nothing with --if-empty when there is an account', async ({ assert }) => {
    await createProduct()
    const before = await rows()
    const command = await seed('--if-empty')
    command.assertSucceeded()
    command.assertLogMatches(/nothing was created/)
    assert.deepEqual(await rows(), before)
  })

  test('fills an empty database with --if-empty', async ({ assert }) => {
    await seed('--if-empty', ...SMALL)
    assert.lengthOf(await Product.all(), 90)
  })

  test('refuses {0} in one line')
    .with([
      ['--owners=-1'],
      ['--customers=many'],
      ['--products-per-shop=1e9'],
      ['--seed=1.5'],
      ['--password=short'],
    ])
    .run(async ({ assert }, [flag]) => {
      const command = await seed(flag)
      command.assertExitCode(1)
      const lines = command.ui.logger.getLogs().map(({ message }) => message)
      assert.lengthOf(lines, 1)
      assert.match(lines[0], new RegExp(`${flag.split('=')[0]} must .+`))
      assert.lengthOf(await User.all(), 0)
    })
})
