import { test } from '@japa/runner'
import type { Measure } from '#measures/goods'
import { readUnit } from '#measures/read_unit'

const WORDS: [measure: Measure, size: number, words: string][] = [
  ['weight', 1000, 'kg KGS kilo kilos kilogram kilograms किलो किग्रा किलोग्राम'],
  ['weight', 1, 'g gm gms gr gram grams ग्राम ग्रा'],
  ['volume', 1000, 'l lt ltr ltrs liter liters litre litres लीटर लिटर'],
  ['volume', 1, 'ml मिली मिलीलीटर एमएल'],
  ['length', 100, 'm mtr mtrs meter meters metre metres मीटर'],
  ['length', 1, 'cm cms सेमी'],
  ['pieces', 12, 'dozen dozens doz दर्जन'],
  ['pieces', 1, 'piece pieces pc pcs नग पीस stick bag pads bunch tablets capsule sheet'],
  [
    'pieces',
    1,
    'sheets roll candles cube eggs bar sachets wipe diapers blade coils pen cup plates',
  ],
]

test.group('The unit of a pack', () => {
  test('"{words}" are {size} of {measure}')
    .with(WORDS.map(([measure, size, words]) => ({ measure, size, words })))
    .run(({ assert }, { measure, size, words }) => {
      for (const word of words.split(' ')) {
        assert.deepEqual(readUnit(`3 ${word}`), { measure, netQuantity: 3 * size }, word)
      }
    })

  test('"{unit}" is {netQuantity} base units')
    .with([
      { unit: 'kg', netQuantity: 1000 },
      { unit: '500g', netQuantity: 500 },
      { unit: '1 KG.', netQuantity: 1000 },
      { unit: '१ किलो', netQuantity: 1000 },
      { unit: '२५० ग्राम', netQuantity: 250 },
      { unit: '0.5 kg', netQuantity: 500 },
      { unit: '1.001 kg', netQuantity: 1001 },
      { unit: '1/2 kg', netQuantity: 500 },
      { unit: '3/4l', netQuantity: 750 },
      { unit: '50/2 g', netQuantity: 25 },
      { unit: '1/10 kg', netQuantity: 100 },
      { unit: '2 x 100 g', netQuantity: 200 },
      { unit: '2x100 g', netQuantity: 200 },
      { unit: '2 x100g', netQuantity: 200 },
      { unit: '12× 1/2 kg', netQuantity: 6000 },
      { unit: '3*50 ml', netQuantity: 150 },
      { unit: '10 x kg', netQuantity: 10_000 },
      { unit: '6 st\u0130cks', netQuantity: 6 },
      { unit: '999999 g', netQuantity: 999_999 },
      { unit: '1000 kg', netQuantity: 1_000_000 },
      { unit: '999 x 1 kg', netQuantity: 999_000 },
      { unit: '1 g', netQuantity: 1 },
    ])
    .run(({ assert }, { unit, netQuantity }) =>
      assert.equal(readUnit(unit)?.netQuantity, netQuantity)
    )

  test('"{$self}" is not understood')
    .with([
      '',
      '500',
      '1.5 g',
      '1/3 kg',
      '1/0 kg',
      '1/100 kg',
      '100/2 g',
      '0 kg',
      '1001 kg',
      '1000000 g',
      '1000 x 1 kg',
      '1.2345 kg',
      '.5 kg',
      'about 1 kg',
      '1 kg pack',
      '1  kg',
      '1 k.g',
      '1 kg..',
      '-1 kg',
      '2 x 2 x 1 kg',
      '1 packet',
      'constructor',
    ])
    .run(({ assert }, unit) => assert.isNull(readUnit(unit)))
})
