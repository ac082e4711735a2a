import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import City from '#models/city'
import Shop from '#models/shop'
import { emptyWithCities } from '#tests/helpers/cities'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'

/** As PostgreSQL stores the city of a shop that was typed so. */
async function stored(city: string) {
  const { id } = await createShop({ city })
  return (await Shop.findOrFail(id)).city
}

test.group('The city of a shop', (group) => {
  group.each.setup(emptyWithCities)

  test('{typed} is {city}')
    .with([
      ...['Indore', 'indore', 'INDORE', ' Indore ', 'Ｉｎｄｏｒｅ', 'इंदौर', 'In\u200bdore'].map(
        (typed) => {
          return { typed, city: 'Indore' }
        }
      ),
      ...['Indore City', 'Indore  City', 'indore city', 'इंदौर शहर'].map((typed) => {
        return { typed, city: 'Indore' }
      }),
      { typed: 'विदिशा', city: 'Vidisha' },
      { typed: 'NEW  DELHI', city: 'Delhi' },
      { typed: 'नई दिल्ली', city: 'Delhi' },
      { typed: 'Bangalore', city: 'Bengaluru' },
      { typed: 'Bombay', city: 'Mumbai' },
      { typed: 'Calcutta', city: 'Kolkata' },
      { typed: 'Madras', city: 'Chennai' },
      { typed: 'Allahabad', city: 'Prayagraj' },
      { typed: 'Gurgaon', city: 'Gurugram' },
      { typed: 'राँची', city: 'Ranchi' },
      { typed: 'Salt Lake City', city: 'Salt Lake City' },
      { typed: 'City', city: 'City' },
    ])
    .run(async ({ assert }, { typed, city }) => {
      assert.equal(await stored(typed), city)
    })

  test('that nobody knows is added once, as it was first written', async ({ assert }) => {
    assert.equal(await stored(' Nasrullaganj\u00a0'), 'Nasrullaganj')
    for (const typed of ['nasrullaganj', 'NASRULLAGANJ', 'Nasrullaganj City']) {
      assert.equal(await stored(typed), 'Nasrullaganj')
    }
    assert.lengthOf(await City.query().where('name', 'ilike', 'nasrullaganj%'), 1)
  })

  test('that nobody knows is added once by shops that open at the same time', async ({
    assert,
  }) => {
    const { id: ownerId } = await createOwner()
    const spellings = ['Bagli', 'bagli', 'BAGLI', 'Bagli ', ' bAgli', 'Bagli City']
    await Promise.all(spellings.map((city) => createShop({ ownerId, city })))
    assert.lengthOf(await Shop.query().distinct('city'), 1)
  })

  test('is found when rows are copied, and when psql changes it', async ({ assert }) => {
    const { id } = await createShop({ city: 'Pune' })
    await db.rawQuery(
      `INSERT INTO shops (owner_id, name, city) SELECT owner_id, 'Copy', 'BOMBAY' FROM shops`
    )
    await db.rawQuery(`UPDATE shops SET city = 'उज्जैन' WHERE id = ?`, [id])
    assert.sameMembers(
      (await Shop.all()).map(({ city }) => city),
      ['Mumbai', 'Ujjain']
    )
  })

  test('is always one that is known', async ({ assert }) => {
    await createShop({ city: 'Dewas' })
    await assert.rejects(() => db.rawQuery(`DELETE FROM cities WHERE name = 'Dewas'`), /shops_city/)
  })
})

test.group('A city', (group) => {
  group.each.setup(emptyWithCities)

  test('that is renamed takes its shops and products along, and is found by its old name', async ({
    assert,
  }) => {
    const shop = await createShop({ city: 'Burari' })
    const product = await createProduct({ shopId: shop.id })
    const burari = await City.findOrFail('Burari')
    assert.equal((await burari.rename('Sant Nagar')).name, 'Sant Nagar')
    assert.equal((await shop.refresh()).city, 'Sant Nagar')
    assert.equal((await product.refresh()).shopCity, 'Sant Nagar')
    assert.equal(await stored('BURARI'), 'Sant Nagar')
  })

  test('can be spelled in another way', async ({ assert }) => {
    const shop = await createShop({ city: 'bagli' })
    await (await City.findOrFail('bagli')).rename('Bagli')
    assert.equal((await shop.refresh()).city, 'Bagli')
    assert.equal(await stored('bagli'), 'Bagli')
  })

  test('that is renamed to another joins it with all its names', async ({ assert }) => {
    const shop = await createShop({ city: 'Rajendranagar' })
    await City.introduce('Rajendranagar', { nameHi: 'राजेंद्रनगर', otherNames: ['RRN'] })
    await (await City.findOrFail('Rajendranagar')).rename('indore')
    assert.equal((await shop.refresh()).city, 'Indore')
    for (const typed of ['rajendranagar', 'राजेंद्रनगर', 'rrn']) {
      assert.equal(await stored(typed), 'Indore')
    }
    assert.isNull(await City.find('Rajendranagar'))
  })

  test('shares no name with another', async ({ assert }) => {
    for (const taken of ['INDORE', 'इंदौर', 'bombay']) {
      await assert.rejects(
        () => City.introduce('Bagli', { otherNames: [taken] }),
        'Another city has one of these names'
      )
    }
    assert.isNull(await City.find('Bagli'))
  })

  test('can be one that ends in City, when it is added', async ({ assert }) => {
    await City.introduce('Indore City', {})
    assert.equal(await stored('INDORE  city'), 'Indore City')
    assert.equal(await stored('indore'), 'Indore')
  })
})
