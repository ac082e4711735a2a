import type { Position } from '#replication/position'

/** Recent positions of the primary: a replica at or past an old enough one is within the allowed lag. */
export class PositionHistory {
  #samples: { at: number; position: Position }[] = []

  /** @param span the allowed lag, in milliseconds */
  constructor(
    private span: number,
    private now = () => performance.now()
  ) {}

  add(position: Position) {
    this.#samples.push({ at: this.now(), position })
    while (this.#samples.length > 1 && this.#isOldEnough(this.#samples[1])) this.#samples.shift()
  }

  /** The last known position at least `span` ago; 0 while none is that old. */
  oldestAllowed(): Position {
    const old = this.#samples.findLast((sample) => this.#isOldEnough(sample))
    return old?.position ?? 0n
  }

  #isOldEnough({ at }: { at: number }) {
    return this.now() - at >= this.span
  }
}
