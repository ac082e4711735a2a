import { test } from '@japa/runner'
import { correctionsOf, isBroken, keyOf } from '#csv/corrections'

const rows = [
  { line: 2, cells: ['Besan'] },
  { line: 5, cells: ['"Poha'], broken: true as const },
]

test.group('What an owner corrects in a list', () => {
  test('is kept for lines and columns of the list', ({ assert }) => {
    const typed = {
      'name-2': 'Besan fine',
      'price-5': '52',
      'name-3': 'x',
      'taste-2': 'x',
      'name': 'x',
    }
    assert.deepEqual(correctionsOf(typed, rows), { 'name-2': 'Besan fine', 'price-5': '52' })
  })

  test('can be nothing, and is what the database can keep', ({ assert }) => {
    const typed = {
      'name-2': null,
      'brand-2': 'a\0b',
      'unit-2': 'k'.repeat(600),
      'maker-2': 'a\ud800',
    }
    assert.deepEqual(correctionsOf(typed, rows), {
      'name-2': '',
      'brand-2': 'ab',
      'unit-2': 'k'.repeat(500),
      'maker-2': 'a\ufffd',
    })
  })

  test('makes a broken line whole once its name was looked at', ({ assert }) => {
    const [whole, broken] = rows
    assert.isFalse(isBroken(whole, {}))
    assert.isTrue(isBroken(broken, {}))
    assert.isTrue(isBroken(broken, { [keyOf('price', 5)]: '52' }))
    assert.isFalse(isBroken(broken, { [keyOf('name', 5)]: '' }))
    assert.isFalse(isBroken(whole, { [keyOf('name', 2)]: '' }))
  })
})
