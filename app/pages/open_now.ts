import type { HttpContext } from '@adonisjs/core/http'
import { changesAt, stateOf, type Opening, type OpenState } from '#hours/opening'

type Listed = { id: string; opening: Opening | null }

/**
 * What a kept page says of when a shop is open. `key` belongs to what the page is made of; a ready answer ends when the
 * words change.
 */
export function openNow(ctx: HttpContext, opening: Opening | null) {
  const now = new Date()
  const state = stateOf(opening, now)
  return { key: keyOf(ctx, now, [state]), state }
}

/** The same for a list, by shop. */
export function openNowOf(ctx: HttpContext, shops: Listed[]) {
  const now = new Date()
  const states = shops.map(({ id, opening }) => [id, stateOf(opening, now)] as const)
  const key = keyOf(
    ctx,
    now,
    states.map(([, state]) => state)
  )
  return { key, states: Object.fromEntries(states) }
}

function keyOf({ clock }: HttpContext, now: Date, states: (OpenState | null)[]) {
  const known = states.filter((state) => state !== null)
  if (known.length === 0) return null
  const data = JSON.stringify(states)
  const ends = Math.min(...known.map((state) => changesAt(state, now)))
  clock.dependsOn({ data, isCurrent: () => Date.now() < ends })
  return data
}
