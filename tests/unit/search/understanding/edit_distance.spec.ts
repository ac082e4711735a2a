import { test } from '@japa/runner'
import { editDistance, forgivenErrors } from '#search/understanding/edit_distance'

test.group('Typing errors', () => {
  test('{0} and {1} are {2} apart')
    .with([
      ['besan', 'besan', 0],
      ['besn', 'besan', 1],
      ['bbesan', 'besan', 1],
      ['bezan', 'besan', 1],
      ['ebsan', 'besan', 1],
      ['besna', 'besan', 1],
      ['bsmati', 'basmati', 1],
      ['bsamtai', 'basmati', 2],
      ['basmathi', 'basmati', 1],
      ['आता', 'आटा', 1],
      ['चवल', 'चावल', 1],
      ['', 'ab', 2],
    ] as const)
    .run(({ assert }, [left, right, errors]) => {
      assert.equal(editDistance(left, right, 2), errors)
      assert.equal(editDistance(right, left, 2), errors)
    })

  test('more of them than the limit are not counted', ({ assert }) => {
    assert.equal(editDistance('rice', 'besan', 2), Infinity)
    assert.equal(editDistance('besan', 'bsna', 1), Infinity)
    assert.equal(editDistance('a', 'aaaa', 2), Infinity)
    assert.equal(editDistance('abcdef', 'fedcba', 2), Infinity)
  })

  test('a swap of neighbours is one, wherever it is', ({ assert }) => {
    const word = 'mustard'
    for (let at = 0; at + 1 < word.length; at++) {
      const swapped = word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
      assert.equal(editDistance(swapped, word, 1), 1, swapped)
    }
  })

  test('of {0} {1} are forgiven')
    .with([
      ['da', 0],
      ['dal', 1],
      ['besan', 1],
      ['paneer', 2],
      ['चावल', 1],
      ['b12x', 0],
      ['५००', 0],
    ] as const)
    .run(({ assert }, [word, errors]) => assert.equal(forgivenErrors(word), errors))
})
