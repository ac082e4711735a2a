import { test } from '@japa/runner'
import { Replacements } from '#infra/cluster/replacements'

test.group('Replacement of a process that ended', () => {
  test('comes immediately after a long run', ({ assert }) => {
    let now = 0
    const replacements = new Replacements(() => now)
    for (let time = 0; time < 20; time++) {
      const process = {}
      replacements.served(process)
      now += 60_000
      assert.equal(replacements.pauseAfter(process), 0)
    }
  })

  test('comes later and later after short runs, and then not at all', ({ assert }) => {
    const replacements = new Replacements(() => 0)
    const pauses = Array.from({ length: 9 }, () => replacements.pauseAfter({}))
    assert.deepEqual(pauses, [0, 100, 200, 400, 800, 1_600, 3_200, 6_400, null])
  })

  test('comes immediately again once a process has run for long', ({ assert }) => {
    let now = 0
    const replacements = new Replacements(() => now)
    for (let time = 0; time < 5; time++) replacements.pauseAfter({})
    const process = {}
    replacements.served(process)
    now += 10_000
    assert.equal(replacements.pauseAfter(process), 0)
    assert.equal(replacements.pauseAfter({}), 0)
    assert.equal(replacements.pauseAfter({}), 100)
  })
})
