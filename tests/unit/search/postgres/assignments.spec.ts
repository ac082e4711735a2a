import { test } from '@japa/runner'
import { assignments } from '#search/postgres/assignments'
import { FIELDS } from '#search/weights'
import type { Kind, TypedWord } from '#search/postgres/candidates'

const typed = (word: string, kinds: Kind[], weight = 1): TypedWord => ({
  word,
  candidates: kinds.map((kind) => ({ kind, word, weight })),
})
const kindsOf = ({ words }: { words: object }) => Object.keys(words).sort()

test.group('Ways to read a query', () => {
  test('there is none without words', ({ assert }) => {
    assert.isEmpty(assignments([], FIELDS.product))
  })

  test('there is none when a word means nothing', ({ assert }) => {
    const words = [typed('atta', ['product']), typed('qqq', [])]
    assert.isEmpty(assignments(words, FIELDS.product))
  })

  test('every word is read as each kind that has it, products before shops before cities', ({
    assert,
  }) => {
    const ways = assignments([typed('indore', ['city', 'shop', 'product'])], FIELDS.product)
    assert.deepEqual(ways.map(kindsOf), [['product'], ['shop'], ['city']])
    assert.deepEqual(
      ways.map(({ best }) => best),
      [3, 2, 1]
    )
  })

  test('shops are not found by products', ({ assert }) => {
    const ways = assignments([typed('atta', ['product', 'shop'])], FIELDS.shop)
    assert.deepEqual(ways.map(kindsOf), [['shop']])
    assert.equal(ways[0].best, 3)
  })

  test('words of one kind belong together', ({ assert }) => {
    const words = [
      typed('basmati', ['product']),
      typed('rice', ['product']),
      typed('gupta', ['shop']),
    ]
    const [way, ...others] = assignments(words, FIELDS.product)
    assert.isEmpty(others)
    assert.lengthOf(way.words.product!, 2)
    assert.lengthOf(way.words.shop!, 1)
    assert.equal(way.best, 8)
  })

  test('a word that is only like the typed one lowers what can be expected', ({ assert }) => {
    const [way] = assignments([typed('besn', ['product'], 0.5)], FIELDS.product)
    assert.equal(way.best, 1.5)
  })

  test('there are only so many, and the best are kept', ({ assert }) => {
    const word = (name: string) => typed(name, ['product', 'shop', 'city'])
    const ways = assignments(['a', 'b', 'c', 'd', 'e', 'f'].map(word), FIELDS.product)
    assert.lengthOf(ways, 12)
    assert.equal(ways[0].best, 18)
    assert.deepEqual(
      ways.map(({ best }) => best),
      ways.map(({ best }) => best).sort((a, b) => b - a)
    )
  })
})
