import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '@adonisjs/core/logger'
import type { TokenCache } from '#caches/token_cache'

const CHANNEL = 'access_tokens'

/** How often the primary has to show that it still announces, and how long it may take, in milliseconds. */
const ASK_EVERY = 1_000
const TIMEOUT = 1_000

/**
 * Hears which tokens were changed by another process, an Ace command or somebody with `psql`; triggers
 * announce it with the commit. While the primary is not heard, tokens are read from the database.
 */
export class TokenAnnouncements {
  #stopping = new AbortController()
  #running: Promise<void> | null = null

  constructor(
    private tokens: TokenCache,
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
          this.logger.warn({ err: error }, 'token changes are not heard, trying again')
      }
      this.tokens.stopListening()
      ready()
      await delay(ASK_EVERY, null, { signal }).catch(() => {})
    }
  }

  async #listen(ready: () => void) {
    const { signal } = this.#stopping
    const client = new pg.Client({
      connectionString: this.connectionString,
      application_name: 'kirana-tokens',
      connectionTimeoutMillis: TIMEOUT,
      query_timeout: TIMEOUT,
    })
    const failed = Promise.withResolvers<never>()
    failed.promise.catch(() => {})
    client.on('error', failed.reject)
    client.on('notification', ({ payload }) => {
      this.tokens.forget([payload!]).catch(failed.reject)
    })
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
      await this.tokens.startListening()
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
