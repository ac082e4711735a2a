import { LogicalReplicationService, PgoutputPlugin } from 'pg-logical-replication'
import type { Pgoutput } from 'pg-logical-replication'
import type { Database } from '@adonisjs/lucid/database'
import type { Logger } from '@adonisjs/core/logger'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeListener } from '#change_feed/change_feed'
import { HEARTBEAT, sendHeartbeat } from '#change_feed/heartbeat'
import { PgoutputDecoder, toDate } from '#change_feed/pgoutput_decoder'
import { ReconnectingFeed } from '#change_feed/reconnecting_feed'
import { formatPosition, parsePosition } from '#replication/position'

export interface PgoutputOptions {
  connectionString: string
  publication: string
  slot: string
  /** How often a heartbeat is sent through the log, in milliseconds. */
  heartbeatEvery: number
  /** The longest pause between two attempts to connect, in milliseconds. */
  longestPause: number
}

/** A transaction of a million rows is handed over in parts. */
const LARGEST_BATCH = 1_000

/** Reads the primary's logical replication stream in this process. */
export class PgoutputChangeFeed extends ReconnectingFeed {
  #inHand: Promise<void> = Promise.resolve()

  constructor(
    private db: Database,
    logger: Logger,
    private options: PgoutputOptions
  ) {
    super(logger, options.longestPause)
  }

  /** The slot had to be made, or made anew because the primary had given it up. */
  protected async hasGap(): Promise<boolean> {
    const { slot } = this.options
    const { rows } = await this.db.rawQuery(
      'SELECT wal_status FROM pg_replication_slots WHERE slot_name = ?',
      [slot]
    )
    if (rows.length > 0 && rows[0].wal_status !== 'lost') return false
    if (rows.length > 0) {
      this.logger.error({ slot }, 'the slot of the change feed was lost, making a new one')
      await this.db.rawQuery('SELECT pg_drop_replication_slot(?)', [slot])
    }
    await this.db.rawQuery(`SELECT pg_create_logical_replication_slot(?, 'pgoutput')`, [slot])
    return true
  }

  protected async stream(listener: ChangeListener, signal: AbortSignal) {
    const { connectionString, publication, slot, heartbeatEvery } = this.options
    const service = new LogicalReplicationService(
      { connectionString, application_name: 'kirana-change-feed', keepAlive: true },
      { acknowledge: { auto: false, timeoutSeconds: 0 }, flowControl: { enabled: true } }
    )
    const plugin = new CountingPlugin({
      protoVersion: 1,
      publicationNames: [publication],
      messages: true,
    })
    const delivery = new Delivery(listener, (end) => this.#confirm(service, end))
    let handled = 0
    let failure: unknown = null

    service.on('start', () => {
      this.connected()
      this.#beat()
    })
    const receive = async (message: Pgoutput.Message) => {
      try {
        await delivery.receive(message)
        handled++
      } catch (error) {
        failure = error
        await service.stop()
      }
    }
    service.on('data', (_: string, message: Pgoutput.Message) => {
      if (!signal.aborted) this.#inHand = receive(message)
      return this.#inHand
    })
    service.on('heartbeat', (position: string, _: number, mustAnswer: boolean) => {
      if (mustAnswer && handled === plugin.received) acknowledge(service, position).catch(() => {})
    })
    service.on('error', () => {})

    const beat = setInterval(() => this.#beat(), heartbeatEvery)
    try {
      // A subscription that is stopped while it connects never ends by itself.
      const stopped = Promise.withResolvers<void>()
      signal.addEventListener('abort', () => stopped.resolve(this.#inHand))
      await Promise.race([service.subscribe(plugin, slot), stopped.promise])
      if (failure) throw failure
    } finally {
      clearInterval(beat)
      await service.destroy().catch(() => {})
    }
  }

  async #confirm(service: LogicalReplicationService, end: string) {
    this.heard()
    await acknowledge(service, end)
  }

  #beat() {
    sendHeartbeat(this.db).catch(() => {})
  }
}

/** Collects a transaction's changes, hands them over and confirms its end. */
class Delivery {
  #decoder = new PgoutputDecoder()
  #batch: ChangeEvent[] = []
  #heartbeat = false

  constructor(
    private listener: ChangeListener,
    private confirm: (end: string) => Promise<void>
  ) {}

  async receive(message: Pgoutput.Message) {
    this.#heartbeat ||= message.tag === 'message' && message.prefix === HEARTBEAT
    this.#batch.push(...this.#decoder.decode(message))
    if (this.#batch.length >= LARGEST_BATCH) await this.#handOver()
    if (message.tag === 'commit') {
      await this.#handOver()
      if (this.#heartbeat) await this.#passHeartbeat(message)
      await this.confirm(message.commitEndLsn!)
    }
  }

  async #passHeartbeat({ commitTime, commitEndLsn }: Pgoutput.MessageCommit) {
    this.#heartbeat = false
    await this.listener.heartbeat(toDate(commitTime), parsePosition(commitEndLsn!))
  }

  async #handOver() {
    if (this.#batch.length > 0) await this.listener.changes(this.#batch)
    this.#batch = []
  }
}

/** Knows how many messages have arrived, also those that still wait to be handled. */
class CountingPlugin extends PgoutputPlugin {
  received = 0

  parse(buffer: Buffer) {
    this.received++
    return super.parse(buffer)
  }
}

/** The library acknowledges one past what it is given; one past a commit's end would hang the server's shutdown. */
async function acknowledge(service: LogicalReplicationService, end: string) {
  await service.acknowledge(formatPosition(parsePosition(end) - 1n))
}
