import { test } from '@japa/runner'
import fc from 'fast-check'
import { MEASURES, type Measure } from '#measures/goods'
import { readStock, stockText } from '#measures/stock'
import {
  isSellable,
  readAmounts,
  readBaseUnits,
  STANDARD_TEXTS,
  writtenAmount,
} from '#measures/written_amount'

test.group('Amounts in fields and files', () => {
  for (const [text, measure, amount] of [
    ['12.5', 'weight', 12_500],
    ['12.5 kg', 'weight', 12_500],
    ['500 g', 'weight', 500],
    ['12500 g', 'weight', 12_500],
    ['5 KG.', 'weight', 5_000],
    ['1.234 kg', 'weight', 1_234],
    ['1.50000 kg', 'weight', 1_500],
    ['999999999 g', 'weight', 999_999_999],
    ['1,250 g', 'weight', 1_250],
    ['१२.५ किलो', 'weight', 12_500],
    ['0.05', 'weight', 50],
    ['2 l', 'volume', 2_000],
    ['750ml', 'volume', 750],
    ['1.5 m', 'length', 150],
    ['2.5', 'pieces', 30],
    ['31 pieces', 'pieces', 31],
    ['3 dozen', 'pieces', 36],
  ] as const) {
    test(`read ${text} as ${amount} of ${measure}`, ({ assert }) => {
      assert.equal(readBaseUnits(text, measure), amount)
    })
  }

  for (const [text, measure] of [
    ['', 'weight'],
    ['kg', 'weight'],
    ['12,5 kg', 'weight'],
    ['0.0005 kg', 'weight'],
    ['0.5 g', 'weight'],
    ['1 l', 'weight'],
    ['5 packets', 'weight'],
    ['1e3', 'weight'],
    ['-2 kg', 'weight'],
    ['2 x 5 kg', 'weight'],
    ['5 kg dal', 'weight'],
    ['a 5 kg', 'weight'],
    ['1000000000 g', 'weight'],
    ['0.3', 'pieces'],
  ] as const) {
    test(`never guess what "${text}" of ${measure} is`, ({ assert }) => {
      assert.isNull(readBaseUnits(text, measure))
    })
  }

  test('need a unit where their number was of something else before', ({ assert }) => {
    assert.isNull(readBaseUnits('20', 'weight', { named: true }))
    assert.equal(readBaseUnits('20 kg', 'weight', { named: true }), 20_000)
  })

  test('have decimal commas only where a list has them', ({ assert }) => {
    assert.equal(readBaseUnits('12,5 kg', 'weight', { mark: ',' }), 12_500)
    assert.isNull(readBaseUnits('12.5 kg', 'weight', { mark: ',' }))
  })

  test('come back as they were written', ({ assert }) => {
    const amount = fc.integer({ min: 0, max: 100_000_000 })
    fc.assert(
      fc.property(amount, fc.constantFrom(...MEASURES), (baseUnits, measure) => {
        const goods = { soldAs: 'loose', measure, netQuantity: 1 } as const
        const text = stockText({ ...goods, stock: baseUnits })
        assert.equal(readStock(text, goods), baseUnits)
      })
    )
  })

  test('{baseUnits} of {measure} are {text}')
    .with([
      { baseUnits: 0, measure: 'weight', text: '0 kg' },
      { baseUnits: 999, measure: 'weight', text: '999 g' },
      { baseUnits: 1_000, measure: 'weight', text: '1 kg' },
      { baseUnits: 12_500, measure: 'volume', text: '12.5 l' },
      { baseUnits: 99, measure: 'length', text: '99 cm' },
      { baseUnits: 1, measure: 'weight', text: '1 g' },
      { baseUnits: 0, measure: 'pieces', text: '0 dozen' },
      { baseUnits: 1, measure: 'pieces', text: '1 piece' },
      { baseUnits: 6, measure: 'pieces', text: '6 pieces' },
      { baseUnits: 24, measure: 'pieces', text: '2 dozen' },
      { baseUnits: 31, measure: 'pieces', text: '31 pieces' },
    ] as const)
    .run(({ assert }, { baseUnits, measure, text }) =>
      assert.equal(writtenAmount(baseUnits, measure), text)
    )

  test('can be bought from one base unit to 99 price units', ({ assert }) => {
    const sellable = (measure: Measure, amounts: number[]) =>
      amounts.map((amount) => isSellable(amount, measure))
    assert.deepEqual(sellable('weight', [0, 1, 99_000, 99_001]), [false, true, true, false])
    assert.deepEqual(sellable('pieces', [0, 1, 1_188, 1_189]), [false, true, true, false])
  })

  test('are the standard ones in a new form', ({ assert }) => {
    assert.deepEqual(STANDARD_TEXTS.weight, {
      smallest: '50 g',
      step: '50 g',
      presets: '100 g, 250 g, 500 g, 1 kg',
    })
    assert.deepEqual(readAmounts('100 g,250 g; 1', 'weight'), [100, 250, 1_000])
    assert.deepEqual(readAmounts('100 g, some', 'weight'), [100, null])
    assert.deepEqual(readAmounts(' ,100 g; ,', 'weight'), [100])
    assert.deepEqual(readAmounts('', 'weight'), [])
  })
})
