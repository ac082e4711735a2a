import { createIgnitor } from '../../bin/ignitor.js'
import type { Rule } from '#tests/simulation/rules'
import type { Script } from '#tests/simulation/market/market'

/** What a worker is asked for. */
export interface Job {
  seed: number
  runs: number
  broken: Rule | null
  /** Whether the shortest history of a failure is looked for. */
  isShrunk: boolean
}

export interface Failure {
  /** The first run that failed, and how to repeat it. */
  path: string
  seed: number
  script: Script
  invariant: string
  text: string
  history: string[]
}

export interface Result {
  job: Job
  runs: number
  steps: number
  failure: Failure | null
}

// Configuration files ask which application they belong to; it is not booted.
await createIgnitor({ withDatabase: false }).createApp('console').init()
const { default: fc } = await import('fast-check')
const { dice, scripts, simulate } = await import('#tests/simulation/explore')
const { shortest } = await import('#tests/simulation/shortest')
const { replaceTime } = await import('#tests/simulation/time')

const outside = replaceTime()
// Many runs have errors, and nobody looks at where they come from.
Error.stackTraceLimit = 0
let unhandled: unknown = null
process.on('unhandledRejection', (error) => (unhandled = error))

async function explore(job: Job): Promise<Result> {
  const { seed, runs: numRuns, broken, isShrunk } = job
  let [runs, steps] = [0, 0]
  const property = fc.asyncProperty(scripts, dice, async (...run) => {
    const world = await simulate(...run, { broken, outside })
    runs++
    steps += world.steps
    if (unhandled) throw unhandled
    return !world.violation
  })
  const out = await fc.check(property, { numRuns, seed, endOnFailure: true })
  if (!out.failed) return { job, runs, steps, failure: null }
  const [script, chance] = out.counterexample!
  Error.stackTraceLimit = 20
  const found = await simulate(script, chance, { broken, outside, isTold: true })
  const first = { script, world: found }
  const least = isShrunk ? await shortest(first, { broken, outside, seed }) : first
  Error.stackTraceLimit = 0
  return {
    ...{ job, runs, steps },
    failure: {
      ...{ seed, path: out.counterexamplePath! },
      ...{ script: least.script, ...least.world.violation!, history: least.world.history },
    },
  }
}

process.on('message', async (job: Job) => process.send!(await explore(job)))
process.send!('ready')
