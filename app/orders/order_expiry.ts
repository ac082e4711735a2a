import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import { TransitionRefused } from '#exceptions/transition_refused'
import Order from '#models/order'
import { ACCEPT_WITHIN_MINUTES } from '#models/shop_settings'
import { ServerUptimes } from '#orders/server_uptimes'
import { waitsUntil } from '#orders/waiting_time'

/** Number of the advisory lock. Who holds it and stands still loses it after `PATIENCE`. */
const TURN = 1_313
const PATIENCE = '1min'
const AT_A_TIME = 200

interface WaitingRow {
  id: string
  since: Date
  minutes: number
}

/** Ends the orders that nobody accepted in time. Every server runs it; they take turns. */
export class OrderExpiry {
  #uptimes = new ServerUptimes()
  #stopping = new AbortController()
  #running: Promise<void> | null = null

  constructor(
    private logger: Logger,
    private every: number
  ) {}

  start() {
    this.#running = this.#run(this.#stopping.signal)
  }

  async stop() {
    this.#stopping.abort()
    await this.#running
  }

  /** Ends what is due now, unless another server is doing so. */
  async sweep() {
    await this.#uptimes.note()
    await db.transaction(async (client) => {
      await client.rawQuery(`SET LOCAL idle_in_transaction_session_timeout = '${PATIENCE}'`)
      const { rows } = await client.rawQuery('SELECT pg_try_advisory_xact_lock(?) AS mine', [TURN])
      if (!rows[0].mine) return
      for (const id of (await this.#due()).slice(0, AT_A_TIME)) {
        if (!this.#stopping.signal.aborted) await this.#end(id)
      }
      await ServerUptimes.forget()
    })
  }

  /** Of what has waited long enough by the clock on the wall, that which has also waited so long in effect. */
  async #due() {
    const { rows }: { rows: WaitingRow[] } = await db.rawQuery(
      `SELECT id, waiting_since AS since, minutes
       FROM orders
       LEFT JOIN shop_settings AS settings USING (shop_id)
       CROSS JOIN LATERAL (SELECT coalesce(accept_within_minutes, :usual) AS minutes) AS patience
       WHERE state = 'placed' AND waiting_since <= now() - make_interval(mins => minutes)
       ORDER BY waiting_since`,
      { usual: ACCEPT_WITHIN_MINUTES }
    )
    if (rows.length === 0) return []
    const { now, up } = await ServerUptimes.from(rows[0].since)
    return rows
      .filter(({ since, minutes }) => waitsUntil(since, minutes, up) <= now)
      .map(({ id }) => id)
  }

  async #end(id: string) {
    try {
      await (await Order.findOrFail(id)).expire()
    } catch (error) {
      if (error instanceof TransitionRefused) return
      this.logger.error({ err: error, order: id }, 'order that nobody accepted could not be ended')
    }
  }

  async #run(signal: AbortSignal) {
    while (!signal.aborted) {
      await this.sweep().catch((error) => {
        this.logger.warn({ err: error }, 'orders that nobody accepted were not looked for')
      })
      await delay(this.every, null, { signal }).catch(() => {})
    }
  }
}
