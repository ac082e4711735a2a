import { simulate } from '#tests/simulation/explore'
import type { Rule } from '#tests/simulation/rules'
import type { Script } from '#tests/simulation/market/market'
import type { Outside } from '#tests/simulation/time'
import type { World } from '#tests/simulation/world'

export interface Found {
  script: Script
  world: World
}

interface Options {
  broken: Rule | null
  outside: Outside
  seed: number
}

/** Interleavings that are tried of each smaller script. */
const TRIES = 200

/**
 * Shrinks a script for as long as a smaller one fails in the same way in some order: less that happens first, then
 * fewer steps. Other orders are tried too, since few orders of a script fail.
 */
export async function shortest(found: Found, options: Options): Promise<Found> {
  let best = found
  for (let isSmaller = true; isSmaller;) {
    isSmaller = false
    for (const script of smaller(best.script)) {
      const world = await fails(script, best, options)
      if (!world) continue
      best = { script, world }
      isSmaller = true
      break
    }
  }
  const world = await fails(best.script, best, options, 5 * TRIES)
  return world ? { ...best, world } : best
}

/** The run with the fewest steps that breaks the same promise. */
async function fails(
  script: Script,
  { world: { violation } }: Found,
  options: Options,
  tries = TRIES
) {
  const { seed, broken, outside } = options
  let shortestRun: World | null = null
  for (let at = 0; at < tries; at++) {
    const world = await simulate(script, seed + at, { broken, outside, isTold: true })
    if (world.violation?.invariant !== violation!.invariant) continue
    if (!shortestRun || world.steps < shortestRun.steps) shortestRun = world
  }
  return shortestRun
}

/** The script without one of its parts. */
function* smaller(script: Script): Generator<Script> {
  for (const [at] of script.visitors.entries())
    if (script.visitors.length > 1) yield { ...script, visitors: script.visitors.toSpliced(at, 1) }
  for (const [at] of script.faults.entries())
    yield { ...script, faults: script.faults.toSpliced(at, 1) }
  for (const [at] of script.slow.entries()) yield { ...script, slow: script.slow.toSpliced(at, 1) }
  for (const [at, visitor] of script.visitors.entries()) {
    if (visitor.actions.length === 1) continue
    for (const [index] of visitor.actions.entries()) {
      const less = { ...visitor, actions: visitor.actions.toSpliced(index, 1) }
      yield { ...script, visitors: script.visitors.with(at, less) }
    }
  }
}
