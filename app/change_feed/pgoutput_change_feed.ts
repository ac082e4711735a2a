import { randomBytes } from 'node:crypto'
import { LogicalReplicationService, PgoutputPlugin } from 'pg-logical-replication'
import type { Pgoutput } from 'pg-logical-replication'
import type { Client } from 'pg'
import type { Database } from '@adonisjs/lucid/database'
import type { Logger } from '@adonisjs/core/logger'
import type { ChangeListener } from '#change_feed/change_feed'
import { sendHeartbeat } from '#change_feed/heartbeat'
import { PgoutputDelivery } from '#change_feed/pgoutput_delivery'
import { ReconnectingFeed } from '#change_feed/reconnecting_feed'
import { formatPosition, parsePosition } from '#replication/position'
import { runningTransactionsEnd } from '#replication/running_transactions'

export interface PgoutputOptions {
  connectionString: string
  publication: string
  slot: string
  /**
   * Whether each connection uses its own temporary slot, derived from `slot`, which retains no log after the
   * server is gone. Each connection is then a gap.
   */
  temporary?: boolean
  /** Interval of heartbeats, in milliseconds. */
  heartbeatEvery: number
  /** Maximum pause between connection attempts, in milliseconds. */
  longestPause: number
  /** Whether the listener's state is persistent: a start is then no gap, and a gap survives a restart. */
  resumes?: boolean
}

/** PostgreSQL's `object_in_use`: another server reads the slot. */
const IN_USE = '55006'

/** Consumes the primary's logical replication stream in this process. */
export class PgoutputChangeFeed extends ReconnectingFeed {
  #isWaiting = false

  constructor(
    private db: Database,
    logger: Logger,
    private options: PgoutputOptions
  ) {
    super(logger, options.longestPause, options.resumes || options.temporary)
  }

  /**
   * True when the slot was created or recreated after the primary dropped it, or when that happened earlier and
   * the process ended before the listener handled the gap.
   */
  protected async hasGap(): Promise<boolean> {
    const { slot, temporary } = this.options
    if (temporary) return this.#dropLastingSlot()
    const { rows } = await this.db.rawQuery(
      'SELECT wal_status FROM pg_replication_slots WHERE slot_name = ?',
      [slot]
    )
    if (rows.length > 0 && rows[0].wal_status !== 'lost') return this.#gapIsOpen()
    if (this.options.resumes) await this.#openGap()
    if (rows.length > 0) {
      this.logger.error({ slot }, 'replication slot of the change feed lost, creating a new one')
      await this.db.rawQuery('SELECT pg_drop_replication_slot(?)', [slot])
    }
    await this.db.rawQuery(`SELECT pg_create_logical_replication_slot(?, 'pgoutput')`, [slot])
    return true
  }

  /** A permanent slot from an earlier configuration would retain log that nobody reads. */
  async #dropLastingSlot() {
    await this.db.rawQuery(
      `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
        WHERE slot_name = ? AND NOT active`,
      [this.options.slot]
    )
    return false
  }

  /**
   * A slot that had to wait for running transactions leaves out what began meanwhile and has its commit in the log
   * already, although the primary may not show it yet.
   */
  protected lostIsVisible(signal: AbortSignal) {
    return runningTransactionsEnd(this.db, signal)
  }

  protected async closeGap() {
    if (!this.options.resumes) return
    await this.db.from('change_feed_gaps').where('slot', this.options.slot).delete()
  }

  /** Recorded before the slot is created: slot creation cannot run in a transaction that writes. */
  async #openGap() {
    const { slot } = this.options
    await this.db.rawQuery('INSERT INTO change_feed_gaps VALUES (?) ON CONFLICT DO NOTHING', [slot])
  }

  async #gapIsOpen() {
    if (!this.options.resumes) return false
    const gap = await this.db.from('change_feed_gaps').where('slot', this.options.slot).first()
    return gap !== null
  }

  /** Only one server reads a shared slot; the others take over when it ends. */
  protected lost(error: any) {
    if (error?.code !== IN_USE) return super.lost(error)
    const { slot } = this.options
    if (!this.#isWaiting) this.logger.info({ slot }, 'slot in use by another server, waiting')
    this.#isWaiting = true
  }

  protected async stream(listener: ChangeListener, signal: AbortSignal) {
    const { connectionString, publication, temporary, heartbeatEvery } = this.options
    const slot = temporary ? `${this.options.slot}_${suffix()}` : this.options.slot
    const service = new LogicalReplicationService(
      { connectionString, application_name: 'kirana-change-feed', keepAlive: true },
      { acknowledge: { auto: false, timeoutSeconds: 0 }, flowControl: { enabled: true } }
    )
    const plugin = new CountingPlugin(publication, async (client) => {
      if (!temporary) return
      await client.query(
        `CREATE_REPLICATION_SLOT "${slot}" TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT`
      )
      await this.lostIsVisible(signal)
      await listener.gap()
    })
    let failure: unknown = null
    let confirmed: string | null = null
    const delivery = new PgoutputDelivery(listener, {
      confirm: async (end) => {
        confirmed = end
        this.heard()
        await acknowledge(service, end)
      },
      fail: (error) => {
        failure = error
        void service.stop()
      },
    })
    let received = 0

    service.on('start', () => {
      this.#isWaiting = false
      this.connected()
      this.#beat()
    })
    service.on('data', async (_: string, message: Pgoutput.Message) => {
      await delivery.receive(message)
      received++
    })
    service.on('heartbeat', (position: string, _: number, mustAnswer: boolean) => {
      const isIdle = delivery.isIdle && received === plugin.received
      const answer = isIdle ? position : confirmed
      if (mustAnswer && answer) acknowledge(service, answer).catch(() => {})
    })
    service.on('error', () => {})

    const beat = setInterval(() => this.#beat(), heartbeatEvery)
    try {
      // A subscription stopped while connecting never ends by itself.
      const stopped = Promise.withResolvers<void>()
      signal.addEventListener('abort', () => stopped.resolve(delivery.stop()))
      await Promise.race([service.subscribe(plugin, slot), stopped.promise])
      if (failure) throw failure
    } finally {
      clearInterval(beat)
      await delivery.stop()
      await service.destroy().catch(() => {})
      await plugin.prepared
    }
  }

  #beat() {
    sendHeartbeat(this.db).catch(() => {})
  }
}

const suffix = () => randomBytes(4).toString('hex')

/** Counts received messages, including those still queued. */
class CountingPlugin extends PgoutputPlugin {
  received = 0
  /** Resolves when nothing blocks the start of the stream. */
  prepared: Promise<void> = Promise.resolve()

  constructor(
    publication: string,
    private prepare: (client: Client) => Promise<void>
  ) {
    super({ protoVersion: 1, publicationNames: [publication], messages: true })
  }

  async start(...[client, ...place]: Parameters<PgoutputPlugin['start']>) {
    const preparing = this.prepare(client)
    this.prepared = preparing.catch(() => {})
    await preparing
    return super.start(client, ...place)
  }

  parse(buffer: Buffer) {
    this.received++
    return super.parse(buffer)
  }
}

/**
 * The library acknowledges one past the given position; past the end of a commit that would hang the server's
 * shutdown.
 */
async function acknowledge(service: LogicalReplicationService, end: string) {
  await service.acknowledge(formatPosition(parsePosition(end) - 1n))
}
