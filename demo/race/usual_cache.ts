import type pg from 'pg'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeListener } from '#change_feed/change_feed'
import type { Position } from '#replication/position'
import { replayed, written } from './replay.js'

/** What a customer's session remembers: how far the replica had replayed when it showed them a page. */
export interface UsualSession {
  seen: Position
}

interface Held {
  paise: number
  position: Position
  until: number
}

/** A page of a shop that sells one product: the list, or the product alone. */
export type UsualPage = { shopId: string; name: 'list' | 'product' }

/**
 * The usual way to cache, done well: a miss reads through the replica and stores the page with a TTL, the change
 * event deletes it. A session remembers the replica's position, and gets no page from before that; when the replica
 * itself is behind it, the primary answers.
 */
export class UsualCache implements ChangeListener {
  #held = new Map<string, Held>()
  #heard = new Set<(changes: ChangeEvent[]) => void>()

  /** @param ttl of a page, in milliseconds */
  constructor(
    private replica: pg.Pool,
    private primary: pg.Pool,
    private ttl: number
  ) {}

  /** The price on the page, in paise. */
  async read({ shopId, name }: UsualPage, session: UsualSession): Promise<number> {
    const key = `${shopId} ${name}`
    const held = this.#held.get(key)
    if (held && held.until > performance.now() && held.position >= session.seen) return held.paise
    const read = (await this.#onReplica(shopId, session)) ?? (await this.#onPrimary(shopId))
    this.#held.set(key, { ...read, until: performance.now() + this.ttl })
    return read.paise
  }

  async changes(changes: ChangeEvent[]) {
    for (const { table, key } of changes) {
      if (table !== 'products') continue
      for (const name of ['list', 'product']) this.#held.delete(`${key.shop_id} ${name}`)
    }
    for (const listener of this.#heard) listener(changes)
  }

  async heartbeat() {}

  async gap() {
    this.#held.clear()
  }

  /** Calls `listener` after each delivery. Returns a function that ends this. */
  onChanges(listener: (changes: ChangeEvent[]) => void) {
    this.#heard.add(listener)
    return () => this.#heard.delete(listener)
  }

  async #onReplica(shopId: string, session: UsualSession) {
    const client = await this.replica.connect()
    try {
      const position = await replayed(client)
      if (position < session.seen) return null
      const paise = await priceIn(client, shopId)
      session.seen = await replayed(client)
      return { paise, position }
    } finally {
      client.release()
    }
  }

  async #onPrimary(shopId: string) {
    const position = await written(this.primary)
    return { paise: await priceIn(this.primary, shopId), position }
  }
}

async function priceIn(client: Pick<pg.Pool, 'query'>, shopId: string): Promise<number> {
  const { rows } = await client.query('SELECT name, price_paise FROM products WHERE shop_id = $1', [
    shopId,
  ])
  return rows[0].price_paise
}
