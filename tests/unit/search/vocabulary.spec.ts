import { test } from '@japa/runner'
import { Vocabulary, Words } from '#search/embedded/vocabulary'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

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

test.group('Vocabulary', () => {
  const server = (answers: { horizon: string; words: string[] }[]) => {
    const asked: string[] = []
    const client = {
      knexRawQuery(_sql: string, [since]: string[]) {
        asked.push(since)
        const { horizon, words: known } = answers.shift()!
        const rows = known.map((word) => ({ horizon, kind: 'product', word }))
        const answer = rows.length > 0 ? rows : [{ horizon, kind: null, word: null }]
        return { options: async () => ({ rows: answer }) }
      },
    }
    return { asked, client: client as unknown as TransactionClientContract }
  }

  test('asks only for what it may not know', async ({ assert }) => {
    const vocabulary = new Vocabulary()
    const { asked, client } = server([
      { horizon: '100', words: ['atta'] },
      { horizon: '120', words: ['besan'] },
      { horizon: '120', words: [] },
    ])
    for (let times = 0; times < 3; times++) await vocabulary.refresh(client)
    assert.deepEqual(asked, ['0', '100', '120'])
    assert.isTrue(vocabulary.has('product', 'atta') && vocabulary.has('product', 'besan'))
  })

  test('does not go back when a server is behind', async ({ assert }) => {
    const vocabulary = new Vocabulary()
    const { asked, client } = server([
      { horizon: '1000', words: ['atta'] },
      { horizon: '900', words: [] },
      { horizon: '1000', words: [] },
    ])
    for (let times = 0; times < 3; times++) await vocabulary.refresh(client)
    assert.deepEqual(asked, ['0', '1000', '1000'])
  })
})
