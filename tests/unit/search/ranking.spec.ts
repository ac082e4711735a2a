import { test } from '@japa/runner'
import { compareHits, mergeHits } from '#search/ranking'
import { NOTHING } from '#search/search_engine'
import type { ProductHit, ShopHit } from '#search/search_engine'

const shop = (name: string, score: number): ShopHit => {
  return { type: 'shop', id: `shop ${name}`, name, city: 'Indore', score }
}
const product = (name: string, score: number, stock = 1): ProductHit => ({
  type: 'product',
  id: `product ${name}`,
  name,
  nameHi: null,
  brand: null,
  unit: '1 kg',
  measure: 'weight',
  soldAs: 'packed',
  netQuantity: 1000,
  smallest: null,
  step: null,
  presets: null,
  unitPricePaise: 100,
  mrpPaise: null,
  country: null,
  diet: null,
  category: null,
  pricePaise: 100,
  stock,
  shopId: 'shop',
  shopName: 'Gupta Kirana',
  shopCity: 'Indore',
  offers: [],
  score,
})
const many = <Hit>(count: number, make: (name: string, score: number) => Hit, score: number) =>
  Array.from({ length: count }, (_, index) => make(String(index + 10), score))

test.group('Hits in one list', () => {
  test('the best come first, whatever they are', ({ assert }) => {
    const { hits } = mergeHits([shop('a', 2)], [product('b', 3), product('c', 1)], 10)
    assert.deepEqual(
      hits.map(({ name }) => name),
      ['b', 'a', 'c']
    )
  })

  test('a shop comes before a product of the same score', ({ assert }) => {
    const { hits } = mergeHits([shop('z', 3)], [product('a', 3)], 10)
    assert.equal(hits[0].type, 'shop')
  })

  test('among equals what is in stock comes first, then the name, then the id', ({ assert }) => {
    const soldOut = product('a', 2, 0)
    const [b, c, twin] = [
      product('b', 2),
      product('c', 2),
      { ...product('b', 2), id: 'product b2' },
    ]
    assert.deepEqual([soldOut, c, twin, b].sort(compareHits), [b, twin, c, soldOut])
  })

  test('shops keep a quarter of the places', ({ assert }) => {
    const { hits, count, more } = mergeHits(many(30, shop, 1), many(30, product, 3), 20)
    assert.equal(hits.filter(({ type }) => type === 'shop').length, 5)
    assert.equal(count, 20)
    assert.isTrue(more)
  })

  test('and so do products', ({ assert }) => {
    const { hits } = mergeHits(many(30, shop, 3), many(30, product, 1), 20)
    assert.equal(hits.filter(({ type }) => type === 'product').length, 5)
  })

  test('places that one kind has no hits for go to the other', ({ assert }) => {
    const { hits } = mergeHits([shop('a', 1)], many(30, product, 3), 20)
    assert.lengthOf(hits, 20)
    assert.equal(hits.at(-1)!.type, 'shop')
    assert.lengthOf(mergeHits([], many(30, product, 3), 20).hits, 20)
  })

  test('the only place goes to the best', ({ assert }) => {
    assert.deepEqual(mergeHits([shop('a', 1)], [product('b', 3)], 1).hits, [product('b', 3)])
  })

  test('says when that is all', ({ assert }) => {
    const results = mergeHits([shop('a', 1)], [product('b', 3)], 2)
    assert.isFalse(results.more)
    assert.equal(results.count, 2)
    assert.deepEqual(mergeHits([], [], 5), NOTHING)
  })
})
