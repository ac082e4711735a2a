import { test } from '@japa/runner'
import { Workers } from '#tests/simulation/workers'
import type { Job } from '#tests/simulation/worker'

/** `npm run test:simulation` runs a million of them, without each of the rules too. */
test.group('The simulated market', (group) => {
  let workers: Workers

  group.each.timeout(120_000)
  group.setup(async () => {
    workers = await Workers.start(2)
    return () => workers.stop()
  })

  async function explore(jobs: Job[]) {
    const found = []
    for await (const { runs, failure } of workers.work(jobs)) found.push({ runs, failure })
    return found
  }

  test('keeps every promise in the interleavings that there is time for', async ({ assert }) => {
    const jobs = [1, 2].map((seed) => ({ seed, runs: 500, broken: null, isShrunk: false }))
    for (const { runs, failure } of await explore(jobs)) {
      assert.isNull(failure, JSON.stringify(failure, null, 2))
      assert.equal(runs, 500)
    }
  })

  test('finds it when a fill need not reach the floor, with what happened', async ({ assert }) => {
    const job = { seed: 3, runs: 1_000, isShrunk: false } as const
    const [{ failure }] = await explore([{ ...job, broken: 'a fill must reach the floor' }])
    assert.equal(failure!.invariant, 'no cached value from before what was announced')
    assert.match(failure!.history.at(-1)!, /BROKEN: no cached value .*v\d+, and v\d+ was announced/)
  })
})
