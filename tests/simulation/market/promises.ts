import type { Commit, Primary } from '#tests/simulation/model/primary'
import type { World } from '#tests/simulation/world'

/** Versions by row. */
export type Versions = Map<string, number>

/** What the market promises, and when it is kept. */
export class Promises {
  constructor(
    private world: World,
    private primary: Primary
  ) {}

  /**
   * A cached value was found valid.
   *
   * @param asked what had been announced, and what had been shown for too long to be missing, when it was asked for
   */
  hit(row: string, version: number, { known, due }: { known: number; due: number }) {
    this.world.mustHold(
      version >= known,
      'no cached value from before what was announced',
      () => `the cache has ${row} v${version}, and v${known} was announced`
    )
    this.world.mustHold(
      version >= due,
      'no cached value past its bound',
      () => `the cache has ${row} v${version} longer than it may after v${due}`
    )
  }

  read(row: string, version: number, announced: number, who: string) {
    this.world.mustHold(
      version >= announced,
      'nobody is served what is older than an announced change',
      () => `${who} got ${row} v${version} after v${announced} was announced`
    )
  }

  session(who: string, row: string, version: number, written: number, seen: number) {
    const got = `${who} got ${row} v${version}`
    this.world.mustHold(version >= written, 'own writes', () => `${got} after writing v${written}`)
    this.world.mustHold(version >= seen, 'monotonic reads', () => `${got} after seeing v${seen}`)
  }

  search(who: string, row: string, version: number, known: number) {
    this.world.mustHold(
      version >= known,
      'a search finds what the session has written and seen',
      () => `${who} found ${row} v${version} after v${known}`
    )
  }

  told(row: string, version: number, told: number) {
    this.world.mustHold(
      version >= told,
      'an open page shows what it was told of',
      () => `a page that was told of ${row} v${told} got v${version}`
    )
  }

  settled(who: string, row: string, version: number, settled: number) {
    this.world.mustHold(
      version >= settled,
      'a row that was answered for is known everywhere',
      () => `${who} was met with ${row} v${version} after an answer with v${settled}`
    )
  }

  converged(where: string, row: string, version: number) {
    const latest = this.primary.rows.get(row)!.version
    this.world.mustHold(
      version === latest,
      'convergence',
      () => `when all was quiet ${where} had ${row} v${version} instead of v${latest}`
    )
  }

  atMost(what: string, count: number, limit: number) {
    this.world.mustHold(count <= limit, what, () => `${count} at once, at most ${limit}`)
  }

  /** The latest version that was visible by then. */
  versionAt(row: string, time: number) {
    const { log } = this.primary
    for (let at = log.length - 1; at >= 0; at--) {
      if (log[at].shownAt >= time) continue
      const found = versionIn(log[at], row)
      if (found) return found
    }
    return 0
  }
}

export function versionIn({ rows }: Commit, row: string) {
  return rows.find(([key]) => key === row)?.[1].version
}
