import fc from 'fast-check'
import { Market, type Script, type Slow } from '#tests/simulation/market/market'
import { World } from '#tests/simulation/world'
import type { Rule } from '#tests/simulation/rules'
import type { Outside } from '#tests/simulation/time'

/** A run that takes longer has lost its way. */
const MOST_STEPS = 5_000

/** Every so many steps time goes on although something could happen before. */
const PATIENCE = 10

const of = <T extends string>(...all: T[]) => fc.constantFrom(...all)

const among = <T>(values: fc.Arbitrary<T>, minLength: number, maxLength: number) =>
  fc.array(values, { minLength, maxLength, size: 'max' })

const parts: Slow[] = [
  'answers',
  'replicas',
  'primary',
  'replica 1',
  'replica 2',
  'feed 1',
  'feed 2',
]

const pace = of('calm', 'rush')

const slow = fc.subarray(parts, { maxLength: 4 })

/** Everybody does everything, and everything goes wrong. */
const crowds: fc.Arbitrary<Script> = fc.record({
  layout: of('memory', 'workers', 'redis'),
  visitors: among(
    fc.record({
      kind: of('guest', 'person', 'person', 'program'),
      actions: among(
        of('look', 'look', 'look twice', 'change a price', 'own orders', 'change an order', 'wait'),
        ...([1, 4] as const)
      ),
    }),
    ...([1, 2] as const)
  ),
  pace,
  slow,
  faults: among(
    of(
      ...(['pause a process', 'end a process', 'break a feed', 'break a listener'] as const),
      ...(['pause a replica', 'hang a replica', 'stop a replica', 'silence a feed'] as const),
      ...(['lose a slot', 'lose the cache', 'hang the cache'] as const),
      ...(['change a price with psql', 'change a price with psql'] as const)
    ),
    ...([0, 4] as const)
  ),
})

/** People look again and again while prices change. */
const readers: fc.Arbitrary<Script> = fc.record({
  layout: of('memory', 'memory', 'redis'),
  visitors: among(
    fc.record({
      kind: of('guest', 'reader'),
      actions: among(of('look', 'look', 'look', 'look twice', 'look twice', 'wait'), 2, 6),
    }),
    ...([1, 2] as const)
  ),
  pace,
  slow,
  faults: among(
    of(
      ...(['change a price with psql', 'change a price with psql'] as const),
      ...(['pause a replica', 'silence a feed'] as const)
    ),
    ...([1, 5] as const)
  ),
})

/** A reader looks while a price changes, and nothing is where it should be. */
const rushes: fc.Arbitrary<Script> = fc.record({
  layout: of('memory', 'memory', 'redis'),
  visitors: among(
    fc.record({
      kind: of('reader'),
      actions: among(of('look', 'look twice', 'look twice'), 3, 6),
    }),
    ...([1, 2] as const)
  ),
  pace: of('rush'),
  slow: fc.subarray(parts, { minLength: 3, maxLength: 5 }),
  faults: among(
    of('change a price with psql', 'change a price with psql', 'pause a replica'),
    2,
    5
  ),
})

/** A visitor writes while a process is stopped, and is then served there. */
const pauses: fc.Arbitrary<Script> = fc.record({
  layout: of('memory', 'workers'),
  visitors: among(
    fc.record({
      kind: of('person'),
      actions: among(of('look', 'look', 'change a price'), 4, 7),
    }),
    ...([1, 1] as const)
  ),
  pace: of('calm'),
  slow: fc.subarray(parts, { maxLength: 1 }),
  faults: among(of('pause a process', 'pause a process', 'silence a feed'), 1, 3),
})

/** People search while prices change, and the index is late, hangs or is lost. */
const searchers: fc.Arbitrary<Script> = fc.record({
  layout: of('memory', 'memory', 'redis'),
  visitors: among(
    fc.record({
      kind: of('person', 'reader'),
      actions: among(of('search', 'search', 'look', 'change a price'), 3, 6),
    }),
    ...([1, 2] as const)
  ),
  pace,
  slow: fc
    .tuple(fc.subarray(parts, { maxLength: 1 }), fc.subarray<Slow>(['index']))
    .map((both) => both.flat()),
  faults: among(
    of(
      ...(['hang the index', 'hang the index', 'lose the index', 'lose a slot'] as const),
      ...(['end a process', 'pause a process', 'break a feed', 'silence a feed'] as const),
      ...(['change a price with psql', 'change a price with psql'] as const),
      ...(['change a price with psql', 'change a price with psql'] as const)
    ),
    ...([2, 5] as const)
  ),
  hasIndex: fc.constant(true),
})

const often = (arbitrary: fc.Arbitrary<Script>) => ({ arbitrary, weight: 3 })

export const scripts = fc.oneof(...[crowds, readers, rushes, rushes, pauses].map(often), {
  arbitrary: searchers,
  weight: 1,
})

/** What decides who goes on, and all that is left to chance. */
export const dice = fc.noBias(fc.nat())

interface Run {
  broken: Rule | null
  isTold?: boolean
  outside: Outside
}

/** Runs a script in the order that chance decides. */
export function simulate(script: Script, chance: number, { broken, isTold, outside }: Run) {
  return outside((drain) => {
    const world = new World(chance, broken, isTold)
    let isOver = false
    new Market(world, script).run().then(
      () => (isOver = true),
      (error) => world.mustHold(false, 'nothing fails', () => error.stack)
    )
    for (; world.steps < MOST_STEPS; world.steps++) {
      drain()
      if (isOver || world.violation) return world
      if (!world.isWaiting || world.dice(PATIENCE) === 0) world.time.advance()
      else world.goOn()
    }
    world.mustHold(false, 'every run ends', () => `${MOST_STEPS} steps`)
    return world
  })
}
