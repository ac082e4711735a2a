import { setTimeout as delay } from 'node:timers/promises'
import { LogicalReplicationService, PgoutputPlugin } from 'pg-logical-replication'
import type { Pgoutput } from 'pg-logical-replication'
import type { Database } from '@adonisjs/lucid/database'
import type { Logger } from '@adonisjs/core/logger'
import type { ChangeEvent } from '#change_feed/change_event'
import { ChangeFeed, type HandleChanges } from '#change_feed/change_feed'
import { PgoutputDecoder } from '#change_feed/pgoutput_decoder'
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
export class PgoutputChangeFeed extends ChangeFeed {
  #state: 'stopped' | 'connecting' | 'streaming' = 'stopped'
  #heardAt: Date | null = null
  #service: LogicalReplicationService | null = null
  #running: Promise<void> | null = null
  #stopping = new AbortController()

  constructor(
    private db: Database,
    private logger: Logger,
    private options: PgoutputOptions
  ) {
    super()
  }

  status() {
    return { state: this.#state, heardAt: this.#heardAt }
  }

  async start(handle: HandleChanges) {
    this.#stopping = new AbortController()
    this.#running = this.#run(handle)
  }

  async stop() {
    this.#stopping.abort()
    await this.#service?.stop()
    await this.#running
    this.#state = 'stopped'
  }

  async #run(handle: HandleChanges) {
    const { signal } = this.#stopping
    for (let pause = 100; !signal.aborted; pause = Math.min(pause * 2, this.options.longestPause)) {
      this.#state = 'connecting'
      const since = Date.now()
      try {
        await this.#createSlot()
        await this.#stream(handle)
      } catch (error) {
        if (!signal.aborted) this.logger.warn({ err: error }, 'change feed lost, connecting again')
      }
      if (Date.now() - since > this.options.longestPause) pause = 100
      await delay(pause, null, { signal }).catch(() => {})
    }
  }

  async #createSlot() {
    await this.db.rawQuery(
      `SELECT pg_create_logical_replication_slot(:slot, 'pgoutput')
       WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = :slot)`,
      { slot: this.options.slot }
    )
  }

  async #stream(handle: HandleChanges) {
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
    const delivery = new Delivery(handle, (end) => this.#confirm(service, end))
    let handled = 0
    let failure: unknown = null

    service.on('start', () => {
      this.#state = 'streaming'
    })
    service.on('data', async (_: string, message: Pgoutput.Message) => {
      try {
        await delivery.receive(message)
        handled++
      } catch (error) {
        failure = error
        await service.stop()
      }
    })
    service.on('heartbeat', (position: string, _: number, mustAnswer: boolean) => {
      if (mustAnswer && handled === plugin.received) confirm(service, position).catch(() => {})
    })
    service.on('error', () => {})

    this.#service = service
    const beat = setInterval(() => this.#beat(), heartbeatEvery)
    try {
      await service.subscribe(plugin, slot)
      if (failure) throw failure
    } finally {
      clearInterval(beat)
      await service.destroy().catch(() => {})
    }
  }

  async #confirm(service: LogicalReplicationService, end: string) {
    this.#heardAt = new Date()
    await confirm(service, end)
  }

  /** In a transaction, so that it comes through the feed as a commit like any change. */
  #beat() {
    this.db.rawQuery(`SELECT pg_logical_emit_message(true, 'kirana.heartbeat', '')`).catch(() => {})
  }
}

/** Collects a transaction's changes, hands them over and confirms its end. */
class Delivery {
  #decoder = new PgoutputDecoder()
  #batch: ChangeEvent[] = []

  constructor(
    private handle: HandleChanges,
    private confirm: (end: string) => Promise<void>
  ) {}

  async receive(message: Pgoutput.Message) {
    this.#batch.push(...this.#decoder.decode(message))
    if (this.#batch.length >= LARGEST_BATCH) await this.#handOver()
    if (message.tag === 'commit') {
      await this.#handOver()
      await this.confirm(message.commitEndLsn!)
    }
  }

  async #handOver() {
    if (this.#batch.length > 0) await this.handle(this.#batch)
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
async function confirm(service: LogicalReplicationService, end: string) {
  await service.acknowledge(formatPosition(parsePosition(end) - 1n))
}
