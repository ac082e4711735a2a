import db from '@adonisjs/lucid/services/db'
import fc from 'fast-check'
import { test } from '@japa/runner'
import { MEASURES } from '#measures/goods'
import { lineTotal, unitPriceOf } from '#measures/line_total'
import { readUnit } from '#measures/read_unit'
import { createProduct } from '#tests/helpers/factories'

const WORDS = [
  'kg',
  'g',
  'gm.',
  'KG',
  'लीटर',
  'ml',
  'm',
  'dozen',
  'sticks',
  'x',
  'box',
  'ग्राम',
  'नग',
  '',
]
const NUMBERS = [
  '1',
  '12',
  '500',
  '0.5',
  '.5',
  '1.2345',
  '१०',
  '1/2',
  '1/3',
  '2/0',
  '0',
  '2 x 100',
  '3×',
  '1,000',
  '',
]

const UNITS = WORDS.flatMap((word) =>
  NUMBERS.flatMap((number) => [`${number} ${word}`, `${number}${word}`])
)

test.group('Measures in the database', () => {
  test('units are read as in the application', async ({ assert }) => {
    const { rows } = await db.rawQuery(
      `SELECT unit, (read_unit(unit)).* FROM unnest(cast(? AS text[])) AS listed (unit)`,
      [UNITS]
    )
    const read = rows.map(({ unit, measure, net_quantity: netQuantity }: any) => {
      return [unit, measure && { measure, netQuantity }]
    })
    assert.deepEqual(
      read,
      UNITS.map((unit) => [unit, readUnit(unit)])
    )
    assert.deepEqual(readUnit('100 sticks'), { measure: 'pieces', netQuantity: 100 })
    assert.deepEqual(readUnit('2 x 100 g'), { measure: 'weight', netQuantity: 200 })
    assert.isNull(readUnit('Half bag'))
  })

  test('lines and unit prices are rounded as in the application', async ({ assert }) => {
    const line = fc.record({
      measure: fc.constantFrom(...MEASURES),
      soldAs: fc.constantFrom('packed' as const, 'loose' as const),
      netQuantity: fc.integer({ min: 1, max: 1_000_000 }),
      pricePaise: fc.integer({ min: 1, max: 100_000_000 }),
      quantity: fc.integer({ min: 1, max: 99_000 }),
    })
    const lines = fc.sample(line, { numRuns: 2_000, seed: 18 })
    const { rows } = await db.rawQuery(
      `SELECT line_paise("pricePaise", quantity, CASE "soldAs" WHEN 'loose' THEN "netQuantity" ELSE 1 END)::float8
         AS total
       FROM jsonb_to_recordset(cast(? AS jsonb))
         AS line ("pricePaise" bigint, quantity bigint, "soldAs" text, "netQuantity" bigint)`,
      [JSON.stringify(lines)]
    )
    assert.deepEqual(
      rows.map(({ total }: { total: number }) => total),
      lines.map(lineTotal)
    )
  })

  test('a product without a measure gets that of its unit', async ({ assert }) => {
    const dozen = await createProduct({ unit: '1 dozen', pricePaise: 8400 })
    assert.include(dozen, { measure: 'pieces', netQuantity: 12, unitPricePaise: 700 })
    const bag = await createProduct({ unit: 'Half bag', pricePaise: 8400 })
    assert.include(bag, { measure: 'pieces', netQuantity: 1, unitPricePaise: unitPriceOf(bag) })
    await bag.merge({ unit: '250 g' }).save()
    await bag.refresh()
    assert.include(bag, { measure: 'weight', netQuantity: 250, unitPricePaise: 33600 })
  })

  test('loose goods get the unit, the size and the standard amounts of their measure', async ({
    assert,
  }) => {
    const dal = await createProduct({
      soldAs: 'loose',
      measure: 'weight',
      unit: '1 kg',
      stock: 12_500,
    })
    assert.include(dal, { unit: 'kg', netQuantity: 1000, smallest: 50, step: 50 })
    assert.deepEqual(dal.presets, [100, 250, 500, 1000])
  })

  test('the unit cannot contradict the measure', async ({ assert }) => {
    const product = await createProduct({ unit: '500 g' })
    await assert.rejects(() => product.merge({ netQuantity: 450 }).save(), /products_unit_agrees/)
  })
})
