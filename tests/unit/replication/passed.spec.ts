import { test } from '@japa/runner'
import { Passed } from '#replication/passed'
import type { Position } from '#replication/position'

const SILENCE = 5_000

test.group('What everybody has passed', () => {
  test('is nothing at first, and never less than before', async ({ assert }) => {
    const passed = new Passed(false, SILENCE)
    assert.isFalse(passed.has(1n))
    await passed.noteEverywhere(10n)
    await passed.noteEverywhere(5n)
    assert.isTrue(passed.has(10n))
    assert.isFalse(passed.has(11n))
    assert.equal(passed.unlessPassed(10n), 0n)
    assert.equal(passed.unlessPassed(11n), 11n)
  })

  test('waits for a store that lags, cannot tell or is away', async ({ assert }) => {
    const passed = new Passed(false, SILENCE)
    let store: () => Promise<Position | null> = async () => 7n
    passed.waitFor(() => store())
    await passed.noteEverywhere(10n)
    assert.isTrue(passed.has(7n))
    assert.isFalse(passed.has(8n))
    await passed.noteEverywhere(5n)
    assert.isTrue(passed.has(7n))
    for (const away of [async () => null, async () => Promise.reject(new Error('away'))]) {
      store = away
      await passed.noteEverywhere(20n)
      assert.isTrue(passed.has(7n))
      assert.isFalse(passed.has(8n))
    }
  })

  test('waits for the store that is furthest behind', async ({ assert }) => {
    const passed = new Passed(false, SILENCE)
    for (const position of [9n, 6n, 8n]) passed.waitFor(async () => position)
    await passed.noteEverywhere(10n)
    assert.isTrue(passed.has(6n))
    assert.isFalse(passed.has(7n))
    await passed.noteEverywhere(6n)
    assert.isTrue(passed.has(6n))
  })

  test('goes by the server when a store is ahead of it', async ({ assert }) => {
    const passed = new Passed(false, SILENCE)
    passed.waitFor(async () => 20n)
    await passed.noteEverywhere(10n)
    assert.isTrue(passed.has(10n))
    assert.isFalse(passed.has(11n))
  })

  test('is held back by the cache of this process for as long as it is silent', ({ assert }) => {
    let now = 0
    const passed = new Passed(false, SILENCE, () => now)
    assert.equal(passed.here, 0n)
    passed.noteWatermark(10n)
    now = 2 * SILENCE
    assert.equal(passed.here, 10n)
  })

  test('is told by the process alone that follows the changes of a shared cache', ({ assert }) => {
    let now = 0
    const passed = new Passed(true, SILENCE, () => now)
    assert.isNull(passed.here)
    passed.noteWatermark(10n)
    now = SILENCE
    assert.equal(passed.here, 10n)
    now = SILENCE + 1
    assert.isNull(passed.here)
  })

  test('cannot be told while the others do not see this process, which then serves nothing cached', ({
    assert,
  }) => {
    let now = 0
    const passed = new Passed(false, SILENCE, () => now)
    assert.isFalse(passed.isCounted)
    passed.noteCounted()
    assert.isTrue(passed.isCounted)
    now = SILENCE - 1
    assert.isTrue(passed.isCounted)
    now = SILENCE
    assert.isFalse(passed.isCounted)
    assert.isAbove(passed.window, 2 * SILENCE)
  })

  test('goes by a clock that only runs forward, unless told otherwise', ({ assert }) => {
    const passed = new Passed(true, SILENCE)
    assert.isNull(passed.here)
    passed.noteWatermark(10n)
    assert.equal(passed.here, 10n)
    const alone = new Passed(false, SILENCE)
    alone.noteCounted()
    assert.isTrue(alone.isCounted)
  })
})
