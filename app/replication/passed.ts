import type { Position } from '#replication/position'
import { earlier, later } from '#replication/session_clock'

/**
 * The position that the caches of every process and every replica have passed: whatever was shown up to here is
 * shown by all of them, so nobody has to remember having seen it. Sampled in the background, and late rather than
 * early.
 */
export class Passed {
  #everywhere: Position = 0n
  #watermark: Position = 0n
  #stores: (() => Promise<Position | null>)[] = []
  #heardAt = -Infinity
  #countedAt = -Infinity

  /**
   * @param isShared whether processes share one cache, which only keeps the latest watermark
   * @param maximumSilence age of a heartbeat, in milliseconds, at which cached values expire
   */
  constructor(
    private isShared: boolean,
    private maximumSilence: number,
    private now = () => performance.now()
  ) {}

  has(position: Position) {
    return position <= this.#everywhere
  }

  /** Positions up to here count as nothing to wait for. */
  unlessPassed(position: Position): Position {
    return this.has(position) ? 0n : position
  }

  /** Every change up to here has been announced to this process' cache. */
  noteWatermark(position: Position) {
    this.#watermark = later(this.#watermark, position)
    this.#heardAt = this.now()
  }

  /** What the other processes must know of this one; null when it has no cache of its own. */
  get here(): Position | null {
    const isSilent = this.now() - this.#heardAt > this.maximumSilence
    return this.isShared && isSilent ? null : this.#watermark
  }

  /** Also waits for a store that all processes share and that may lag; null while it cannot tell. */
  waitFor(store: () => Promise<Position | null>) {
    this.#stores.push(store)
  }

  /** All caches and replicas have passed this position. */
  async noteEverywhere(position: Position) {
    const positions = await Promise.all(this.#stores.map((store) => store().catch(() => null)))
    if (positions.includes(null)) return
    const lowest = (positions as Position[]).reduce(earlier, position)
    this.#everywhere = later(this.#everywhere, lowest)
  }

  /** The other processes could see where this one is. */
  noteCounted() {
    this.#countedAt = this.now()
  }

  /** How long the others wait for this process after it was counted, in milliseconds. */
  get window() {
    return 2 * this.maximumSilence + 1_000
  }

  /** Whether the others wait for this process: otherwise its cache may be further behind than they think. */
  get isCounted() {
    return this.isShared || this.now() - this.#countedAt < this.maximumSilence
  }
}
