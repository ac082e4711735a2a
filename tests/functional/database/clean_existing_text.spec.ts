import db from '@adonisjs/lucid/services/db'
import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import Product from '#models/product'
import Shop from '#models/shop'
import User from '#models/user'
import Migration from '#database/migrations/125_clean_existing_text'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'

const migrate = (direction: 'execUp' | 'execDown') => {
  return new Migration(db.connection(), '125_clean_existing_text', false)[direction]()
}

/** As they were stored before text was cleaned. */
async function withoutCleaning(store: () => Promise<unknown>) {
  await migrate('execDown')
  try {
    await store()
  } finally {
    await migrate('execUp')
  }
}

const namesIn = async (shopId: string) => {
  const products = await Product.query().where('shop_id', shopId).orderBy('created_at')
  return products.map(({ name }) => name)
}

test.group('Text from before it was cleaned', (group) => {
  group.each.setup(emptyDatabase)
  group.teardown(emptyDatabase)

  test('is cleaned; of products of the same name the older keeps it, and the others are listed', async ({
    assert,
  }) => {
    const shop = await createShop()
    const names = [
      'Toor\u200B Dal',
      'Toor  Dal',
      'toor dal (2)',
      'Ｔｏｏｒ Ｄａｌ',
      'प\u095Dाई',
      'पढ\u093Cाई',
    ]
    await withoutCleaning(async () => {
      for (const name of names) {
        await createProduct({
          shopId: shop.id,
          name,
          unit: '\u200B',
          nameHi: '\u2800',
          brand: ' Tata',
        })
      }
    })
    assert.deepEqual(await namesIn(shop.id), [
      'Toor Dal',
      'Toor Dal (3)',
      'toor dal (2)',
      'Ｔｏｏｒ Ｄａｌ (4)',
      'पढ\u093Cाई',
      'पढ\u093Cाई (2)',
    ])
    const { unit, nameHi, brand } = await Product.firstOrFail()
    assert.deepEqual({ unit, nameHi, brand }, { unit: '–', nameHi: null, brand: 'Tata' })
    const renamed = await db.from('renamed').orderBy('name_before')
    assert.deepEqual(
      renamed.map((row) => [row.name_before, row.name_after]),
      [
        ['Toor Dal', 'Toor Dal (3)'],
        ['पढ\u093Cाई', 'पढ\u093Cाई (2)'],
        ['Ｔｏｏｒ Ｄａｌ', 'Ｔｏｏｒ Ｄａｌ (4)'],
      ]
    )
  })

  test('keeps products with their orders, and what was ordered', async ({ assert }) => {
    const product = await createProduct()
    const order = await createOrder({ product })
    await withoutCleaning(async () => {
      await createProduct({ shopId: product.shopId, name: `${product.name}\u200B` })
      await db.from('order_items').update({ name: '\u202EBesan ' })
      await db
        .from('orders')
        .update({ note: '\u200B', address: '4  MG\u00A0Road', customer_name: '\u200E' })
      await db.from('order_events').update({ reason: '\u200B' })
    })
    await order.refresh()
    const [item] = await order.related('items').query()
    assert.deepEqual([item.productId, item.name], [product.id, 'Besan'])
    assert.deepEqual([order.note, order.address, order.customerName], [null, '4 MG Road', '–'])
    assert.deepEqual(await namesIn(product.shopId), [product.name, `${product.name} (2)`])
  })

  test('never makes one account of two', async ({ assert }) => {
    await createUser({ username: 'meena' })
    await withoutCleaning(() =>
      createUser({ username: 'me\u200Bena', fullName: ' Meena\u00A0 Joshi' })
    )
    const users = await User.query().orderBy('username')
    assert.deepEqual(
      users.map(({ username, fullName }) => [username, fullName]),
      [
        ['meena', 'Asha Verma'],
        ['meena-2', 'Meena Joshi'],
      ]
    )
    assert.deepInclude(await db.from('renamed').firstOrFail(), {
      user_id: users[1].id,
      name_after: 'meena-2',
    })
  })

  test('fits where it was stored', async ({ assert }) => {
    await withoutCleaning(() => createProduct({ name: '\u095D'.repeat(120) }))
    const { name } = await Product.firstOrFail()
    assert.equal(name, 'ढ\u093C'.repeat(60))
  })

  test('reaches what copies it: search, and the shop of a product', async ({ assert }) => {
    const owner = await createOwner()
    await withoutCleaning(async () => {
      const shop = await createShop({
        ownerId: owner.id,
        name: 'Gupta\u200B  Kirana',
        city: 'Indore\u200E',
      })
      await createProduct({ shopId: shop.id, name: 'Be\u200Bsan' })
    })
    const { shopName, shopCity } = await Product.firstOrFail()
    assert.deepEqual([shopName, shopCity], ['Gupta Kirana', 'Indore'])
    const found = await db.from('search_names').where({ kind: 'product', name: 'Besan' })
    assert.lengthOf(found, 1)
    assert.equal((await Shop.firstOrFail()).name, 'Gupta Kirana')
  })

  test('withdraws the younger of two open invitations of a person', async ({ assert }) => {
    const shop = await createShop()
    const invite = (username: string) => {
      return db.table('khata_invitations').insert({
        shop_id: shop.id,
        username,
        limit_paise: 1,
        expires_at: '2999-01-01',
      })
    }
    await withoutCleaning(async () => {
      await invite('meena')
      await invite('meena\u200B')
    })
    const invitations = await db.from('khata_invitations').orderBy('created_at').orderBy('id')
    assert.deepEqual(
      invitations.map(({ username, state }) => [username, state]),
      [
        ['meena', 'waiting'],
        ['meena', 'withdrawn'],
      ]
    )
  })
})

test.group('The database', (group) => {
  group.each.setup(emptyDatabase)
  group.teardown(emptyDatabase)

  const changes: [string, Record<string, string>][] = [
    ['users', { full_name: 'Asha  Verma' }],
    ['users', { username: 'asha\u200B' }],
    ['users', { address: '\u200B' }],
    ['shops', { name: 'Gupta\u202E Kirana' }],
    ['products', { name: 'Besan ' }],
    ['products', { name_hi: 'प\u095Dाई' }],
    ['products', { brand: '\u00A0' }],
    ['products', { unit: '500\tg' }],
    ['orders', { note: 'at  night' }],
    ['orders', { address: '\u3164' }],
    ['order_items', { unit: '' }],
    ['order_events', { reason: '\u2800' }],
  ]

  for (const [table, values] of changes) {
    test(`stores no other text: ${table} ${JSON.stringify(values)}`, async ({ assert }) => {
      await createOrder({ note: 'ring twice' })
      const store = db.from(table).update(values)
      await assert.rejects(() => store.exec(), /_texts_clean/)
    })
  }

  test('has no two products of a shop with the same name', async ({ assert }) => {
    const shop = await createShop()
    const pairs = [
      ['Toor Dal', 'TOOR DAL'],
      ['Tata Salt', 'Ｔａｔａ Ｓａｌｔ'],
      ['İmli', 'imli'],
      ['ΟΔΟΣ', 'οδος'],
      ['Haldiram’s Bhujia', `haldiram's bhujia`],
      ['क\u094D\u200Dष', 'क\u094Dष'],
    ]
    for (const [name, other] of pairs) {
      await createProduct({ shopId: shop.id, name })
      await assert.rejects(
        () => createProduct({ shopId: shop.id, name: other, id: randomUUID() }),
        /products_shop_id_name_unique/
      )
    }
  })
})
