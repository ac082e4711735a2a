import type { Database } from '@adonisjs/lucid/database'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Logger } from '@adonisjs/core/logger'
import { setTimeout as delay } from 'node:timers/promises'
import { isVisible } from '#replication/transaction_id'
import { parsePosition, type Position } from '#replication/position'

/** Rows together with how fresh they are. */
export interface Reading<T> {
  value: T
  /** Every commit that ended at or before this position is in `value`. */
  position: Position
  source: 'replica' | 'primary'
}

/** A read through Lucid or SQL: pass the client on as `{ client }`, and do not keep it. */
export type Read<T> = (client: TransactionClientContract) => Promise<T>

export interface ReplicationOptions {
  /** How long a replica that failed is left alone, in milliseconds. */
  retryAfter: number
}

/**
 * How far the server behind a connection has come. A replica says what it has replayed. On the primary
 * a commit may be in the log a moment before it is visible, so a read there vouches only for what lies
 * strictly before the position; see docs/architecture.md, "What a reading vouches for".
 */
const PROGRESS = `
  SELECT pg_is_in_recovery() AS replica,
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END
      AS position`

/** What a snapshot shows, and a position sampled after it was taken. */
const SNAPSHOT = `
  SELECT pg_snapshot_xmax(taken)::text AS next,
    ARRAY(SELECT pg_snapshot_xip(taken)::text) AS running,
    pg_current_wal_insert_lsn() AS position
  FROM pg_current_snapshot() AS taken`

const TRANSACTION = { isolationLevel: 'read committed', readOnly: true } as const

/** The one place that decides which PostgreSQL answers a read; callers say how fresh they need it to be. */
export class Replication {
  #leaveReplicasAloneUntil = 0

  constructor(
    private db: Database,
    private logger: Logger,
    private options: ReplicationOptions
  ) {}

  /**
   * Runs `read` on a replica that has replayed `atLeast`, otherwise on the primary. A replica that is
   * down or behind makes the read slower, never wrong; errors are those of the primary.
   */
  async readAt<T>(atLeast: Position | null, read: Read<T>): Promise<Reading<T>> {
    return (await this.#readOnReplica(atLeast, read)) ?? (await this.#readOnPrimary(read))
  }

  /** A position at or past every commit that has returned on the primary. */
  async currentPosition(): Promise<Position> {
    const { rows } = await this.db.rawQuery('SELECT pg_current_wal_insert_lsn() AS position')
    return parsePosition(rows[0].position)
  }

  /** How far the replica that answers has come. @throws when none answers */
  async replicaProgress() {
    return this.#replica().transaction(progressOf, TRANSACTION)
  }

  /**
   * A position at or past the commits of these transactions, sampled once the primary shows all of them:
   * the log announces a commit a moment before it becomes visible.
   */
  async positionPast(transactionIds: number[]): Promise<Position> {
    for (;;) {
      const { rows } = await this.db.rawQuery(SNAPSHOT)
      const { position, next, running } = rows[0]
      const visible = (id: number) => isVisible(id, BigInt(next), running.map(BigInt))
      if (transactionIds.every(visible)) return parsePosition(position)
      await delay(1)
    }
  }

  async #readOnReplica<T>(atLeast: Position | null, read: Read<T>): Promise<Reading<T> | null> {
    if (Date.now() < this.#leaveReplicasAloneUntil) return null
    try {
      return await this.#replica().transaction(async (client) => {
        const progress = await progressOf(client)
        if (atLeast !== null && progress.source === 'replica' && progress.position < atLeast) {
          return null
        }
        return { value: await read(client), ...progress }
      }, TRANSACTION)
    } catch (error) {
      this.#leaveReplicasAloneUntil = Date.now() + this.options.retryAfter
      this.logger.warn({ err: error }, 'replica read failed, reading from the primary')
      return null
    }
  }

  #readOnPrimary<T>(read: Read<T>): Promise<Reading<T>> {
    return this.db.transaction(async (client) => {
      const progress = await progressOf(client)
      return { value: await read(client), ...progress }
    }, TRANSACTION)
  }

  /** Lucid begins every transaction on the write client; here it is the way to keep one replica connection. */
  #replica() {
    const client = this.db.connection('replica', { mode: 'read' })
    return Object.assign(client, { getWriteClient: () => client.getReadClient() })
  }
}

/** Asked as a statement of its own, before the statements whose rows it vouches for. */
async function progressOf(client: TransactionClientContract) {
  const { rows } = await client.rawQuery(PROGRESS)
  const position = parsePosition(rows[0].position)
  return rows[0].replica
    ? { position, source: 'replica' as const }
    : { position: position - 1n, source: 'primary' as const }
}
