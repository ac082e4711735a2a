import { test } from '@japa/runner'
import { lineTotal, unitPriceOf } from '#measures/line_total'

const loose = { measure: 'weight', soldAs: 'loose', netQuantity: 1000 } as const
const packed = { measure: 'weight', soldAs: 'packed', netQuantity: 500 } as const

test.group('Total of a line', () => {
  test('packs are counted', ({ assert }) => {
    assert.equal(lineTotal({ ...packed, pricePaise: 5250, quantity: 3 }), 15750)
  })

  test('loose goods are weighed, and half a paisa is rounded up', ({ assert }) => {
    assert.equal(lineTotal({ ...loose, pricePaise: 12000, quantity: 250 }), 3000)
    assert.equal(lineTotal({ ...loose, pricePaise: 12500, quantity: 160 }), 2000)
    assert.equal(lineTotal({ ...loose, pricePaise: 4550, quantity: 110 }), 501)
    assert.equal(lineTotal({ ...loose, pricePaise: 4549, quantity: 110 }), 500)
  })

  test('the largest line is exact', ({ assert }) => {
    assert.equal(lineTotal({ ...loose, pricePaise: 99_999_999, quantity: 98_999 }), 9_899_899_901)
  })

  test('prices are compared per kilo and per piece', ({ assert }) => {
    assert.equal(unitPriceOf({ ...packed, pricePaise: 5250 }), 10500)
    assert.equal(unitPriceOf({ measure: 'pieces', netQuantity: 12, pricePaise: 8400 }), 700)
    assert.equal(unitPriceOf({ measure: 'weight', netQuantity: 300, pricePaise: 100 }), 333)
    assert.equal(unitPriceOf({ measure: 'weight', netQuantity: 16, pricePaise: 1 }), 63)
  })
})
