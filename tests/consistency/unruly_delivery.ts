import { setTimeout as delay } from 'node:timers/promises'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeListener } from '#change_feed/change_feed'
import type { Random } from '#database/demo/random'
import type { Position } from '#replication/position'

const REMEMBERED = 50

/** Hands changes on late, in another order within a batch, and old ones again. */
export class UnrulyDelivery implements ChangeListener {
  /** What `next` has been told of everything before. */
  heardUpTo: Position = 0n
  repeated = 0
  #past: ChangeEvent[][] = []

  constructor(
    private next: ChangeListener,
    private random: Random
  ) {}

  async changes(changes: ChangeEvent[]) {
    if (this.random.below(4) === 0) await delay(this.random.below(60))
    if (this.random.below(4) === 0) await this.#repeat()
    await this.next.changes([...this.random.shuffled(changes)])
    if (this.random.below(4) === 0) await this.#repeat()
    this.#past.push(changes)
    if (this.#past.length > REMEMBERED) this.#past.shift()
  }

  async heartbeat(sentAt: Date, watermark: Position) {
    await this.next.heartbeat(sentAt, watermark)
    this.heardUpTo = watermark
  }

  gap() {
    return this.next.gap()
  }

  async #repeat() {
    if (this.#past.length === 0) return
    this.repeated++
    await this.next.changes(this.random.pick(this.#past))
  }
}
