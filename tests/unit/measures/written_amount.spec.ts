import { test } from '@japa/runner'
import fc from 'fast-check'
import { MEASURES } from '#measures/goods'
import { readStock, stockText } from '#measures/stock'
import { readAmounts, readBaseUnits, STANDARD_TEXTS, writtenAmount } from '#measures/written_amount'

test.group('Amounts in fields and files', () => {
  for (const [text, measure, amount] of [
    ['12.5', 'weight', 12_500],
    ['12.5 kg', 'weight', 12_500],
    ['500 g', 'weight', 500],
    ['12500 g', 'weight', 12_500],
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
    assert.equal(writtenAmount(0, 'weight'), '0 kg')
    assert.equal(writtenAmount(1, 'pieces'), '1 piece')
  })

  test('are the standard ones in a new form', ({ assert }) => {
    assert.deepEqual(STANDARD_TEXTS.weight, {
      smallest: '50 g',
      step: '50 g',
      presets: '100 g, 250 g, 500 g, 1 kg',
    })
    assert.deepEqual(readAmounts('100 g,250 g; 1', 'weight'), [100, 250, 1_000])
    assert.deepEqual(readAmounts('100 g, some', 'weight'), [100, null])
  })
})
