import { randomUUID } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { BATCH } from '#housekeeping/chore'
import { chores } from '#housekeeping/chores'
import { Housekeeping } from '#housekeeping/housekeeping'
import City from '#models/city'
import Shop from '#models/shop'
import { emptyWithCities } from '#tests/helpers/cities'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'

const TIDIED = chores.map(({ table }) => table)

/** Business records, kept for good. */
const BUSINESS = [
  'bill_lines',
  'bill_numbers',
  'bills',
  'counter_sale_lines',
  'counter_sales',
  'khata_entries',
  'khata_transactions',
  'khatas',
  'order_events',
  'order_items',
  'orders',
  'products',
  'shop_hours',
  'shop_order_numbers',
  'shop_settings',
  'shop_slots',
  'shops',
  'users',
]

/** A row for each slot of the change feed, each run of a server, each file of migrations. */
const BOUNDED = [
  'adonis_schema',
  'adonis_schema_versions',
  'change_feed_gaps',
  'demo_removals',
  'renamed',
  'server_uptimes',
]

/** Removed with the person, cart or city that they belong to. */
const PARTS = ['addresses', 'cart_lines', 'cart_tokens', 'city_names', 'push_subscriptions']

const count = async (table: string) => {
  const [{ total }] = await db.from(table).count('* as total')
  return Number(total)
}

test.group('Housekeeping', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    await db.rawQuery(
      'TRUNCATE left_sessions, form_submissions, search_misses, locks, khata_invitations CASCADE'
    )
  })

  const tidy = async () => (await app.container.make(Housekeeping)).tidy()

  test('knows of every table whether it is business, bounded, or tidied up', async ({ assert }) => {
    const { rows } = await db.rawQuery(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`
    )
    const names = rows.map(({ name }: { name: string }) => name)
    assert.sameMembers(names, [...BUSINESS, ...BOUNDED, ...TIDIED, ...PARTS])
  })

  const kinds = [
    ['sessions', '30 days', (at: string) => `(id, data, expires_at) VALUES (:id, '{}', ${at})`],
    [
      'left_sessions',
      '60 seconds',
      (at: string) => `(id, user_id, successor, left_at)
        SELECT :id, id, 'next', ${at} - interval '60 seconds' FROM users`,
    ],
    ['carts', '30 days', (at: string) => `(id, used_at) VALUES (:id, ${at} - interval '30 days')`],
    [
      'access_tokens',
      '30 days',
      (at: string) => `(tokenable_id, type, hash, abilities, expires_at)
        SELECT id, 'auth_token', :id, '[]', ${at} FROM users`,
    ],
    [
      'form_submissions',
      '7 days',
      (at: string) => `(holder, form, key, digest, created_at)
        VALUES (:id, 'f', :id, 'd', ${at} - interval '7 days')`,
    ],
    [
      'kept_forms',
      'an hour',
      (at: string) => `(id, user_id, form, created_at)
        SELECT :id, id, 'f', ${at} - interval '1 hour' FROM users`,
    ],
    [
      'locks',
      'an hour',
      (at: string) => `(key, owner, expiration)
        VALUES (:id, 'o', extract(epoch FROM ${at} - interval '1 hour') * 1000)`,
    ],
    [
      'import_drafts',
      'an hour',
      (at: string) => `(shop_id, text, separator, decimal_mark, stocks, expires_at)
        SELECT id, :id, 'usual', '.', '{}', ${at} FROM shops`,
    ],
    [
      'product_edits',
      '1 day',
      (at: string) => `(id, shop_id, field, rows, made_at)
        SELECT cast(:id AS uuid), id, 'stock', '[]', ${at} - interval '1 day' FROM shops`,
    ],
    [
      'price_changes',
      '7 days',
      (
        at: string
      ) => `(id, shop_id, product_id, before_paise, after_paise, measure, sold_as, net_quantity, made_at)
        SELECT :id, shop_id, id, 1, 2, measure, sold_as, net_quantity, ${at} - interval '7 days' FROM products`,
    ],
    [
      'change_traces',
      'an hour',
      (at: string) => `(transaction_id, traceparent, noted_at)
        VALUES (hashtext(:id), :id, ${at} - interval '1 hour')`,
    ],
    [
      'khata_invitations',
      '90 days',
      (at: string) => `(shop_id, username, limit_paise, expires_at)
        SELECT id, :id, 100, ${at} - interval '90 days' FROM shops`,
    ],
    [
      'khata_requests',
      '90 days',
      (at: string) => `(id, shop_id, customer_id, state, expires_at)
        SELECT cast(:id AS uuid), id, owner_id, 'withdrawn', ${at} - interval '90 days' FROM shops`,
    ],
  ] as const

  for (const [table, time, row] of kinds) {
    test(`removes ${table} when their time is over (${time}), and none before`, async ({
      assert,
    }) => {
      await createProduct()
      const [over, held] = [randomUUID(), randomUUID()]
      await db.rawQuery(`INSERT INTO ${table} ${row(`(now() - interval '5 seconds')`)}`, {
        id: over,
      })
      await db.rawQuery(`INSERT INTO ${table} ${row(`(now() + interval '5 seconds')`)}`, {
        id: held,
      })
      await tidy()
      const { rows } = await db.rawQuery(`SELECT t::text AS row FROM ${table} AS t`)
      assert.lengthOf(rows, 1)
      assert.include(rows[0].row, held)
    })
  }

  test('removes a guest cart that a login took after a minute, with all that belongs to it', async ({
    assert,
  }) => {
    for (const [id, at] of [
      ['over', "now() - interval '65 seconds'"],
      ['held', "now() - interval '55 seconds'"],
    ]) {
      await db.rawQuery(
        `WITH cart AS (INSERT INTO carts (left_at) VALUES (${at}) RETURNING id),
           token AS (INSERT INTO cart_tokens SELECT :id, id FROM cart)
         INSERT INTO cart_lines (cart_id, product_id, line, quantity, price_paise, name, unit,
           shop_id, shop_name, shop_city)
         SELECT id, uuidv7(), uuidv7(), 1, 100, :id, '1 kg', uuidv7(), 'Gupta Kirana', 'Indore' FROM cart`,
        { id }
      )
    }
    await tidy()
    const left = await db.from('cart_tokens').select('hash')
    assert.deepEqual(left, [{ hash: 'held' }])
    assert.equal(await count('cart_lines'), 1)
  })

  test('keeps the cart of an account, however long ago it was used', async ({ assert }) => {
    const { id } = await createUser()
    await db.table('carts').insert({ user_id: id, used_at: new Date('2025-01-01') })
    await tidy()
    assert.equal(await count('carts'), 1)
  })

  test('removes searches in vain after a month', async ({ assert }) => {
    await db.rawQuery(`INSERT INTO search_misses VALUES
      (current_date - 31, 'Indore', 'old', 9, '{1}'), (current_date - 30, 'Indore', 'new', 9, '{1}')`)
    await tidy()
    assert.deepEqual(
      (await db.from('search_misses')).map(({ words }) => words),
      ['new']
    )
  })

  test('keeps an accepted invitation, which is the consent of a customer', async ({ assert }) => {
    const shop = await createShop()
    const customer = await createUser()
    await db.table('khata_invitations').insert({
      shop_id: shop.id,
      username: customer.username,
      customer_id: customer.id,
      limit_paise: 100,
      state: 'accepted',
      expires_at: new Date('2025-01-01'),
      answered_at: new Date('2025-01-01'),
    })
    await tidy()
    assert.equal(await count('khata_invitations'), 1)
  })

  test('removes more rows than a batch has, batch by batch', async ({ assert }) => {
    await db.rawQuery(
      `INSERT INTO sessions SELECT n, '{}', null, now() - interval '1 minute'
       FROM generate_series(1, ?) AS n`,
      [2 * BATCH + 7]
    )
    await tidy()
    assert.equal(await count('sessions'), 0)
  })

  test('does not wait for a row that is in use', async ({ assert }) => {
    await db.rawQuery(`INSERT INTO sessions VALUES
      ('used', '{}', null, now() - interval '1 minute'), ('free', '{}', null, now() - interval '1 minute')`)
    const use = await db.transaction()
    await use.rawQuery(`SELECT FROM sessions WHERE id = 'used' FOR UPDATE`)
    await tidy()
    await use.rollback()
    assert.deepEqual(
      (await db.from('sessions')).map(({ id }) => id),
      ['used']
    )
    await tidy()
    assert.equal(await count('sessions'), 0)
  })

  test('is done by one process at a time', async ({ assert }) => {
    await db.rawQuery(
      `INSERT INTO sessions VALUES ('old', '{}', null, now() - interval '1 minute')`
    )
    const other = await db.transaction()
    await other.rawQuery('SELECT pg_advisory_xact_lock(1414)')
    await tidy()
    assert.equal(await count('sessions'), 1)
    await other.commit()
    await tidy()
    assert.equal(await count('sessions'), 0)
  })

  test('goes on with the rest when one part of it fails', async ({ assert }) => {
    await db.rawQuery(
      `INSERT INTO sessions VALUES ('old', '{}', null, now() - interval '1 minute')`
    )
    const broken = { table: 'nowhere', remove: () => Promise.reject(new Error('broken')) }
    const files = () => Promise.reject(new Error('no such directory'))
    await new Housekeeping(db, logger, [broken, ...chores], files, 1_000).tidy()
    assert.equal(await count('sessions'), 0)
  })

  test('of sessions is not left to chance', async ({ assert }) => {
    await db.rawQuery(
      `INSERT INTO sessions SELECT n, '{}', null, now() - interval '1 minute'
       FROM generate_series(1, 10) AS n`
    )
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const product = await createProduct({ shopId: shop.id })
    const visitor = await loggedIn(owner)
    const path = `/owner/shops/${shop.id}/products/${product.id}/stock?_method=PUT`
    for (let time = 0; time < 200; time++) {
      const answer = await visitor.send('POST', path, new URLSearchParams({ change: '1' }))
      assert.equal(answer.status, 303)
    }
    assert.equal(await count('sessions'), 10 + 1)
  }).timeout(90_000)
})

test.group('Names for search that nobody uses any more', (group) => {
  group.each.setup(emptyDatabase)

  const tidy = async () => (await app.container.make(Housekeeping)).tidy()
  const names = async (kind: string) => {
    const rows = await db.from('search_names').where({ kind }).orderBy('name')
    return rows.map(({ name }) => name)
  }
  /** As if all names were learned so long ago. */
  const age = () => db.rawQuery(`UPDATE search_names SET id = uuidv7(interval '-2 hours')`)

  test('are removed, and those of products and shops stay', async ({ assert }) => {
    const shop = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
    const product = await createProduct({ shopId: shop.id, name: 'Besan', nameHi: 'बेसन' })
    await createProduct({ shopId: shop.id, name: 'Sooji', nameHi: null })
    await product.merge({ name: 'Gram flour' }).save()
    await shop.merge({ name: 'Gupta Stores', city: 'Pune' }).save()
    await age()
    await tidy()
    assert.deepEqual(await names('product'), ['Gram flour', 'Sooji'])
    assert.deepEqual(await names('shop'), ['Gupta Stores'])
    assert.deepEqual(await names('city'), ['Pune'])
  })

  test('stay for an hour, in which a name may come back', async ({ assert }) => {
    const product = await createProduct({ name: 'Besan' })
    await product.merge({ name: 'Gram flour' }).save()
    await tidy()
    assert.deepEqual(await names('product'), ['Besan', 'Gram flour'])
  })

  test('stay when they are just about to be used', async ({ assert }) => {
    const product = await createProduct({ name: 'Besan', nameHi: null })
    await product.merge({ name: 'Gram flour' }).save()
    await age()
    const use = await db.transaction()
    await product.useTransaction(use).merge({ name: 'Besan' }).save()
    await tidy()
    await use.commit()
    assert.include(await names('product'), 'Besan')
  })

  test('are learned again by who waited for their removal', async ({ assert }) => {
    const product = await createProduct({ name: 'Besan', nameHi: null })
    await product.merge({ name: 'Gram flour' }).save()
    const removal = await db.transaction()
    await removal.rawQuery(`SELECT FROM search_names WHERE name = 'Besan' FOR UPDATE`)
    const saved = product.merge({ name: 'Besan' }).save()
    await removal.rawQuery(`DELETE FROM search_names WHERE name = 'Besan'`)
    await removal.commit()
    await saved
    assert.include(await names('product'), 'Besan')
  })
})

test.group('Cities that nobody uses any more', (group) => {
  group.each.setup(emptyWithCities)

  const tidy = async () => (await app.container.make(Housekeeping)).tidy()
  const isKnown = async (city: string) => (await City.named(city)) !== null

  test('are removed when all that is known of them is the name that a shop gave', async ({
    assert,
  }) => {
    const moved = await createShop({ city: 'Bagli' })
    await createShop({ city: 'Nasrullaganj' })
    await moved.merge({ city: 'Dewas' }).save()
    await City.introduce('Ashta', { nameHi: 'आष्टा' })
    await tidy()
    const known = ['Bagli', 'Nasrullaganj', 'Ashta', 'Dewas', 'Indore', 'Bangalore']
    assert.deepEqual(await Promise.all(known.map(isKnown)), [false, true, true, true, true, true])
  })

  test('stay when a shop is just about to open there', async ({ assert }) => {
    await City.introduce('Bagli', {})
    const { id: ownerId } = await createOwner()
    const use = await db.transaction()
    await Shop.create({ ownerId, name: 'Gupta Kirana', city: 'bagli' }, { client: use })
    await tidy()
    await use.commit()
    assert.isTrue(await isKnown('Bagli'))
  })

  test('are added again by a shop that waited for their removal', async ({ assert }) => {
    await City.introduce('Bagli', {})
    const { id: ownerId } = await createOwner()
    const removal = await db.transaction()
    await removal.rawQuery(`SELECT FROM cities WHERE name = 'Bagli' FOR UPDATE`)
    const opened = createShop({ ownerId, city: 'BAGLI' })
    await eventually(async () => {
      const { rows } = await db.rawQuery(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE 'insert into "shops"%'`
      )
      assert.lengthOf(rows, 1)
    })
    await removal.rawQuery(`DELETE FROM cities WHERE name = 'Bagli'`)
    await removal.commit()
    await opened
    assert.isTrue(await isKnown('Bagli'))
  })
})
