import { describe, type Primary, type Row } from '#tests/simulation/model/primary'
import type { Position } from '#replication/position'

/** A streaming replica: a commit is visible a moment before the position that covers it is reported. */
export class Replica {
  readonly rows = new Map<string, Row>()
  replayed: Position
  received: Position
  hasReceiver = true
  isPaused = false
  /** It accepts connections and answers nothing. */
  hangs: Promise<void> | null = null
  isDown = false
  #applied = 0
  #applying = false

  constructor(
    readonly name: string,
    private primary: Primary,
    private isSlow: boolean
  ) {
    this.replayed = this.received = primary.insert
    primary.follow(() => this.#wake())
  }

  pause() {
    this.isPaused = true
  }

  resume() {
    this.isPaused = false
    this.#wake()
  }

  /** How many commits it shows. */
  get applied() {
    return this.#applied
  }

  /** Whether no record is being applied, as it says itself. */
  get isBetweenRecords() {
    return (
      (this.isPaused && !this.#applying) || (this.hasReceiver && this.received <= this.replayed)
    )
  }

  #wake() {
    if (this.#applying) return
    this.#applying = true
    void this.#replay()
  }

  async #replay() {
    const { log, world } = this.primary
    while (this.#applied < log.length && !this.isPaused) {
      this.replayed = log[this.#applied].start
      if (log[this.#applied].rows.length > 0) await world.late(this.isSlow)
      this.received = this.primary.insert
      const commit = log[this.#applied]
      for (const [key, row] of commit.rows) this.rows.set(key, row)
      this.#applied++
      if (commit.rows.length > 0) {
        world.tell(() => `${this.name}: shows ${describe(commit)}, reports ${this.replayed}`)
        await world.late(this.isSlow)
      }
      this.replayed = commit.end
    }
    this.#applying = false
    if (this.#applied < log.length && !this.isPaused) this.#wake()
  }
}
