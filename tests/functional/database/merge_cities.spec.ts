import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import CreateCities from '#database/migrations/128_create_cities'
import FindShopsInCities from '#database/migrations/129_find_shops_in_cities'
import City from '#models/city'
import Shop from '#models/shop'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'

const create = () => new CreateCities(db.connection(), '128_create_cities', false)
const find = () => new FindShopsInCities(db.connection(), '129_find_shops_in_cities', false)

test.group('Shops from before there were cities', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    await find().execDown()
    await create().execDown()
    return async () => {
      if (!(await db.connection().schema.hasTable('cities'))) await create().execUp()
      if (!(await hasTrigger())) await find().execUp()
    }
  })

  const hasTrigger = async () => {
    const { rows } = await db.rawQuery(`SELECT FROM pg_trigger WHERE tgname = 'shops_find_city'`)
    return rows.length > 0
  }

  const migrate = async () => {
    await create().execUp()
    await find().execUp()
  }

  test('stand in one city each, however it was typed', async ({ assert }) => {
    const { id: ownerId } = await createOwner()
    const typed = {
      Indore: ['Indore', 'indore', 'INDORE', 'Indore City', 'इंदौर'],
      Vidisha: ['विदिशा'],
      Bengaluru: ['Bangalore'],
      /** As most shops write it. */
      Bagli: ['bagli', 'Bagli', 'Bagli', 'BAGLI city'],
      /** As the oldest shop writes it. */
      Nasrullaganj: ['Nasrullaganj', 'NASRULLAGANJ'],
    }
    const expected: [string, string][] = []
    for (const [city, spellings] of Object.entries(typed)) {
      for (const spelling of spellings) {
        const { id } = await createShop({ ownerId, city: spelling })
        expected.push([id, city])
      }
    }
    const product = await createProduct({ shopId: expected[3][0], name: 'Besan' })
    await migrate()
    const shops = await Shop.query().orderBy('id')
    assert.sameDeepMembers(
      shops.map(({ id, city }) => [id, city]),
      expected
    )
    assert.equal((await product.refresh()).shopCity, 'Indore')
    assert.equal((await City.findOrFail('Vidisha')).nameHi, 'विदिशा')
  })

  test('have their city in carts too', async ({ assert }) => {
    const product = await createProduct({ shopId: (await createShop({ city: 'BOMBAY' })).id })
    await db.rawQuery(
      `WITH cart AS (INSERT INTO carts (used_at) VALUES (now()) RETURNING id)
       INSERT INTO cart_lines (cart_id, product_id, line, quantity, price_paise, name, unit,
         shop_id, shop_name, shop_city)
       SELECT id, ?, uuidv7(), 1, 100, 'Besan', '1 kg', ?, 'Gupta Kirana', 'BOMBAY' FROM cart`,
      [product.id, product.shopId]
    )
    await migrate()
    const { shop_city: city } = await db.from('cart_lines').first()
    assert.equal(city, 'Mumbai')
  })

  test('are left alone where there are none', async ({ assert }) => {
    await migrate()
    assert.equal(await City.named('bombay'), 'Mumbai')
  })
})
