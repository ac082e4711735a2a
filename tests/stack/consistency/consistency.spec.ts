import { test } from '@japa/runner'
import { runSourceConnector } from '#tests/helpers/stack_source'
import { report } from '../../consistency/report.js'
import { scenario } from '../../consistency/scenario.js'
import { stackPlatform } from './stack_platform.js'

const seconds = Number(process.env.CONSISTENCY_SECONDS ?? 60)
const seed = Number(process.env.CONSISTENCY_SEED ?? Date.now() % 1_000_000)

test.group('Consistency under faults on the stack', () => {
  test('sessions never go back, and the usual cache is caught', async ({ assert, cleanup }) => {
    await runSourceConnector()
    const platform = stackPlatform()
    cleanup(() => platform.close())
    const outcome = await scenario(platform, { seed, seconds })
    console.log(report(outcome))
    assert.equal(outcome.ours.findings.wrong, 0, report(outcome))
    assert.isAbove(outcome.naive.findings.wrong, 0, 'the checks find nothing')
  }).timeout((seconds + 180) * 1_000)
})
