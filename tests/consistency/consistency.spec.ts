import { test } from '@japa/runner'
import { ownCluster } from '#tests/helpers/standby'
import { embeddedPlatform } from './platform.js'
import { report } from './report.js'
import { scenario } from './scenario.js'

const seconds = Number(process.env.CONSISTENCY_SECONDS ?? 60)
const seed = Number(process.env.CONSISTENCY_SEED ?? Date.now() % 1_000_000)
const visitors = Number(process.env.CONSISTENCY_VISITORS ?? 8)

test.group('Consistency under faults', (group) => {
  group.tap((run) => run.skip(!ownCluster, 'needs the embedded cluster'))

  test('sessions never go back, and the usual cache is caught', async ({ assert }) => {
    const outcome = await scenario(embeddedPlatform, { seed, seconds, visitors })
    console.log(report(outcome))
    assert.equal(outcome.ours.findings.wrong, 0, report(outcome))
    assert.isAbove(outcome.naive.findings.wrong, 0, 'the checks find nothing')
  }).timeout((seconds + 60) * 1_000)
})
