import type { Count } from '#workers/limit_calls'

type Key = string | number

interface Share {
  /** Requests that may pass. */
  left: number
  count: Count
  endsAt: number
  returning: NodeJS.Timeout
}

/** By how much the end of a window may be overstated, in seconds: a share counts in its own window only. */
const ROUNDED = 1

/** How long a share may lie unused, in milliseconds. */
const IDLE = 200

/**
 * Requests that the primary process has counted in advance for this worker, by key. A share that is not used goes back
 * soon, because another worker may need it.
 */
export class LimitShares {
  #shares = new Map<Key, Share>()

  constructor(private giveBack: (key: Key, amount: number) => void) {}

  add(key: Key, amount: number, count: Count) {
    const earlier = this.#take(key)
    const left = amount + earlier
    if (left === 0) return
    const returning = setTimeout(() => this.end(key), IDLE).unref()
    const endsAt = performance.now() + (count.availableIn - ROUNDED) * 1_000
    this.#shares.set(key, { left, count, endsAt, returning })
  }

  /** The count after `amount` requests of the share; null when it has not so many. */
  use(key: Key, amount = 1): Count | null {
    const share = this.#shares.get(key)
    const rest = share ? share.endsAt - performance.now() : 0
    if (rest <= 0) this.#take(key)
    if (!share || rest <= 0 || share.left < amount) return null
    share.left -= amount
    share.count.consumed += amount
    share.count.remaining -= amount
    share.count.availableIn = Math.ceil(rest / 1_000) + ROUNDED
    share.returning.refresh()
    if (share.left === 0) this.#take(key)
    return share.count
  }

  /** Gives back what is left. */
  end(key: Key) {
    const isOver = (this.#shares.get(key)?.endsAt ?? 0) <= performance.now()
    const left = this.#take(key)
    if (left > 0 && !isOver) this.giveBack(key, left)
  }

  #take(key: Key) {
    const share = this.#shares.get(key)
    if (!share) return 0
    clearTimeout(share.returning)
    this.#shares.delete(key)
    return share.left
  }
}
