import { test } from '@japa/runner'
import { isVisible } from '#replication/transaction_id'

test.group('Transaction visible in a snapshot', () => {
  test('shows what ended before it', ({ assert }) => {
    assert.isTrue(isVisible(99, 100n, []))
  })

  test('does not show what is in progress or has not begun', ({ assert }) => {
    assert.isFalse(isVisible(98, 100n, [98n]))
    assert.isFalse(isVisible(100, 100n, []))
    assert.isFalse(isVisible(101, 100n, []))
  })

  test('finds the upper half of the id on either side of a wrap', ({ assert }) => {
    const wrapped = 2n ** 32n
    assert.isTrue(isVisible(2 ** 32 - 1, wrapped + 5n, []))
    assert.isTrue(isVisible(3, wrapped + 5n, []))
    assert.isFalse(isVisible(3, wrapped - 5n, []))
    assert.isFalse(isVisible(4, wrapped + 5n, [wrapped + 4n]))
  })

  test('takes an id for one of the past until it is nearer to the future', ({ assert }) => {
    const [epoch, half] = [2n ** 32n, 2n ** 31n]
    const next = epoch + 5n
    assert.isTrue(isVisible(Number(half) + 6, next, []), 'half an epoch ago, less one')
    assert.isFalse(isVisible(Number(half) + 4, next, []), 'half an epoch ahead, less one')
    const late = 2n * epoch - 5n
    assert.isTrue(isVisible(Number(half) - 4, late, []), 'half an epoch ago, less one')
    assert.isFalse(isVisible(Number(half) - 6, late, []), 'half an epoch ahead, less one')
  })
})
