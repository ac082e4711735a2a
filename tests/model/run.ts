import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/* Checks the model of freshness with Quint's simulator: with all rules `safe` holds, without one it does not. */

const QUINT = createRequire(import.meta.url).resolve('@informalsystems/quint/dist/src/cli.js')
const MODEL = fileURLToPath(new URL('freshness.qnt', import.meta.url))
const SEED = '0x2a'

/** Traces to try, and their length. */
const ALL_RULES = { module: 'allRules', samples: 1_500, steps: 40 }
const WITHOUT_A_RULE = [
  'fillsBelowTheFloor',
  'notStrictlyBefore',
  'feedThatDoesNotWait',
  'unsettledReadings',
  'positionAfterRows',
]

/** Whether the simulator found a violation. */
function isViolated({ module, samples, steps }: typeof ALL_RULES) {
  const began = performance.now()
  const options = [
    ...['run', MODEL, '--backend=typescript', `--main=${module}`, `--seed=${SEED}`],
    ...['--invariants', 'safe', `--max-samples=${samples}`, `--max-steps=${steps}`],
  ]
  const { stdout, stderr } = spawnSync(process.execPath, [QUINT, ...options], { encoding: 'utf8' })
  const outcome = /\[(ok|violation)\]/.exec(stdout)?.[1]
  if (!outcome) throw new Error(`Quint could not check ${module}: ${stdout}${stderr}`)
  console.log(`${module}: ${outcome}, ${Math.round((performance.now() - began) / 1_000)} s`)
  return outcome === 'violation'
}

const isSafe = !isViolated(ALL_RULES)
const missed = WITHOUT_A_RULE.filter((module) => {
  return !isViolated({ module, samples: 20_000, steps: 40 })
})
if (!isSafe || missed.length > 0) process.exitCode = 1
