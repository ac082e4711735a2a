import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Product from '#models/product'
import { Replication, type Read } from '#replication/replication'
import { Vocabulary } from '#search/postgres/vocabulary'
import { wordsOfName } from '#search/postgres/names'
import { oddTexts } from '#tests/functional/search/odd_texts'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'

const column = async (sql: string, bindings: any[] = []) => {
  const { rows } = await db.rawQuery(sql, bindings)
  return rows.map((row: object) => Object.values(row)[0])
}
const words = async (text: string) => (await column('SELECT search_words(?)', [text]))[0]
const known = (kind: string) => {
  const all = 'SELECT DISTINCT unnest(words) AS word FROM search_names WHERE kind = ? ORDER BY word'
  return column(all, [kind])
}

test.group('Words of a text', () => {
  test('of "{text}" are {expected}')
    .with([
      { text: 'Basmati Rice (1 kg)', expected: ['basmati', 'rice', '1', 'kg'] },
      { text: 'rice Rice RICE', expected: ['rice'] },
      { text: 'ＡＴＴＡ ﬁne Crème', expected: ['atta', 'fine', 'creme'] },
      { text: "Lay's Lay’s Lay‘s Layʼs Lay´s Lay`s Lay＇s", expected: ['lays'] },
      { text: 'La\u00ady La\u200ey La\ufe0fy', expected: ['lay'] },
      { text: '५ ৫ ੫ ૫ ୫ ௫ ౫ ೫ ൫ ९', expected: ['5', '9'] },
      { text: 'ΟΔΟΣ οδος', expected: ['οδοσ'] },
      { text: 'चक्की ताज़ा आटा', expected: ['चक्की', 'ताजा', 'आटा'] },
      { text: 'ज़ीरा जीरा', expected: ['जीरा'] },
      { text: 'ఆటా আটা ஆட்டா', expected: ['ఆటా', 'আটা', 'ஆட்டா'] },
      { text: 'İdli', expected: ['idli'] },
      { text: 'tea-coffee/milk', expected: ['tea', 'coffee', 'milk'] },
      { text: '☃ .* 😀 \u202e', expected: [] },
      { text: '', expected: [] },
    ])
    .run(async ({ assert }, { text, expected }) => assert.deepEqual(await words(text), expected))

  test('are those that a query is split into', async ({ assert }) => {
    for (const text of oddTexts(300).map((odd) => odd.replaceAll('\0', '').toWellFormed())) {
      assert.deepEqual(await words(text.slice(0, 400)), wordsOfName(text.slice(0, 400)))
    }
  })

  test('are cut where nobody tells them apart any more', async ({ assert }) => {
    assert.deepEqual(await words('x'.repeat(100)), ['x'.repeat(40)])
  })
})

test.group('Search vocabulary', (group) => {
  group.each.setup(emptyDatabase)

  test('learns the names of shops and products, in both languages, and cities', async ({
    assert,
  }) => {
    const shop = await createShop({ name: 'Gupta Kirana', city: 'Navi Mumbai' })
    await createProduct({ shopId: shop.id, name: 'Besan', nameHi: 'बेसन' })
    assert.deepEqual(await known('shop'), ['gupta', 'kirana'])
    assert.deepEqual(await known('city'), ['mumbai', 'navi'])
    assert.deepEqual(await known('product'), ['besan', 'बेसन'])
  })

  test('learns new names', async ({ assert }) => {
    const shop = await createShop({ name: 'Gupta Kirana', city: 'Indore' })
    const product = await createProduct({ shopId: shop.id, name: 'Besan', nameHi: null })
    await shop.merge({ name: 'Verma Bazaar', city: 'Bhopal' }).save()
    await product.merge({ name: 'Maida', nameHi: 'मैदा' }).save()
    assert.includeMembers(await known('shop'), ['verma', 'bazaar'])
    assert.includeMembers(await known('city'), ['bhopal'])
    assert.includeMembers(await known('product'), ['maida', 'मैदा'])
  })

  test('starts afresh with an empty table', async ({ assert }) => {
    await createProduct({ name: 'Besan' })
    await db.rawQuery('TRUNCATE products CASCADE')
    assert.isEmpty(await known('product'))
    assert.isNotEmpty(await known('shop'))
    await db.rawQuery('TRUNCATE shops CASCADE')
    assert.isEmpty(await known('shop'))
    assert.isEmpty(await known('city'))
  })

  test('has a name once, however many rows share it', async ({ assert }) => {
    const ownerId = (await createOwner()).id
    for (let index = 0; index < 3; index++) {
      const { id } = await createShop({ ownerId, name: 'Gupta Kirana', city: 'Indore' })
      await createProduct({ shopId: id, name: 'Besan', nameHi: null })
    }
    const count = `SELECT count(*)::int FROM search_names WHERE name = ?`
    assert.deepEqual(await column(count, ['Besan']), [1])
    assert.deepEqual(await column(count, ['Gupta Kirana']), [1])
  })

  test('two who add the same new names at once do not lock each other up', async ({ assert }) => {
    const shops = await Promise.all([createShop(), createShop()])
    const names = Array.from({ length: 300 }, (_, index) => `New ${index} Word${index}`)
    const insert = (shopId: string, order: string[]) => {
      return db
        .table('products')
        .multiInsert(
          order.map((name) => ({ shop_id: shopId, name, unit: '1 kg', price_paise: 100, stock: 1 }))
        )
    }
    await Promise.all([insert(shops[0].id, names), insert(shops[1].id, names.toReversed())])
    assert.lengthOf(await Product.all(), 600)
    assert.include(await known('product'), 'word299')
  })

  test('the longest names that a product can have are learned', async ({ assert }) => {
    const word = (index: number) => String.fromCodePoint(0x20000 + index)
    const long = Array.from({ length: 60 }, (_, index) => word(index)).join(' ')
    const compatible = Array.from({ length: 60 }, (_, index) => String.fromCharCode(0x3300 + index))
    await createProduct({ name: long, nameHi: compatible.join(' ') })
    assert.include(await known('product'), word(59))
  })

  test('names from the backup of an older server are learned, and not again by every search', async ({
    assert,
  }) => {
    await createProduct({ name: 'Besan' })
    await db.rawQuery(`UPDATE search_names SET learned_in = '9000000000000'`)
    const replication = await app.container.make(Replication)
    const vocabulary = new Vocabulary()
    const position = await replication.currentPosition()
    const current = {
      readAt: (_: unknown, read: Read<unknown>) => replication.readAt(position, read),
    }
    await vocabulary.load(current as unknown as Replication)
    assert.isTrue(vocabulary.has('product', 'besan'))
    const learned: any[] = []
    await db.transaction(async (client) => {
      await vocabulary.refresh({
        knexRawQuery(sql: string, bindings: any[]) {
          const answer = client.knexRawQuery(sql, bindings)
          return { options: async () => answer.then((all) => (learned.push(...all.rows), all)) }
        },
      } as unknown as typeof client)
    })
    assert.deepEqual(
      learned.map(({ name }) => name),
      [null]
    )
  })

  test('a change of the stock is not written to any index until it sells out', async ({
    assert,
  }) => {
    const { id } = await createProduct({ stock: 5 })
    await db.transaction(async (client) => {
      const update = (stock: number) => client.from('products').where('id', id).update({ stock })
      const inPlace = async () => {
        const { rows } = await client.rawQuery(
          `SELECT n_tup_hot_upd AS count FROM pg_stat_xact_user_tables WHERE relname = 'products'`
        )
        return Number(rows[0].count)
      }
      await update(4)
      assert.equal(await inPlace(), 1)
      await update(0)
      assert.equal(await inPlace(), 1)
    })
  })
})
