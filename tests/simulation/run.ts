import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { RULES, type Rule } from '#tests/simulation/rules'
import { Workers } from '#tests/simulation/workers'
import type { Failure, Job } from '#tests/simulation/worker'

/* Simulates the market, first as it is, then without each of its rules. See docs/simulation.md. */

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** Interleavings in which a missing rule has to be found; 0 leaves this out. */
    within: { type: 'string', default: '10000' },
    /** Without this rule only. */
    without: { type: 'string', multiple: true },
    /** Shows what was found as it was found, without looking for a shorter history. */
    whole: { type: 'boolean', default: false },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
})

const SLICE = 2_000

function* slices(runs: number, broken: Rule | null, size = SLICE): Generator<Job> {
  const seed = Number(values.seed)
  for (let done = 0, at = 0; done < runs; done += size, at++)
    yield {
      isShrunk: !values.whole && (!broken || values.without?.length === 1),
      broken,
      runs: Math.min(size, runs - done),
      seed: seed + 1_000_003 * at,
    }
}

function show({ seed, path, script, invariant, text, history }: Failure) {
  console.log(`  ${invariant}: ${text}`)
  console.log(`  repeat: --seed ${seed}, run ${path}`)
  console.log(`  the shortest script: ${JSON.stringify(script)}`)
  for (const line of history) console.log(`    ${line}`)
}

async function asItIs(workers: Workers) {
  const began = performance.now()
  let [runs, steps] = [0, 0]
  let failure: Failure | null = null
  for await (const result of workers.work(
    slices(Number(values.runs), null),
    (one) => !!one.failure
  )) {
    runs += result.runs
    steps += result.steps
    failure ??= result.failure
  }
  const seconds = (performance.now() - began) / 1_000
  const rate = Math.round(runs / seconds)
  console.log(
    `${runs.toLocaleString('en')} interleavings of ${Math.round(steps / runs)} steps in ` +
      `${Math.round(seconds)} s, ${rate} a second, seed ${values.seed}: ${failure ? 'BROKEN' : 'all promises kept'}`
  )
  if (failure) show(failure)
  return !failure
}

async function without(workers: Workers, rule: Rule, within: number) {
  let runs = 0
  let failure: Failure | null = null
  for await (const result of workers.work(slices(within, rule, 1_000), (one) => !!one.failure)) {
    if (!failure) runs += result.runs
    failure ??= result.failure
  }
  const outcome = failure ? `found after ${runs}: ${failure.invariant}` : `NOT FOUND in ${runs}`
  console.log(`without "${rule}": ${outcome}`)
  if (failure && values.without?.length === 1) show(failure)
  return failure !== null
}

const workers = await Workers.start(Number(values.workers))
let isGood = true
if (!values.without && Number(values.runs) > 0) isGood = await asItIs(workers)
const rules = (values.without as Rule[] | undefined) ?? RULES
const within = Number(values.within)
if (isGood && within > 0)
  for (const rule of rules) isGood = (await without(workers, rule, within)) && isGood
workers.stop()
process.exitCode = isGood ? 0 : 1
