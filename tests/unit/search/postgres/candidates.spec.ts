import { test } from '@japa/runner'
import { similarWords, weightOfBeginning, bestCandidates } from '#search/postgres/candidates'
import type { KnownWord } from '#search/postgres/candidates'

const near = (word: string, errors: number, names = 1, kind: KnownWord['kind'] = 'product') => ({
  kind,
  word,
  errors,
  names,
})

test.group('What a typed word may mean', () => {
  test('a word counts more the less of it is missing, and fully when nothing is', ({ assert }) => {
    assert.equal(weightOfBeginning('atta', 'atta'), 1)
    assert.isBelow(weightOfBeginning('att', 'atta'), 1)
    assert.isAbove(weightOfBeginning('att', 'atta'), weightOfBeginning('at', 'atta'))
    assert.isAtLeast(weightOfBeginning('a', 'a'.repeat(40)), 0.6)
  })

  test('the closest words come first', ({ assert }) => {
    const words = similarWords([near('panner', 2), near('paneer', 1)], 0)
    assert.deepEqual(
      words.map(({ word }) => word),
      ['paneer', 'panner']
    )
    assert.isAbove(words[0].weight, words[1].weight)
  })

  test('a beginning counts more than a typing error', ({ assert }) => {
    const [similar] = similarWords([near('besan', 1)], 0)
    assert.isAbove(weightOfBeginning('b', 'besan'), similar.weight)
  })

  test('of two equally close words the one in more names comes first', ({ assert }) => {
    const words = similarWords([near('rise', 1, 2), near('rice', 1, 40)], 0)
    assert.equal(words[0].word, 'rice')
  })

  test('a word that is in no name any more is left out', ({ assert }) => {
    assert.isEmpty(similarWords([near('besan', 1, 0)], 0))
  })

  test('a word that is known is meant as it is', ({ assert }) => {
    assert.isEmpty(similarWords([near('atta', 0, 15), near('tata', 1, 20)], 15))
  })

  test('unless a similar one is much commoner', ({ assert }) => {
    const [besan] = similarWords([near('besn', 0, 1), near('besan', 1, 12)], 1)
    assert.equal(besan.word, 'besan')
  })

  test('each kind keeps its own words, and only so many', ({ assert }) => {
    const letters = [...'abcdefghijklmnopqrst']
    const words = similarWords(
      [...letters.map((letter) => near(`ri${letter}e`, 1, 5)), near('rite', 1, 1, 'shop')],
      0
    )
    const kinds = words.map(({ kind }) => kind)
    assert.lengthOf(
      kinds.filter((kind) => kind === 'product'),
      12
    )
    assert.lengthOf(
      kinds.filter((kind) => kind === 'shop'),
      1
    )
  })

  test('a candidate is there once, with its best weight', ({ assert }) => {
    const one = { kind: 'product' as const, word: 'atta', weight: 0.7 }
    const shop = { ...one, kind: 'shop' as const, weight: 0.6 }
    assert.deepEqual(bestCandidates([{ ...one, weight: 0.5 }, shop, one]), [one, shop])
  })
})
