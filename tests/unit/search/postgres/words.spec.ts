import { test } from '@japa/runner'
import { Words } from '#search/postgres/words'

const words = (...list: string[]) => {
  const all = new Words()
  for (const word of list) all.add(word)
  return all
}

test.group('Words in memory', () => {
  test('are found by their beginning, the shortest first', ({ assert }) => {
    const all = words('basmati', 'bas', 'base', 'besan', 'ba', 'बेसन')
    assert.deepEqual(all.beginning('bas', 10), ['bas', 'base', 'basmati'])
    assert.deepEqual(all.beginning('bas', 2), ['bas', 'base'])
    assert.deepEqual(all.beginning('बे', 10), ['बेसन'])
    assert.isEmpty(all.beginning('z', 10))
    all.add('bass')
    assert.deepEqual(all.beginning('bas', 3), ['bas', 'base', 'bass'])
  })

  test('are found by their spelling', ({ assert }) => {
    const all = words('atta', 'आटा', 'tata', 'a')
    assert.sameMembers(all.spelled('aata', 'at'), ['atta', 'आटा'])
    assert.deepEqual(all.spelled('a', 'a'), ['a'])
    assert.isEmpty(all.spelled('b', 'b'))
  })

  test('are found by typing errors, as many as are forgiven', ({ assert }) => {
    const all = words('besan', 'basin', 'bes', 'b2san', 'paneer', 'चावल')
    assert.deepEqual(all.near('besn', 1), [
      { word: 'besan', errors: 1 },
      { word: 'bes', errors: 1 },
    ])
    assert.deepEqual(all.near('panner', 2), [{ word: 'paneer', errors: 1 }])
    assert.deepEqual(all.near('चवल', 1), [{ word: 'चावल', errors: 1 }])
    assert.isEmpty(all.near('zzzzz', 2))
  })

  test('every word that is near is found, whatever its letters', ({ assert }) => {
    const letters = [...'abkxz']
    const list = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => `m${a}${b}${c}`)))
    const all = words(...list)
    const near = all.near('mabk', 1).map(({ word }) => word)
    const expected = list.filter((word) => {
      const wrong = [...word].filter((letter, at) => letter !== 'mabk'[at]).length
      return wrong < 2 || ['mbak', 'makb'].includes(word)
    })
    assert.sameMembers(near, expected)
  })
})
