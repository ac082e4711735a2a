import type { Logger } from '@adonisjs/core/logger'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Opening } from '#hours/opening'
import { TransitionRefused } from '#exceptions/transition_refused'
import Order from '#models/order'
import { ACCEPT_WITHIN_MINUTES } from '#models/shop_settings'
import { ServerUptimes } from '#orders/server_uptimes'
import { waitsUntil } from '#orders/waiting_time'
import { isMyTurn } from '#jobs/my_turn'
import { Repeated } from '#jobs/repeated'
import { inBackground } from '#replication/background'

const TURN = 1_313
const AT_A_TIME = 200

interface WaitingRow {
  id: string
  since: Date
  minutes: number
  opening: Opening | null
}

/** Expires orders that were not accepted in time. Every server runs it; an advisory lock lets one sweep at a time. */
export class OrderExpiry {
  #uptimes = new ServerUptimes()
  #repeated: Repeated

  constructor(
    private logger: Logger,
    every: number
  ) {
    this.#repeated = new Repeated((stopping) => this.#sweepOrSay(stopping), every)
  }

  start() {
    this.#repeated.start()
  }

  stop() {
    return this.#repeated.stop()
  }

  /** Expires the orders due now, unless another server is sweeping. */
  async sweep(stopping?: AbortSignal) {
    await this.#uptimes.note()
    await inBackground(db).transaction(async (client) => {
      if (!(await isMyTurn(client, TURN))) return
      for (const id of (await this.#due(client)).slice(0, AT_A_TIME)) {
        if (!stopping?.aborted) await this.#end(id)
      }
      await ServerUptimes.forget()
    })
  }

  /** Orders that waited long enough by wall clock are checked for their effective waiting time. */
  async #due(client: TransactionClientContract) {
    const { rows }: { rows: WaitingRow[] } = await client.rawQuery(
      `SELECT id, waiting_since AS since, minutes, shop_opening(shop_id) AS opening
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
      .filter(({ since, minutes, opening }) => waitsUntil(since, minutes, up, opening) <= now)
      .map(({ id }) => id)
  }

  async #end(id: string) {
    try {
      await (await Order.findOrFail(id)).expire()
    } catch (error) {
      if (error instanceof TransitionRefused) return
      this.logger.error({ err: error, order: id }, 'unaccepted order could not be expired')
    }
  }

  #sweepOrSay(stopping: AbortSignal) {
    return this.sweep(stopping).catch((error) => {
      this.logger.warn({ err: error }, 'sweep for unaccepted orders failed')
    })
  }
}
