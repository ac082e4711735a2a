import { test } from '@japa/runner'
import {
  goodsOf,
  isCountedAlike,
  isLoose,
  isPricedAlike,
  isRepacked,
  largestQuantity,
  largestStock,
  MEASURES,
  MOST_COUNTS,
  perOf,
  SOLD_AS,
  STANDARDS,
  type Goods,
} from '#measures/goods'

const kilos: Goods = { measure: 'weight', soldAs: 'loose', netQuantity: 1000 }
const litres: Goods = { measure: 'volume', soldAs: 'loose', netQuantity: 1000 }
const pack: Goods = { measure: 'weight', soldAs: 'packed', netQuantity: 500 }
const larger: Goods = { ...pack, netQuantity: 1000 }
const bottle: Goods = { ...pack, measure: 'volume' }

test.group('Goods', () => {
  test('are measured in four ways and sold in two', ({ assert }) => {
    assert.deepEqual(MEASURES, ['weight', 'volume', 'length', 'pieces'])
    assert.deepEqual(SOLD_AS, ['packed', 'loose'])
    assert.isTrue(isLoose(kilos))
    assert.isFalse(isLoose(pack))
  })

  test('{measure} is counted in {baseUnit} and priced by {priceUnitSize} of them, a {priceUnit}')
    .with([
      { measure: 'weight', baseUnit: 'g', priceUnit: 'kg', priceUnitSize: 1000 },
      { measure: 'volume', baseUnit: 'ml', priceUnit: 'l', priceUnitSize: 1000 },
      { measure: 'length', baseUnit: 'cm', priceUnit: 'm', priceUnitSize: 100 },
      { measure: 'pieces', baseUnit: 'piece', priceUnit: 'dozen', priceUnitSize: 12 },
    ] as const)
    .run(({ assert }, { measure, ...standard }) => {
      assert.containsSubset(STANDARDS[measure], standard)
    })

  test('prices are compared by kg, l, m and piece', ({ assert }) => {
    const sizes = MEASURES.map((measure) => STANDARDS[measure].comparedSize)
    assert.deepEqual(sizes, [1000, 1000, 100, 1])
  })

  test('loose goods are offered in amounts that fit their steps', ({ assert }) => {
    const offered = MEASURES.map((measure) => STANDARDS[measure])
    assert.deepEqual(
      offered.map(({ smallest, step }) => [smallest, step]),
      [
        [50, 50],
        [50, 50],
        [10, 10],
        [1, 1],
      ]
    )
    assert.deepEqual(
      offered.map(({ presets }) => presets),
      [
        [100, 250, 500, 1000],
        [100, 250, 500, 1000],
        [50, 100, 200],
        [6, 12],
      ]
    )
  })

  test('a row with other columns is the same goods', ({ assert }) => {
    assert.deepEqual(goodsOf({ ...pack, pricePaise: 1 } as Goods), pack)
  })

  test('a price is for a pack, or for the base units of a price unit', ({ assert }) => {
    assert.equal(perOf(pack), 1)
    assert.equal(perOf(kilos), 1000)
  })

  test('an order takes 99 packs or price units, a stock a million packs or 100 tonnes', ({
    assert,
  }) => {
    assert.equal(largestQuantity(pack), 99)
    assert.equal(largestQuantity(kilos), 99_000)
    assert.equal(MOST_COUNTS, 99_000)
    assert.equal(largestStock(pack), 1_000_000)
    assert.equal(largestStock(kilos), 100_000_000)
  })

  test('packs of another amount are other packs, which loose goods are not', ({ assert }) => {
    assert.isTrue(isRepacked(pack, larger))
    assert.isTrue(isRepacked(pack, bottle))
    assert.isFalse(isRepacked(pack, { ...pack }))
    assert.isFalse(isRepacked(kilos, litres))
    assert.isFalse(isRepacked(pack, { ...kilos, netQuantity: 1 }))
    assert.isFalse(isRepacked(kilos, larger))
  })

  test('quantities mean the same of packs, and of loose goods of one measure', ({ assert }) => {
    assert.isTrue(isCountedAlike(pack, bottle))
    assert.isTrue(isCountedAlike(kilos, { ...kilos }))
    assert.isFalse(isCountedAlike(kilos, litres))
    assert.isFalse(isCountedAlike(kilos, pack))
    assert.isFalse(isCountedAlike(pack, kilos))
  })

  test('prices mean the same when quantities do and packs are the same', ({ assert }) => {
    assert.isTrue(isPricedAlike(pack, { ...pack }))
    assert.isTrue(isPricedAlike(kilos, { ...kilos }))
    assert.isFalse(isPricedAlike(pack, larger))
    assert.isFalse(isPricedAlike(kilos, litres))
    assert.isFalse(isPricedAlike(pack, kilos))
  })
})
