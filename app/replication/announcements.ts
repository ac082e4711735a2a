import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '@adonisjs/core/logger'

/** Interval and timeout of the check that announcements still arrive, in milliseconds. */
const ASK_EVERY = 1_000
const TIMEOUT = 1_000

/** Receives a channel's notifications. */
export interface Listener {
  readonly channel: string
  heard(payload: string): Promise<void> | void
  /** Notifications arrive from now on; earlier ones may have been missed. */
  startListening(): Promise<void>
  /** Notifications may be missed from now on. */
  stopListening(): void
}

/** LISTENs to changes made by other processes, Ace commands or `psql`; triggers NOTIFY on commit. */
export class Announcements {
  #stopping = new AbortController()
  #running: Promise<void> | null = null

  constructor(
    private listeners: Listener[],
    private logger: Logger,
    private connectionString: string
  ) {}

  /** Resolves when first connected to the primary. */
  async start() {
    this.#stopping = new AbortController()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#running = this.#run(resolve)
    await promise
  }

  async stop() {
    this.#stopping.abort()
    await this.#running
  }

  async #run(ready: () => void) {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        await this.#listen(ready)
      } catch (error) {
        if (!signal.aborted) this.logger.warn({ err: error }, 'announcements lost, reconnecting')
      }
      for (const listener of this.listeners) listener.stopListening()
      ready()
      await delay(ASK_EVERY, null, { signal }).catch(() => {})
    }
  }

  async #listen(ready: () => void) {
    const { signal } = this.#stopping
    const client = new pg.Client({
      connectionString: this.connectionString,
      application_name: 'kirana-announcements',
      connectionTimeoutMillis: TIMEOUT,
      query_timeout: TIMEOUT,
    })
    const failed = Promise.withResolvers<never>()
    failed.promise.catch(() => {})
    client.on('error', failed.reject)
    client.on('notification', ({ channel, payload }) => {
      const listener = this.listeners.find((known) => known.channel === channel)
      Promise.resolve(listener?.heard(payload!)).catch(failed.reject)
    })
    try {
      await client.connect()
      for (const listener of this.listeners) {
        await client.query(`LISTEN ${listener.channel}`)
        await listener.startListening()
      }
      ready()
      while (!signal.aborted) {
        await Promise.race([client.query('SELECT'), failed.promise])
        await Promise.race([delay(ASK_EVERY, null, { signal }), failed.promise])
      }
    } finally {
      client.end().catch(() => {})
    }
  }
}
