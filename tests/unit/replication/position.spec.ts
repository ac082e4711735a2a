import { test } from '@japa/runner'
import { formatPosition, parsePosition } from '#replication/position'

test.group('Position in the write-ahead log', () => {
  test('is written as it was read: {$self}')
    .with(['0/0', '0/1', '16/B374D848', 'FFFFFFFF/FFFFFFFF'])
    .run(({ assert }, text) => {
      assert.equal(formatPosition(parsePosition(text)), text)
    })

  test('orders as the log does, also across the upper half', ({ assert }) => {
    assert.isTrue(parsePosition('1/0') > parsePosition('0/FFFFFFFF'))
    assert.equal(parsePosition('1/0') - parsePosition('0/FFFFFFFF'), 1n)
  })

  test('refuses what is none: "{$self}"')
    .with(['', '1', '1/', '/1', '1/2/3', 'x/1', '1/123456789', ' 1/2'])
    .run(({ assert }, text) => {
      assert.throws(() => parsePosition(text), `Not a position in the write-ahead log: ${text}`)
    })
})
