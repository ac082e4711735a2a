import type { Database } from '@adonisjs/lucid/database'
import { Exception } from '@adonisjs/core/exceptions'
import { parsePosition, type Position } from '#replication/position'

/** Every change committed by `at` (primary's clock) lies before `position`. */
interface Sample {
  at: Date
  position: Position
}

/** Samples are dropped beyond this: a source stalled for longer needs attention anyway. */
const MOST_SAMPLES = 1_000

const SAMPLE = `
  SELECT clock_timestamp() AS at, pg_current_wal_insert_lsn() AS position,
    (SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = ?) AS confirmed`

export class SourceSlotMissing extends Exception {
  static code = 'E_SOURCE_SLOT_MISSING'
}

/**
 * Progress of the source connector. It confirms to its slot only what Kafka acknowledged, so everything committed
 * before the slot's confirmed position is in the topics.
 */
export class SourceProgress {
  #samples: Sample[] = []
  #slotWasMissing = false

  constructor(
    private db: Database,
    private slot: string
  ) {}

  /** Whether the slot is a new one: changes between the old slot and this one are in no topic. */
  get hasGap() {
    return this.#slotWasMissing
  }

  /** The gap was handled. */
  closeGap() {
    this.#slotWasMissing = false
  }

  /**
   * The latest time up to which all changes are in the topics, with a position past them; null until the connector
   * has got that far.
   *
   * @throws SourceSlotMissing
   */
  async sample(): Promise<{ sentAt: Date; watermark: Position } | null> {
    const { rows } = await this.db.rawQuery(SAMPLE, [this.slot])
    const { at, position, confirmed } = rows[0]
    if (!confirmed) {
      this.#slotWasMissing = true
      throw new SourceSlotMissing(
        `The primary has no slot ${this.slot}: is the source connector registered?`
      )
    }
    const watermark = parsePosition(confirmed)
    this.#samples.push({ at, position: parsePosition(position) })
    const covered = this.#samples.findLastIndex((sample) => sample.position <= watermark)
    this.#samples.splice(0, Math.max(covered, this.#samples.length - MOST_SAMPLES))
    return covered === -1 ? null : { sentAt: this.#samples[0].at, watermark }
  }
}
