import { test } from '@japa/runner'
import { baseAmount, readBaseAmount } from '#measures/base_amount'
import type { Goods } from '#measures/goods'
import {
  BASE_UNITS,
  baseUnitOf,
  fromPriceUnits,
  goodsIn,
  isCountedIn,
  priceUnitOf,
  toPriceUnits,
} from '#measures/price_units'
import { readStock, stockText } from '#measures/stock'

const kilos: Goods = { measure: 'weight', soldAs: 'loose', netQuantity: 1000 }
const eggs: Goods = { measure: 'pieces', soldAs: 'loose', netQuantity: 12 }
const pack: Goods = { measure: 'weight', soldAs: 'packed', netQuantity: 500 }

test.group('Price units and base units', () => {
  test('packs are counted and priced as packs, loose goods by their measure', ({ assert }) => {
    assert.deepEqual([baseUnitOf(pack), priceUnitOf(pack)], ['pack', 'pack'])
    assert.deepEqual([baseUnitOf(kilos), priceUnitOf(kilos)], ['g', 'kg'])
    assert.deepEqual([baseUnitOf(eggs), priceUnitOf(eggs)], ['piece', 'dozen'])
  })

  test('a page that does not say what it counts means packs', ({ assert }) => {
    assert.isTrue(isCountedIn(pack))
    assert.isTrue(isCountedIn(kilos, 'g'))
    assert.isFalse(isCountedIn(kilos))
    assert.isFalse(isCountedIn(kilos, 'ml'))
    assert.isFalse(isCountedIn(pack, 'g'))
  })

  test('a unit says which goods it counts', ({ assert }) => {
    assert.deepEqual(BASE_UNITS, ['pack', 'g', 'ml', 'cm', 'piece'])
    assert.deepEqual(goodsIn('g'), kilos)
    assert.deepEqual(goodsIn('piece'), eggs)
    assert.deepEqual(goodsIn('cm'), { measure: 'length', soldAs: 'loose', netQuantity: 100 })
    const packed = { measure: 'pieces', soldAs: 'packed', netQuantity: 1 }
    assert.deepEqual(goodsIn('pack'), packed as Goods)
    assert.deepEqual(goodsIn(), packed as Goods)
  })

  test('250 g are a quarter of a kilo, there and back', ({ assert }) => {
    assert.equal(toPriceUnits(250, kilos), 0.25)
    assert.equal(fromPriceUnits(0.25, kilos), 250)
    assert.equal(toPriceUnits(2, pack), 2)
    assert.equal(fromPriceUnits(2, pack), 2)
    assert.equal(fromPriceUnits(1 / 3 + 1 / 6, eggs), 6)
    assert.equal(fromPriceUnits(0.1 + 0.2, kilos), 300)
  })

  test('there is nothing between two base units', ({ assert }) => {
    assert.isNull(fromPriceUnits(0.0005, kilos))
    assert.isNull(fromPriceUnits(0.1001, eggs))
    assert.isNull(fromPriceUnits(1.5, pack))
    assert.isNull(fromPriceUnits(0.9999, pack))
  })

  test('an amount is written so that no language changes it, and read again', ({ assert }) => {
    assert.equal(baseAmount(1050, kilos), '1050 g')
    assert.deepEqual(readBaseAmount('1050 g'), { ...kilos, quantity: 1050 })
    assert.deepEqual(readBaseAmount('30 piece'), { ...eggs, quantity: 30 })
    for (const text of [
      null,
      '',
      'g',
      '2 pack',
      '2 kg',
      '1.5 g',
      '-1 g',
      '1050 g of',
      'a 5 g',
      '5  g',
    ]) {
      assert.isNull(readBaseAmount(text), String(text))
    }
  })

  test('a stock is a number of packs, or an amount', ({ assert }) => {
    assert.equal(stockText({ ...pack, stock: 1500 }), '1500')
    assert.equal(stockText({ ...kilos, stock: 1500 }), '1.5 kg')
    assert.equal(readStock('1,500', pack), 1500)
    assert.equal(readStock('1.500', pack, { mark: ',' }), 1500)
    assert.equal(readStock('1.5', kilos), 1500)
    assert.equal(readStock('1,5', kilos, { mark: ',' }), 1500)
    assert.isNull(readStock('1.5', kilos, { named: true }))
    assert.isNull(readStock('1.5', pack))
  })
})
