import { setTimeout as delay } from 'node:timers/promises'
import type { Cache } from '#caches/cache'

const SILENCE = 2_000
const HEARTBEAT_EVERY = 100
const MINUTE = 60_000

/** Prices that a feed announces to a cache while readers read through it, and anything may happen to the cache. */
export class PriceChanges {
  /** The primary's position, which is also what each price says: the change that made it. */
  position = 1n
  #prices = new Map<string, bigint>()
  #announced = new Map<string, bigint>()
  #isOver = false
  hits = 0
  /** Hits from before a change that had been announced when the reader asked. */
  stale: string[] = []

  constructor(
    private keys: string[],
    private feed: Cache,
    private readers: Cache[]
  ) {
    for (const key of keys) this.#prices.set(key, 0n)
  }

  /** Changes and reads go on until `work` is done. */
  async during(work: () => Promise<void>) {
    const trade = [this.#change(), ...this.readers.map((reader) => this.#read(reader))]
    try {
      await work()
    } finally {
      this.#isOver = true
      await Promise.all(trade)
      this.#isOver = false
    }
  }

  /** Reads every key once: the keys that were cached. */
  async cached(reader = this.readers[0]) {
    const found = await Promise.all(this.keys.map((key) => this.#look(reader, key)))
    return this.keys.filter((_, at) => found[at])
  }

  async beat() {
    await this.feed.keepAlive(SILENCE, this.position)
  }

  /** As a feed does: nothing is announced before everything earlier has been. */
  async #change() {
    let beatAt = -Infinity
    for (let at = 0; !this.#isOver; at++) {
      const key = this.keys[at % this.keys.length]
      this.#prices.set(key, ++this.position)
      await this.#announce(key)
      if (performance.now() - beatAt > HEARTBEAT_EVERY) {
        await this.beat().catch(() => {})
        beatAt = performance.now()
      }
      await delay(5)
    }
  }

  async #announce(key: string) {
    const price = this.#prices.get(key)!
    while (this.#announced.get(key) !== price) {
      try {
        await this.feed.raiseFloor([key], this.position)
        this.#announced.set(key, price)
      } catch {
        if (this.#isOver) return
        await delay(20)
      }
    }
  }

  async #read(reader: Cache) {
    while (!this.#isOver) {
      const key = this.keys[Math.floor(Math.random() * this.keys.length)]
      await this.#look(reader, key).catch(() => {})
      await delay(2)
    }
  }

  async #look(reader: Cache, key: string) {
    const known = this.#announced.get(key) ?? 0n
    const { entry } = await reader.read(key, 'price')
    if (entry) {
      this.hits++
      if (BigInt(entry.value) < known) this.stale.push(`${key}: ${entry.value} after ${known}`)
      return true
    }
    const [position, price] = [this.position, this.#prices.get(key)!]
    await delay(Math.random() * 10)
    await reader.fill(key, 'price', { value: `${price}`, position }, MINUTE)
    return false
  }
}
