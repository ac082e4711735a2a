import db from '@adonisjs/lucid/services/db'
import fc from 'fast-check'
import { test } from '@japa/runner'
import { readUnit } from '#measures/read_unit'
import { odd, typed } from '#tests/helpers/typed_texts'

const number = fc.oneof(
  fc.nat(2_000).map(String),
  fc.nat(2_000_000).map(String),
  fc.constantFrom('0.5', '.5', '1.', '1.2345', '०.५', '1/2', '1/3', '½', '1,000', '١', '1e3', '-1'),
  fc.constantFrom('2 x 100', '2x2x2', '10*10', '3 × 50', '000001', '0000001', '12/99', '2/0')
)
const word = fc.oneof(
  fc.constantFrom('kg', 'KG', '\u212Ag', 'GM.', 'l', 'Ltr', 'मिली', 'M', 'cm', 'DOZEN', 'दर्जन'),
  fc.constantFrom('नग', 'sticks', 'st\u0130cks', 'piece\u017F', 'x', 'ｋｇ', 'कि.ग्रा.', 'kg kg')
)
const blank = fc.constantFrom('', '', '', '', ' ', ' ', '  ', '\u00A0', '\t', '\n')
const unit = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(number, blank, word, blank).map((parts) => parts.join('')) },
  fc.tuple(number, odd, word).map((parts) => parts.join('')),
  odd,
  typed
)
/** PostgreSQL stores no other text. */
const stored = unit.filter((text) => !text.includes('\0') && text.isWellFormed())

test.group('A unit that people type', () => {
  test('is read by the database as by the application', async ({ assert }) => {
    const units = fc.sample(stored, 10_000)
    const { rows } = await db.rawQuery(
      `SELECT (read_unit(unit)).* FROM unnest(cast(? AS text[])) WITH ORDINALITY AS listed (unit, place)
       ORDER BY place`,
      [units]
    )
    const read = rows.map(({ measure, net_quantity: netQuantity }: any) => {
      return measure && { measure, netQuantity }
    })
    const different = units.filter((text, index) => {
      return JSON.stringify(readUnit(text)) !== JSON.stringify(read[index])
    })
    assert.isAbove(read.filter(Boolean).length, 500)
    assert.deepEqual(different, [])
  })
})
