import fc, { type Scheduler } from 'fast-check'
import { Market, type Script } from '#tests/simulation/market/market'
import { World } from '#tests/simulation/world'
import type { Rule } from '#tests/simulation/rules'

/** A run that takes longer has lost its way. */
const MOST_STEPS = 5_000

/** Every so many steps time goes on although something could happen before. */
const PATIENCE = 10

const actions = fc.constantFrom(
  ...(['look', 'look', 'look twice', 'change a price', 'own orders', 'change an order'] as const)
)

const visitors = fc.record({
  kind: fc.constantFrom(...(['guest', 'person', 'person', 'program'] as const)),
  actions: fc.array(actions, { minLength: 1, maxLength: 4, size: 'max' }),
})

const faults = fc.constantFrom(
  ...([
    'pause a process',
    'end a process',
    'break a feed',
    'break a listener',
    'pause a replica',
    'pause a replica',
    'hang a replica',
    'stop a replica',
    'lose a slot',
    'lose the cache',
    'hang the cache',
    'change a price with psql',
    'change a price with psql',
    'wait',
  ] as const)
)

export const scripts: fc.Arbitrary<Script> = fc.record({
  layout: fc.constantFrom(...(['memory', 'workers', 'redis'] as const)),
  visitors: fc.array(visitors, { minLength: 1, maxLength: 2, size: 'max' }),
  slow: fc.subarray(['primary', 'replica 1', 'replica 2', 'feed 1', 'feed 2'] as const as any),
  faults: fc.array(faults, { maxLength: 4, size: 'max' }),
})

export const dice = fc.nat()

interface Run {
  broken: Rule | null
  isTold?: boolean
  /** Resolves when all microtasks have run. */
  settled: () => Promise<void>
}

/** Runs a script in the order of the scheduler. */
export async function simulate(
  scheduler: Scheduler,
  script: Script,
  chance: number,
  { broken, isTold, settled }: Run
) {
  const world = new World(scheduler, chance, broken, isTold)
  let isOver = false
  new Market(world, script).run().then(
    () => (isOver = true),
    (error) => world.mustHold(false, 'nothing fails', () => error.stack)
  )
  for (; world.steps < MOST_STEPS; world.steps++) {
    await settled()
    if (isOver || world.violation) return world
    if (scheduler.count() === 0 || world.dice(PATIENCE) === 0) world.time.advance()
    else void scheduler.waitOne()
  }
  world.mustHold(false, 'every run ends', () => `${MOST_STEPS} steps`)
  return world
}
