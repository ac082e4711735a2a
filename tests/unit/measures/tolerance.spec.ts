import { test } from '@japa/runner'
import { toleratedOf, upToPaise } from '#measures/tolerance'

const loose = { measure: 'weight', soldAs: 'loose', netQuantity: 1000 } as const
const packed = { measure: 'weight', soldAs: 'packed', netQuantity: 500 } as const

test.group('What a scale may say', () => {
  test('{percent} % of {quantity} g is {least} to {most} g')
    .with([
      { quantity: 1000, percent: 10, least: 900, most: 1100 },
      { quantity: 250, percent: 5, least: 238, most: 262 },
      { quantity: 333, percent: 10, least: 300, most: 366 },
      { quantity: 500, percent: 0, least: 500, most: 500 },
    ])
    .run(({ assert }, { quantity, percent, least, most }) => {
      assert.deepEqual(toleratedOf(quantity, percent), { least, most })
    })

  test('loose goods may cost as much as their heaviest weight', ({ assert }) => {
    assert.equal(upToPaise({ ...loose, pricePaise: 40_00, quantity: 1000 }, 10), 44_00)
    assert.equal(upToPaise({ ...loose, pricePaise: 40_00, quantity: 250 }, 5), 10_48)
    assert.equal(upToPaise({ ...loose, pricePaise: 40_00, quantity: 250 }, 0), 10_00)
  })

  test('packs are counted, so they cost what was ordered', ({ assert }) => {
    assert.equal(upToPaise({ ...packed, pricePaise: 40_00, quantity: 20 }, 10), 800_00)
  })
})
