import { test } from '@japa/runner'
import { PositionHistory } from '#replication/position_history'

const SPAN = 1_000

test.group('Positions of a moment ago', (group) => {
  let now: number
  let history: PositionHistory

  group.each.setup(() => {
    now = 5_000
    history = new PositionHistory(SPAN, () => now)
  })

  /** A position was seen when it was `at`. */
  function seenAt(at: number, position: bigint) {
    now = at
    history.add(position)
  }

  test('none is known until the first is old enough', ({ assert }) => {
    assert.equal(history.oldestAllowed(), 0n)
    seenAt(5_000, 10n)
    now = 5_999
    assert.equal(history.oldestAllowed(), 0n)
    now = 6_000
    assert.equal(history.oldestAllowed(), 10n)
  })

  test('the latest that is old enough counts', ({ assert }) => {
    for (const [at, position] of [
      [5_000, 10n],
      [5_400, 20n],
      [5_800, 30n],
    ] as const) {
      seenAt(at, position)
    }
    now = 6_399
    assert.equal(history.oldestAllowed(), 10n)
    now = 6_400
    assert.equal(history.oldestAllowed(), 20n)
    now = 60_000
    assert.equal(history.oldestAllowed(), 30n)
  })

  test('one that is old enough stays when newer ones come, until a newer one is', ({ assert }) => {
    seenAt(5_000, 10n)
    seenAt(6_100, 20n)
    assert.equal(history.oldestAllowed(), 10n)
    seenAt(6_900, 30n)
    assert.equal(history.oldestAllowed(), 10n)
    seenAt(7_200, 40n)
    assert.equal(history.oldestAllowed(), 20n)
    seenAt(7_900, 50n)
    assert.equal(history.oldestAllowed(), 30n)
  })

  test('it goes by a clock that only runs forward, unless told otherwise', ({ assert }) => {
    const atOnce = new PositionHistory(0)
    atOnce.add(10n)
    assert.equal(atOnce.oldestAllowed(), 10n)
    const inAnHour = new PositionHistory(3_600_000)
    inAnHour.add(10n)
    assert.equal(inAnHour.oldestAllowed(), 0n)
  })
})
