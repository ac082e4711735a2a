import fc from 'fast-check'
import { test } from '@japa/runner'
import { goodsOf, largestQuantity, MEASURES, perOf, STANDARDS } from '#measures/goods'
import { lineTotal, unitPriceOf } from '#measures/line_total'
import type { Goods } from '#measures/goods'

const measure = fc.constantFrom(...MEASURES)
const packed = fc.record({
  measure,
  soldAs: fc.constant('packed' as const),
  netQuantity: fc.integer({ min: 1, max: 1_000_000 }),
})
const loose = measure.map((of) => {
  return { measure: of, soldAs: 'loose' as const, netQuantity: STANDARDS[of].priceUnitSize }
})
const goods: fc.Arbitrary<Goods> = fc.oneof(packed, loose)
const pricePaise = fc.integer({ min: 1, max: 100_000_000 })
const line = goods.chain((sold) => {
  const quantity = fc.integer({ min: 1, max: largestQuantity(sold) })
  return fc.record({ sold: fc.constant(sold), pricePaise, quantity })
})

/** Half up, without floating point. */
function halfUp(numerator: bigint, denominator: bigint) {
  return Number((2n * numerator + denominator) / (2n * denominator))
}

test.group('Arithmetic of lines', () => {
  test('a line is rounded half up, once, at any price and quantity', () => {
    fc.assert(
      fc.property(line, ({ sold, pricePaise: price, quantity }) => {
        const exact = halfUp(BigInt(price) * BigInt(quantity), BigInt(perOf(sold)))
        return lineTotal({ ...sold, pricePaise: price, quantity }) === exact
      }),
      { numRuns: 20_000 }
    )
  })

  test('a whole number of price units costs exactly that many prices', () => {
    fc.assert(
      fc.property(goods, pricePaise, fc.integer({ min: 1, max: 99 }), (sold, price, units) => {
        const quantity = units * perOf(sold)
        return lineTotal({ ...sold, pricePaise: price, quantity }) === price * units
      })
    )
  })

  test('more never costs less', () => {
    fc.assert(
      fc.property(line, ({ sold, pricePaise: price, quantity }) => {
        const costs = (of: number) =>
          lineTotal({ ...goodsOf(sold), pricePaise: price, quantity: of })
        return costs(quantity) <= costs(quantity + 1)
      })
    )
  })

  test('a unit price is rounded half up, once', () => {
    fc.assert(
      fc.property(goods, pricePaise, (sold, price) => {
        const compared = BigInt(price) * BigInt(STANDARDS[sold.measure].comparedSize)
        return (
          unitPriceOf({ ...sold, pricePaise: price }) === halfUp(compared, BigInt(sold.netQuantity))
        )
      }),
      { numRuns: 20_000 }
    )
  })
})
