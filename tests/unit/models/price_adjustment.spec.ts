import { test } from '@japa/runner'
import fc from 'fast-check'
import {
  adjustedPrice,
  adjustmentText,
  DIRECTIONS,
  ROUNDINGS,
  SIZED_IN,
} from '#models/price_adjustment'

const adjustments = fc.record({
  direction: fc.constantFrom(...DIRECTIONS),
  sizedIn: fc.constantFrom(...SIZED_IN),
  size: fc.integer({ min: 1, max: 100_00 }),
  rounding: fc.constantFrom(...ROUNDINGS),
})
const prices = fc.integer({ min: 1, max: 100_000_000 })

test.group('A price that is changed with others', () => {
  test(
    'is {result} when {pricePaise} paise are changed: {direction} {size} {sizedIn}, to {rounding}'
  )
    .with([
      {
        pricePaise: 40_00,
        direction: 'raise',
        size: 5_00,
        sizedIn: 'percent',
        rounding: 100,
        result: 42_00,
      },
      {
        pricePaise: 38_00,
        direction: 'raise',
        size: 5_00,
        sizedIn: 'percent',
        rounding: 100,
        result: 40_00,
      },
      {
        pricePaise: 38_00,
        direction: 'raise',
        size: 5_00,
        sizedIn: 'percent',
        rounding: 1,
        result: 39_90,
      },
      {
        pricePaise: 10_00,
        direction: 'raise',
        size: 5_00,
        sizedIn: 'percent',
        rounding: 100,
        result: 11_00,
      },
      {
        pricePaise: 10_00,
        direction: 'raise',
        size: 5_00,
        sizedIn: 'percent',
        rounding: 50,
        result: 10_50,
      },
      {
        pricePaise: 40_50,
        direction: 'raise',
        size: 2_00,
        sizedIn: 'rupees',
        rounding: 50,
        result: 42_50,
      },
      {
        pricePaise: 40_00,
        direction: 'lower',
        size: 2_00,
        sizedIn: 'rupees',
        rounding: 100,
        result: 38_00,
      },
      {
        pricePaise: 10_10,
        direction: 'raise',
        size: 1_00,
        sizedIn: 'percent',
        rounding: 100,
        result: 10_10,
      },
      {
        pricePaise: 9_60,
        direction: 'lower',
        size: 1_00,
        sizedIn: 'percent',
        rounding: 100,
        result: 9_60,
      },
      {
        pricePaise: 1_00,
        direction: 'lower',
        size: 2_00,
        sizedIn: 'rupees',
        rounding: 100,
        result: -1_00,
      },
    ] as const)
    .run(({ assert }, { pricePaise, result, ...adjustment }) => {
      assert.equal(adjustedPrice(pricePaise, adjustment), result)
    })

  test('is in whole steps of its rounding, never on the wrong side, and less than a step off', ({
    assert,
  }) => {
    fc.assert(
      fc.property(prices, adjustments, (pricePaise, adjustment) => {
        const { direction, sizedIn, size, rounding } = adjustment
        const change = sizedIn === 'percent' ? (pricePaise * size) / 100_00 : size
        const exact = direction === 'raise' ? pricePaise + change : pricePaise - change
        const paise = adjustedPrice(pricePaise, adjustment)
        assert.isTrue(Number.isInteger(paise))
        if (direction === 'raise') assert.isAtLeast(paise, pricePaise)
        else assert.isAtMost(paise, pricePaise)
        if (paise === pricePaise) return
        assert.equal(Math.abs(paise % rounding), 0)
        assert.isAtMost(Math.abs(paise - exact), rounding / 2 + 1e-6)
      })
    )
  })

  test('has a text that says which change it is', ({ assert }) => {
    const raise = { direction: 'raise', size: 5_00, sizedIn: 'percent', rounding: 100 } as const
    assert.equal(adjustmentText(raise), 'raise 500 percent 100')
    assert.equal(
      adjustmentText({ direction: 'lower', size: 2_00, sizedIn: 'rupees', rounding: 50 }),
      'lower 200 rupees 50'
    )
  })
})
