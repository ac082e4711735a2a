import { test } from '@japa/runner'
import { matchOf, Names, wordsOfName } from '#search/postgres/names'
import type { Candidate } from '#search/postgres/candidates'

const meant = (word: string, weight = 1): Candidate => ({ kind: 'product', word, weight })

function namesOf(...texts: [name: string, detail?: string][]) {
  const names = new Names()
  for (const [name, detail = ''] of texts) {
    const { length } = wordsOfName(name)
    names.add({ name, detail, length, words: wordsOfName(name, detail) })
  }
  return names
}
const found = (names: Names, typed: Candidate[][], most = 100, details?: Set<string>) => {
  return names.find(typed, most, details).map(({ name }) => name)
}

test.group('Names in memory', () => {
  test('are found by all that was typed, the closest first', ({ assert }) => {
    const names = namesOf(['Amul Butter Salted'], ['Butter'], ['Amul Butter'], ['Amul Milk'])
    assert.deepEqual(found(names, [[meant('butter')], [meant('amul')]]), [
      'Amul Butter',
      'Amul Butter Salted',
    ])
    assert.deepEqual(found(names, [[meant('butter')]]), [
      'Butter',
      'Amul Butter',
      'Amul Butter Salted',
    ])
    assert.isEmpty(found(names, [[meant('ghee')], [meant('amul')]]))
  })

  test('are found by the words of their details', ({ assert }) => {
    const names = namesOf(['Wheat Flour', 'आटा'], ['Gram Flour', 'बेसन'])
    assert.deepEqual(found(names, [[meant('आटा')]]), ['Wheat Flour'])
  })

  test('that are surer come first', ({ assert }) => {
    const names = namesOf(['Besan'], ['Basin'])
    assert.deepEqual(found(names, [[meant('basin', 0.5), meant('besan')]]), ['Besan', 'Basin'])
  })

  test('are looked for in some places only', ({ assert }) => {
    const names = namesOf(['Gupta Kirana', 'Indore'], ['Gupta Store', 'Pune'])
    assert.deepEqual(found(names, [[meant('gupta')]], 100, new Set(['Pune'])), ['Gupta Store'])
  })

  test('are as many as were asked for, the shortest', ({ assert }) => {
    const names = namesOf(['Rice Long Grain'], ['Rice Basmati'], ['Rice'])
    assert.deepEqual(found(names, [[meant('rice')]], 2), ['Rice', 'Rice Basmati'])
  })

  test('are there once, and tell which words are new', ({ assert }) => {
    const names = new Names()
    const rice = { name: 'Rice', detail: '', length: 1, words: ['rice'] }
    const basmati = { name: 'Basmati Rice', detail: '', length: 2, words: ['basmati', 'rice'] }
    assert.deepEqual(names.add(rice), ['rice'])
    assert.deepEqual(names.add(basmati), ['basmati'])
    assert.isEmpty(names.add({ ...rice }))
    assert.equal(names.count([{ word: 'rice' }]), 2)
  })
})

test.group('A match', () => {
  test('is nothing without every word', ({ assert }) => {
    assert.isNull(matchOf([[meant('amul')], [meant('milk')]])(['amul', 'butter']))
  })

  test('counts the best of what each word may mean, less for what else the name says', ({
    assert,
  }) => {
    const match = matchOf([[meant('besan'), meant('basin', 0.5)]])
    assert.equal(match(['besan', 'basin']), 1)
    assert.equal(match(['basin']), 0.5)
    assert.equal(match(['besan', 'flour']), 0.9)
  })
})
