import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop } from '#tests/helpers/factories'

test.group('The database', (group) => {
  let shopId: string

  group.each.setup(async () => {
    await emptyDatabase()
    shopId = (await createShop()).id
  })

  const packed = () => createProduct({ shopId, pricePaise: 55_00, mrpPaise: 60_00 })
  const update = (set: string) => db.rawQuery(`UPDATE products SET ${set}`)

  test('refuses a price above the MRP, whichever of the two changes', async ({ assert }) => {
    await packed()
    const tooDear = [
      'price_paise = 6001',
      'mrp_paise = 5499',
      'price_paise = 7000, mrp_paise = 6500',
    ]
    for (const set of tooDear) {
      await assert.rejects(() => update(set), /products_price_within_mrp/)
    }
    await update('price_paise = 6000')
    await update('price_paise = 7000, mrp_paise = 7000')
    await update('mrp_paise = NULL')
    await update('price_paise = 9900')
    await assert.rejects(
      () => createProduct({ shopId, pricePaise: 55_00, mrpPaise: 50_00 }),
      /products_price_within_mrp/
    )
  })

  test('raises none of many prices when that of one would be above its MRP', async ({ assert }) => {
    for (let n = 0; n < 20; n++) {
      await createProduct({ shopId, pricePaise: 100_00, mrpPaise: n === 13 ? 104_99 : 105_00 })
    }
    const dearer = 'price_paise = round(price_paise * 1.05)'
    await assert.rejects(() => update(dearer), /products_price_within_mrp/)
    const prices = async () => new Set((await Product.all()).map(({ pricePaise }) => pricePaise))
    assert.deepEqual(await prices(), new Set([100_00]))
    await db.rawQuery(`UPDATE products SET ${dearer} WHERE mrp_paise >= 10500`)
    assert.deepEqual(await prices(), new Set([100_00, 105_00]))
  })

  test('gives loose goods no MRP', async ({ assert }) => {
    await packed()
    await assert.rejects(() => update(`sold_as = 'loose'`), /products_mrp_of_packs/)
  })

  test('refuses a label that makes no sense: {$self}')
    .with([
      ...[`country = 'in'`, `country = 'IND'`, `diet = 'vegan'`, `hsn_code = '10063'`],
      ...['gst_basis_points = 4001', 'gst_basis_points = -1', `maker = ' Bharat'`],
      `maker_address = repeat('a', 301)`,
    ])
    .run(async ({ assert }, set) => {
      await packed()
      await assert.rejects(() => update(set), /products_(country|diet|hsn_code|gst|maker)/)
    })

  test('keeps a day as a day, wherever the server is', async ({ assert }) => {
    const product = await packed()
    await product.merge({ bestBefore: '2027-03-31' }).save()
    assert.equal((await product.refresh()).bestBefore, '2027-03-31')
    const { rows } = await db.rawQuery('SELECT best_before::text AS day FROM products')
    assert.equal(rows[0].day, '2027-03-31')
  })
})
