import { test } from '@japa/runner'
import { ownCluster } from '#tests/helpers/standby'
import { embeddedPlatform } from '../../consistency/platform.js'
import { report } from '../../consistency/report.js'
import { scenario } from '../../consistency/scenario.js'

/** The short form of `npm run test:consistency`. */
test.group('Consistency under faults, for a moment', (group) => {
  group.tap((run) => run.skip(!ownCluster, 'needs the embedded cluster'))

  test('sessions never go back, and the usual cache is caught', async ({ assert }) => {
    const outcome = await scenario(embeddedPlatform, { seed: Date.now() % 1_000_000, seconds: 8 })
    assert.equal(outcome.ours.findings.wrong, 0, report(outcome))
    assert.isAbove(outcome.naive.findings.wrong, 0, report(outcome))
  }).timeout(60_000)
})
