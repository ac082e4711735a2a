import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '@adonisjs/core/logger'

/** How often the primary has to show that it still announces, and how long it may take, in milliseconds. */
const ASK_EVERY = 1_000
const TIMEOUT = 1_000

/** Who wants to know what triggers announce on a channel. */
export interface Listener {
  readonly channel: string
  heard(payload: string): Promise<void> | void
  /** From now on everything is heard; what was announced before may have been missed. */
  startListening(): Promise<void>
  /** Announcements may be missed from now on. */
  stopListening(): void
}

/**
 * Hears what was changed by another process, an Ace command or `psql`; triggers announce it with the
 * commit.
 */
export class Announcements {
  #stopping = new AbortController()
  #running: Promise<void> | null = null

  constructor(
    private listeners: Listener[],
    private logger: Logger,
    private connectionString: string
  ) {}

  /** Resolves when the primary is listened to for the first time. */
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
        if (!signal.aborted)
          this.logger.warn({ err: error }, 'changes made elsewhere are not heard, trying again')
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
