import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '@adonisjs/core/logger'
import { FENCES, Fences, type Ask } from '#knowledge/fences'
import { KnownRows, type Replicas } from '#knowledge/known_rows'
import { LEASE, Lease, thisMoment } from '#knowledge/lease'
import { confirm, leave, passedEverywhere } from '#knowledge/listeners'
import { RecentChanges } from '#knowledge/recent_changes'
import { TIMEOUT, type Listener } from '#replication/announcements'
import type { Passed } from '#replication/passed'

const ROWS = 'rows'

/**
 * What this process knows of the primary's rows without asking. Whoever changes such a row waits for `settle`
 * before saying so; from then on no process uses an older copy. A process that cannot confirm that announcements
 * reach it asks the primary.
 */
export class Knowledge implements Listener {
  readonly channels = [ROWS, FENCES]
  readonly id = randomUUID()
  /** Whether announcements reach this process. */
  readonly lease = new Lease()
  #recent = new RecentChanges()
  #fences = new Fences(this.id)
  #known: KnownRows<any>[] = []
  #connection: pg.Client | null = null
  #sending: Promise<unknown> = Promise.resolve()
  #next: Promise<void> | null = null

  constructor(
    private logger: Logger,
    private connectionString: string,
    private passed: Passed,
    private replicas: Replicas | null = null
  ) {}

  /** Copies of rows of a table whose changes are announced by `announce_row`. */
  of<T extends object>(source: ConstructorParameters<typeof KnownRows<T>>[0]): KnownRows<T> {
    const rows = new KnownRows<T>(source, this.lease, this.#recent, this.replicas)
    this.#known.push(rows)
    return rows
  }

  /**
   * Resolves when no process uses a copy from before what was committed until now. Concurrent callers share a
   * fence that is sent after the last of them called.
   */
  settle(): Promise<void> {
    return (this.#next ??= this.#sending.then(() => {
      this.#next = null
      const began = performance.now()
      const sent = this.#send()
      this.#sending = sent.catch(() => {})
      return sent.then(({ isHeard }) => isHeard).catch((error) => this.#waitOut(began, error))
    }))
  }

  heard(payload: string, channel: string) {
    if (channel === FENCES) return this.#fences.heard(payload, this.#ask)
    const [table, id] = payload.split(' ')
    this.#recent.note(table, id)
    for (const rows of this.#known) {
      if (rows.table !== table) continue
      if (id === '*') rows.forgetAll()
      else rows.forget(id)
    }
  }

  async startListening(connection: pg.Client) {
    this.#connection = connection
    await this.check(connection)
  }

  /** Confirms that every announcement until now has arrived, and tells the others so. */
  async check(connection: pg.Client) {
    const begin = thisMoment()
    this.#recent.beginCheck()
    this.#recent.endCheck(await confirm(connection, this.id, this.passed.here))
    this.lease.extend(begin)
    this.passed.noteCounted()
    void this.passed.noteEverywhere(await passedEverywhere(connection, this.passed.window))
  }

  stopListening() {
    this.#connection = null
    this.lease.end()
    this.#recent.forget()
    for (const rows of this.#known) rows.forgetAll()
  }

  /** The others need not wait for this process any more. */
  async leave(connection: pg.Client) {
    this.stopListening()
    await leave(connection, this.id)
  }

  get #ask(): Ask | null {
    const connection = this.#connection
    return connection && ((sql, values) => connection.query(sql, values))
  }

  #send() {
    return this.#ask ? this.#fences.send(this.#ask) : this.#sendAlone()
  }

  /** From a process that does not listen, such as a command. */
  async #sendAlone() {
    const client = new pg.Client({
      connectionString: this.connectionString,
      application_name: 'kirana-announcements',
      connectionTimeoutMillis: TIMEOUT,
      query_timeout: TIMEOUT,
    })
    client.on('error', () => {})
    client.on('notification', ({ payload }) => this.#fences.heard(payload!, null))
    try {
      await client.connect()
      await client.query(`LISTEN ${FENCES}`)
      const { isHeard } = await this.#fences.send((sql, values) => client.query(sql, values))
      await isHeard
    } finally {
      client.end().catch(() => {})
    }
    return { isHeard: Promise.resolve() }
  }

  /** Without an answer from the primary: until every lease that was held is over. */
  async #waitOut(began: number, error: unknown) {
    this.logger.warn({ err: error }, 'a fence could not be sent, waiting until copies expire')
    await delay(LEASE - (performance.now() - began))
  }
}
