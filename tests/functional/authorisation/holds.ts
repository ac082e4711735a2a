import type { Assert } from '@japa/assert'
import type { Outcome, Row } from './rules.js'
import { rows } from './world.js'

const LOGIN = /^303 \/login(\?|$)/
const HOME = /^303 \/(owner\/)?shops$/

/**
 * Asks as each of them. Those who are to be refused ask first, and have to leave everything as it was; so does
 * everybody who only reads.
 */
export async function holds<Actor extends string>(
  route: string,
  { who, ok }: Row<Record<Actor, Outcome>>,
  actors: readonly Actor[],
  ask: (actor: Actor) => Promise<Response>,
  assert: Assert
) {
  const before = await rows()
  for (const actor of actors.filter((one) => who[one] !== 'ok')) {
    check(await ask(actor), who[actor], actor, assert)
  }
  assert.deepEqual(await rows(), before, 'a request that was refused changed something')
  for (const actor of actors.filter((one) => who[one] === 'ok')) {
    const { status, headers } = await ask(actor)
    assert.equal(status, ok, actor)
    assert.notMatch(`${status} ${headers.get('location')}`, LOGIN, actor)
  }
  if (!route.startsWith('GET ')) return
  assert.deepEqual(await rows(), before, 'a request that only reads changed something')
}

export function check(
  { status, headers }: Response,
  expected: Outcome,
  actor: string,
  assert: Assert
) {
  const found = `${status} ${headers.get('location') ?? ''}`
  if (expected === 'login') assert.match(found, LOGIN, actor)
  else if (expected === 'home') assert.match(found, HOME, actor)
  else assert.equal(status, expected, actor)
}
