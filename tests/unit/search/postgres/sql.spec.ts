import { test } from '@japa/runner'
import { int, join, sql } from '#search/postgres/sql'

test.group('Pieces of a statement', () => {
  test('values become placeholders, pieces stay what they are', ({ assert }) => {
    const condition = sql`word = ${'atta'} AND length < ${3}`
    assert.deepEqual(sql`SELECT * FROM names WHERE ${condition} LIMIT ${int(20)}`, {
      text: 'SELECT * FROM names WHERE word = ? AND length < ? LIMIT 20',
      bindings: ['atta', 3],
    })
  })

  test('a text is never taken for a piece of a statement', ({ assert }) => {
    const { text, bindings } = sql`SELECT ${`'; DROP TABLE shops --`}, ${null}, ${['a', 'b']}`
    assert.equal(text, 'SELECT ?, ?, ?')
    assert.deepEqual(bindings, [`'; DROP TABLE shops --`, null, ['a', 'b']])
  })

  test('joined pieces keep the order of their values', ({ assert }) => {
    assert.deepEqual(join([sql`a = ${1}`, sql`b = ${2}`], ' AND '), {
      text: 'a = ? AND b = ?',
      bindings: [1, 2],
    })
  })
})
