import type { Position } from '#replication/position'

/** Where the primary was a while ago: what a replica that lags less than that has replayed. */
export class PositionHistory {
  #samples: { at: number; position: Position }[] = []

  /** @param span how far back it is asked, in milliseconds */
  constructor(
    private span: number,
    private now = () => performance.now()
  ) {}

  add(position: Position) {
    this.#samples.push({ at: this.now(), position })
    while (this.#samples.length > 1 && this.#isOldEnough(this.#samples[1])) this.#samples.shift()
  }

  /** The last known position of at least `span` ago; 0 as long as nothing is that old. */
  oldestAllowed(): Position {
    const old = this.#samples.findLast((sample) => this.#isOldEnough(sample))
    return old?.position ?? 0n
  }

  #isOldEnough({ at }: { at: number }) {
    return this.now() - at >= this.span
  }
}
