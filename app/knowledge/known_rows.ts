import { LRUCache } from 'lru-cache'
import { bytesOf, KILOBYTE, MEGABYTE } from '#memory/size'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Lease } from '#knowledge/lease'
import type { RecentChanges } from '#knowledge/recent_changes'
import type { Replication } from '#replication/replication'

export type Replicas = Pick<Replication, 'readAt'>

interface Source<T extends object> {
  /** As announced: see the trigger function `announce_row`. */
  table: string
  /** Reads the row, on the primary unless another client is given; null when there is none. */
  read(id: string, client?: TransactionClientContract): Promise<T | null>
  /** Of all copies together; what was used least recently goes first. */
  bytes?: number
}

interface Copy<T> {
  row: T | null
}

/** A model and its collections, apart from what they say. */
const AROUND = KILOBYTE

/**
 * Copies of a table's rows in this process. A copy is dropped when a change of its row is announced, and counts
 * only while the lease is held. Copies are shared by all requests and must not be changed.
 */
export class KnownRows<T extends object> {
  #copies: LRUCache<string, Copy<T>>
  #readings = new Map<string, Promise<T | null>>()

  constructor(
    private source: Source<T>,
    private lease: Lease,
    private recent: RecentChanges,
    private replicas: Replicas | null
  ) {
    this.#copies = new LRUCache({
      maxSize: source.bytes ?? 6 * MEGABYTE,
      sizeCalculation: ({ row }) => AROUND + bytesOf(JSON.stringify(row)),
    })
  }

  get table() {
    return this.source.table
  }

  /** The copy; null when there is no such row, undefined when this process does not know. */
  known(id: string): T | null | undefined {
    return this.lease.isHeld ? this.#copies.get(id)?.row : undefined
  }

  /** The row as it is now: known, or from a replica that has it so, or from the primary. Throws the errors of `read`. */
  async find(id: string): Promise<T | null> {
    if (!this.lease.isHeld) return this.source.read(id)
    const copy = this.#copies.get(id)
    return copy ? copy.row : (this.#readings.get(id) ?? this.#read(id))
  }

  /** The row has changed. A reading under way may be older: it is not kept, and no later request joins it. */
  forget(id: string) {
    this.#copies.delete(id)
    this.#readings.delete(id)
  }

  forgetAll() {
    this.#copies.clear()
    this.#readings.clear()
  }

  async #ask(id: string) {
    const atLeast = this.recent.positionFor(this.table, id)
    if (atLeast === null || !this.replicas) return this.source.read(id)
    const { value } = await this.replicas.readAt(atLeast, (client) => this.source.read(id, client))
    return value
  }

  #read(id: string) {
    const reading = this.#ask(id)
    this.#readings.set(id, reading)
    const end = (keep: () => void) => {
      if (this.#readings.get(id) !== reading) return
      this.#readings.delete(id)
      keep()
    }
    reading.then(
      (row) => end(() => this.#copies.set(id, { row })),
      () => end(() => {})
    )
    return reading
  }
}
