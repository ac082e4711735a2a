import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type { Logger } from '@adonisjs/core/logger'
import env from '#start/env'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeListener } from '#change_feed/change_feed'
import { PgoutputChangeFeed, type PgoutputOptions } from '#change_feed/pgoutput_change_feed'
import type { Position } from '#replication/position'
import { eventually } from '#tests/helpers/eventually'

/** Records calls and passes them to `next`. */
export class FeedRecorder implements ChangeListener {
  changed: ChangeEvent[] = []
  heartbeats: Position[] = []
  gaps = 0

  constructor(private next: Partial<ChangeListener> = {}) {}

  async changes(changes: ChangeEvent[]) {
    this.changed.push(...changes)
    await this.next.changes?.(changes)
  }

  async heartbeat(sentAt: Date, watermark: Position) {
    await this.next.heartbeat?.(sentAt, watermark)
    this.heartbeats.push(watermark)
  }

  async gap() {
    await this.next.gap?.()
    this.gaps++
  }

  of(id: string) {
    return this.changed.filter(({ key, keyBefore }) => [key.id, keyBefore?.id].includes(id))
  }
}

/** A feed like the application's, with a separate slot. */
export function feedWith(
  slot: string,
  options: Partial<PgoutputOptions> = {},
  log: Logger = logger
) {
  return new PgoutputChangeFeed(db, log, {
    connectionString: env.get('DATABASE_URL')!,
    publication: 'dbz_publication',
    slot,
    heartbeatEvery: 100,
    longestPause: 500,
    ...options,
  })
}

/** Waits until the slot is unused and drops it, if it exists. */
export async function dropSlot(slot: string) {
  await eventually(() =>
    db.rawQuery(
      'SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = ?',
      [slot]
    )
  )
}
