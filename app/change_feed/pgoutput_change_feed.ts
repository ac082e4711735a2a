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

export interface PgoutputOptions {
  connectionString: string
  publication: string
  slot: string
  /**
   * Whether each connection has a slot of its own, named after `slot`, that ends with it and holds no log
   * for a server that is gone. Each connection is a gap then.
   */
  temporary?: boolean
  /** How often a heartbeat is sent through the log, in milliseconds. */
  heartbeatEvery: number
  /** The longest pause between two attempts to connect, in milliseconds. */
  longestPause: number
  /** Whether the listener keeps what it was told: then a start is no gap, and a gap outlives the process. */
  resumes?: boolean
}

/** PostgreSQL's `object_in_use`: another server reads the slot. */
const IN_USE = '55006'

/** Reads the primary's logical replication stream in this process. */
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
   * The slot had to be made, or made anew because the primary had given it up; or was, and the process
   * ended before the listener had taken it in.
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
      this.logger.error({ slot }, 'the slot of the change feed was lost, making a new one')
      await this.db.rawQuery('SELECT pg_drop_replication_slot(?)', [slot])
    }
    await this.db.rawQuery(`SELECT pg_create_logical_replication_slot(?, 'pgoutput')`, [slot])
    return true
  }

  /** From an earlier version, or from a time with a shared cache: it would hold log that nobody reads. */
  async #dropLastingSlot() {
    await this.db.rawQuery(
      `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
        WHERE slot_name = ? AND NOT active`,
      [this.options.slot]
    )
    return false
  }

  protected async closeGap() {
    if (!this.options.resumes) return
    await this.db.from('change_feed_gaps').where('slot', this.options.slot).delete()
  }

  /** Noted before the slot is made, which cannot be part of a transaction that writes. */
  async #openGap() {
    const { slot } = this.options
    await this.db.rawQuery('INSERT INTO change_feed_gaps VALUES (?) ON CONFLICT DO NOTHING', [slot])
  }

  async #gapIsOpen() {
    if (!this.options.resumes) return false
    const gap = await this.db.from('change_feed_gaps').where('slot', this.options.slot).first()
    return gap !== null
  }

  /** What one reader does for all servers needs no second one, who takes over when the first ends. */
  protected lost(error: any) {
    if (error?.code !== IN_USE) return super.lost(error)
    const { slot } = this.options
    if (!this.#isWaiting)
      this.logger.info({ slot }, 'another server reads the slot, waiting for it')
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
      // A subscription that is stopped while it connects never ends by itself.
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

/** Knows how many messages have arrived, also those that still wait to be handled. */
class CountingPlugin extends PgoutputPlugin {
  received = 0
  /** Settles when nothing is left to be done before the stream. */
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

/** The library acknowledges one past what it is given; one past a commit's end would hang the server's shutdown. */
async function acknowledge(service: LogicalReplicationService, end: string) {
  await service.acknowledge(formatPosition(parsePosition(end) - 1n))
}
