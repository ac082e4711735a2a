import { test } from '@japa/runner'
import { interpretations, WEIGHTS } from '#search/postgres/interpretation'
import type { Kind, TypedWord } from '#search/postgres/candidates'

const typed = (word: string, kinds: Kind[], weight = 1): TypedWord => ({
  word,
  candidates: kinds.map((kind) => ({ kind, word, weight })),
})
const kindsOf = ({ words }: { words: object }) => Object.keys(words).sort()

test.group('Ways to read a query', () => {
  test('there is none without words', ({ assert }) => {
    assert.isEmpty(interpretations([], WEIGHTS.product))
  })

  test('there is none when a word means nothing', ({ assert }) => {
    const words = [typed('atta', ['product']), typed('qqq', [])]
    assert.isEmpty(interpretations(words, WEIGHTS.product))
  })

  test('every word is read as each kind that has it, products before shops before cities', ({
    assert,
  }) => {
    const ways = interpretations([typed('indore', ['city', 'shop', 'product'])], WEIGHTS.product)
    assert.deepEqual(ways.map(kindsOf), [['product'], ['shop'], ['city']])
    assert.deepEqual(
      ways.map(({ best }) => best),
      [3, 2, 1]
    )
  })

  test('shops are not found by products', ({ assert }) => {
    const ways = interpretations([typed('atta', ['product', 'shop'])], WEIGHTS.shop)
    assert.deepEqual(ways.map(kindsOf), [['shop']])
    assert.equal(ways[0].best, 3)
  })

  test('words of one kind belong together', ({ assert }) => {
    const words = [
      typed('basmati', ['product']),
      typed('rice', ['product']),
      typed('gupta', ['shop']),
    ]
    const [way, ...others] = interpretations(words, WEIGHTS.product)
    assert.isEmpty(others)
    assert.lengthOf(way.words.product!, 2)
    assert.lengthOf(way.words.shop!, 1)
    assert.equal(way.best, 8)
  })

  test('a word that is only like the typed one lowers what can be expected', ({ assert }) => {
    const [way] = interpretations([typed('besn', ['product'], 0.5)], WEIGHTS.product)
    assert.equal(way.best, 1.5)
  })

  test('there are only so many, and the best are kept', ({ assert }) => {
    const word = (name: string) => typed(name, ['product', 'shop', 'city'])
    const ways = interpretations(['a', 'b', 'c', 'd', 'e', 'f'].map(word), WEIGHTS.product)
    assert.lengthOf(ways, 12)
    assert.equal(ways[0].best, 18)
    assert.deepEqual(
      ways.map(({ best }) => best),
      ways.map(({ best }) => best).sort((a, b) => b - a)
    )
  })
})
