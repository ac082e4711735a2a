import { LEASE } from '#knowledge/lease'
import { formatPosition, type Position } from '#replication/position'
import { earlier } from '#replication/session_clock'
import type { Replica } from '#tests/simulation/model/replica'
import type { VirtualTime } from '#tests/simulation/time'

/** The table `listeners` on the primary. */
export class Listeners {
  #rows = new Map<string, { confirmedAt: number; passed: Position | null }>()

  constructor(
    private time: VirtualTime,
    private replicas: Replica[]
  ) {}

  confirm(id: string, passed: Position | null) {
    this.#rows.set(id, { confirmedAt: this.time.now, passed })
  }

  /** Of all caches that may still serve, and all replicas. */
  passed(within: number) {
    const caches = this.#since(within).flatMap(([, { passed }]) => passed ?? [])
    const replicas = this.replicas.map(({ replayed }) => replayed)
    const isOneAway = this.replicas.some(({ isDown }) => isDown)
    return { caches: formatted(caches), replicas: formatted(replicas), isOneAway }
  }

  /** What is left of the leases, for a fence. */
  leases() {
    const left = (at: number) => LEASE - (this.time.now - at)
    const rows = this.#since(LEASE).map(([id, { confirmedAt }]) => ({
      id,
      left: left(confirmedAt),
    }))
    return (rows.length > 0 ? rows : [{ id: null, left: null }]).map((row) => ({
      ...row,
      unlisted: -1,
    }))
  }

  #since(within: number) {
    return [...this.#rows].filter(([, { confirmedAt }]) => confirmedAt > this.time.now - within)
  }
}

function formatted(positions: Position[]) {
  if (positions.length === 0) return null
  return formatPosition(positions.reduce(earlier))
}
