import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { inBackground } from '#replication/background'
import type { Span } from '#orders/waiting_time'

/** A longer gap between two notes counts as an outage. */
const SILENCE = '1 minute'

/** When servers were up, by the primary's clock: time in which no order could be accepted does not count. */
export class ServerUptimes {
  #id: string | null = null

  /** Records that this process is up. After an outage a new span begins. */
  async note() {
    const { rows } = await inBackground(db).rawQuery(
      `UPDATE server_uptimes SET seen_at = now()
       WHERE id = ? AND seen_at > now() - interval '${SILENCE}' RETURNING id`,
      [this.#id] as any[]
    )
    if (rows.length > 0) return
    const { rows: begun } = await inBackground(db).rawQuery(
      'INSERT INTO server_uptimes DEFAULT VALUES RETURNING id'
    )
    this.#id = begun[0].id
  }

  /** Deletes spans that no waiting order needs. */
  static async forget() {
    await inBackground(db).rawQuery(
      `DELETE FROM server_uptimes WHERE seen_at < least(
         now() - interval '${SILENCE}',
         (SELECT min(waiting_since) FROM orders WHERE state = 'placed'))`
    )
  }

  /**
   * The primary's current time, and the server's uptime since `since`. The current span extends into the future
   * until an outage is noticed.
   */
  static async from(
    since: Date,
    client: QueryClientContract = inBackground(db)
  ): Promise<{ now: Date; up: Span[] }> {
    const { rows } = await client.rawQuery(
      `SELECT now() AS now, coalesce(max(seen_at) > now() - interval '${SILENCE}', false) AS heard,
         coalesce(json_agg(json_build_array(
           extract(epoch FROM began_at) * 1000, extract(epoch FROM seen_at) * 1000)), '[]') AS spans
       FROM server_uptimes WHERE seen_at > ?`,
      [since]
    )
    const [{ now, heard, spans }] = rows as { now: Date; heard: boolean; spans: Span[] }[]
    const lastSeen = Math.max(...spans.map(([, to]) => to))
    return { now, up: [...spans, [heard ? lastSeen : now.getTime(), Infinity]] }
  }
}
