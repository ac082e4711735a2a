import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '@adonisjs/core/logger'

/** Interval and timeout of the check that announcements still arrive, in milliseconds. */
const ASK_EVERY = 500
export const TIMEOUT = 2_000

/** Receives notifications of some channels. */
export interface Listener {
  readonly channels: readonly string[]
  heard(payload: string, channel: string): Promise<void> | void
  /** Notifications arrive from now on; earlier ones may have been missed. */
  startListening(connection: pg.Client): Promise<void>
  /** Notifications may be missed from now on. */
  stopListening(): void
  /** Called regularly while listening, on the connection that the notifications arrive on. */
  check?(connection: pg.Client): Promise<void>
  /** Listening ends on purpose, after this. */
  leave?(connection: pg.Client): Promise<void>
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
      // Listeners ask at the same time, and none of them waits for the answers of the others.
      pipeline: true,
    })
    const failed = Promise.withResolvers<never>()
    failed.promise.catch(() => {})
    client.on('error', failed.reject)
    client.on('notification', ({ channel, payload }) => {
      const listener = this.listeners.find(({ channels }) => channels.includes(channel))
      Promise.resolve(listener?.heard(payload!, channel)).catch(failed.reject)
    })
    try {
      await client.connect()
      for (const listener of this.listeners) {
        for (const channel of listener.channels) await client.query(`LISTEN ${channel}`)
        await listener.startListening(client)
      }
      ready()
      while (!signal.aborted) {
        await Promise.race([this.#check(client), failed.promise])
        await Promise.race([delay(ASK_EVERY, null, { signal }).catch(() => {}), failed.promise])
      }
      for (const listener of this.listeners) await listener.leave?.(client)
    } finally {
      client.end().catch(() => {})
    }
  }

  async #check(client: pg.Client) {
    for (const listener of this.listeners) await listener.check?.(client)
  }
}
