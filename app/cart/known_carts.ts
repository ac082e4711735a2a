import type { Database } from '@adonisjs/lucid/database'
import type { Holder } from '#cart/cart_locks'
import { MEGABYTE } from '#memory/size'
import { ownItems, tokenItems, type FoundCart, type RawQueryClient } from '#cart/cart_rows'
import type { Knowledge } from '#knowledge/knowledge'
import type { KnownRows } from '#knowledge/known_rows'

type Read = (key: string, client?: RawQueryClient) => Promise<FoundCart | null>

/** More than of other rows: a cart has up to a hundred lines. */
const BYTES = 9 * MEGABYTE

/**
 * Carts that this process knows, by who holds them, for pages that are only shown. Shared by all requests: never
 * change them.
 */
export class KnownCarts {
  #rows: KnownRows<FoundCart>

  constructor(
    knowledge: Knowledge,
    private db: Database
  ) {
    const read: Read = (key, client = this.db) => {
      const [kind, id] = key.split(':')
      return kind === 'user' ? ownItems(id, client) : tokenItems(id, client)
    }
    this.#rows = knowledge.of<FoundCart>({ table: 'carts', read, bytes: BYTES })
  }

  /** The holder's carts: the account's, then guests' from the oldest. */
  async find({ userId, digests }: Holder): Promise<FoundCart[]> {
    const [own, ...guests] = await Promise.all([
      userId ? this.#rows.find(`user:${userId}`) : null,
      ...digests.map((digest) => this.#rows.find(`token:${digest}`)),
    ])
    const carts = new Map(guests.flatMap((cart) => (cart ? [[cart.id, cart]] : [])))
    const inOrder = [...carts.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
    return own ? [own, ...inOrder] : inOrder
  }
}
