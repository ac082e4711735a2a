import { test } from '@japa/runner'
import { similarWords, weightOfBeginning, withCandidates } from '#search/embedded/candidates'
import type { KnownWord } from '#search/embedded/candidates'

const known = (word: string, names = 1, kind: KnownWord['kind'] = 'product') => ({
  kind,
  word,
  names,
})

test.group('What a typed word may mean', () => {
  test('a word counts more the less of it is missing, and fully when nothing is', ({ assert }) => {
    assert.equal(weightOfBeginning('atta', 'atta'), 1)
    assert.isBelow(weightOfBeginning('att', 'atta'), 1)
    assert.isAbove(weightOfBeginning('att', 'atta'), weightOfBeginning('at', 'atta'))
    assert.isAtLeast(weightOfBeginning('a', 'a'.repeat(40)), 0.6)
  })

  test('words within the forgiven number of errors, the closest first', ({ assert }) => {
    const words = similarWords('paneeer', [
      known('panner'),
      known('paneer'),
      known('pan'),
      known('besan'),
    ])
    assert.deepEqual(
      words.map(({ word }) => word),
      ['paneer', 'panner']
    )
    assert.isAbove(words[0].weight, words[1].weight)
  })

  test('a beginning counts more than a typing error', ({ assert }) => {
    const [similar] = similarWords('besn', [known('besan')])
    assert.isAbove(weightOfBeginning('b', 'besan'), similar.weight)
  })

  test('of two equally close words the one in more names comes first', ({ assert }) => {
    const words = similarWords('rixe', [known('rise', 2), known('rice', 40)])
    assert.equal(words[0].word, 'rice')
  })

  test('a word that is known is meant as it is', ({ assert }) => {
    assert.isEmpty(similarWords('atta', [known('atta', 15), known('tata', 20)]))
  })

  test('unless a similar one is much commoner', ({ assert }) => {
    const [besan] = similarWords('besn', [known('besn', 1), known('besan', 12)])
    assert.equal(besan.word, 'besan')
  })

  test('each kind keeps its own words, and only so many', ({ assert }) => {
    const letters = [...'abcdefghijklmnopqrst']
    const words = similarWords('rixe', [
      ...letters.map((letter) => known(`ri${letter}e`, 5)),
      known('rite', 1, 'shop'),
    ])
    assert.lengthOf(
      words.filter(({ kind }) => kind === 'product'),
      12
    )
    assert.lengthOf(
      words.filter(({ kind }) => kind === 'shop'),
      1
    )
  })

  test('candidates are added once', ({ assert }) => {
    const one = { kind: 'product' as const, word: 'atta', weight: 0.7 }
    const more = [
      { ...one, weight: 0.5 },
      { ...one, kind: 'shop' as const, weight: 0.5 },
    ]
    const { candidates } = withCandidates({ word: 'att', candidates: [one] }, more)
    assert.deepEqual(candidates, [one, more[1]])
  })
})
