import { test } from '@japa/runner'
import { Random } from '#database/demo/random'

test.group('Demo random numbers', () => {
  test('are the same on every machine and in every release', ({ assert }) => {
    const random = new Random(1, 2, 3)
    assert.deepEqual(
      Array.from({ length: 4 }, () => random.word()),
      [3987121759, 92551270, 1122162139, 24194941]
    )
  })

  test('differ by seed, by stream and by index', ({ assert }) => {
    const firsts = [
      [1, 1, 1],
      [2, 1, 1],
      [1, 2, 1],
      [1, 1, 2],
    ].map(([seed, stream, index]) => new Random(seed, stream, index).word())
    assert.equal(new Set(firsts).size, 4)
  })

  test('are spread evenly below a limit', ({ assert }) => {
    const random = new Random(5, 5, 5)
    const counts = new Array(10).fill(0)
    for (let draw = 0; draw < 20_000; draw++) counts[random.below(10)]++
    for (const count of counts) assert.closeTo(count, 2000, 200)
  })

  test('shuffle a list without losing or repeating any of it', ({ assert }) => {
    const list = Array.from({ length: 50 }, (_, index) => index)
    const shuffled = [...new Random(1, 1, 1).shuffled(list)]
    assert.sameMembers(shuffled, list)
    assert.notDeepEqual(shuffled, list)
  })
})
