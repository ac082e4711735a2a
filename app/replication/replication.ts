import { setTimeout as delay } from 'node:timers/promises'
import pLimit from 'p-limit'
import { Exception } from '@adonisjs/core/exceptions'
import type { Database } from '@adonisjs/lucid/database'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Logger } from '@adonisjs/core/logger'
import { inBackground } from '#replication/background'
import { parsePosition, type Position } from '#replication/position'
import { PositionHistory } from '#replication/position_history'
import { latestOf, PROGRESS, progressOf, settles, type Progress } from '#replication/progress'
import { later, type SessionClock } from '#replication/session_clock'
import { databaseReads, replicaFailures } from '#metrics/metrics'
import { isVisible } from '#replication/transaction_id'
import { withTimeout } from '#replication/with_timeout'

/** Rows and their freshness. */
export interface Reading<T> {
  value: T
  /** `value` shows every change whose minimum position (sampled once it was visible) is at most this. */
  position: Position
  /** Whether `value` shows every commit up to `position`, including those only replicas have shown so far. */
  isSettled: boolean
  /** Minimum position for a later read to show everything in `value`: rows are read slightly after `position`. */
  latest: Position
  source: 'replica' | 'primary'
}

/** A read through Lucid or SQL: pass the client as `{ client }` and do not keep it. */
export type Read<T> = (client: TransactionClientContract) => Promise<T>

/** Times in milliseconds. */
export interface ReplicationOptions {
  /** Timeout of a replica read before the primary is used. */
  replicaTimeout: number
  /** How long replicas are skipped after a failure. */
  retryAfter: number
  /** Replicas lagging more than this are skipped. */
  maximumLag: number
  /** Maximum concurrent fallback reads on the primary; others wait. */
  primaryReads: number
  /** Upper bound on the time between a commit in the log and its visibility on the primary. */
  visibleWithin: number
}

/** A snapshot's visible transactions, and a position sampled after it. */
const SNAPSHOT = `
  SELECT pg_snapshot_xmax(taken)::text AS next,
    ARRAY(SELECT pg_snapshot_xip(taken)::text) AS running,
    pg_current_wal_insert_lsn() AS position
  FROM pg_current_snapshot() AS taken`

/** A server that should be a replica has been promoted. */
export class ReplicaPromoted extends Error {
  code = 'E_REPLICA_PROMOTED'
}

/** A commit in the log is usually visible by the second look. */
const LOOKS_WITHOUT_PAUSE = 3

const TRANSACTION = { isolationLevel: 'read committed', readOnly: true } as const

/** Decides which PostgreSQL server answers a read; callers state the freshness they need. */
export class Replication {
  #history: PositionHistory
  #aMomentAgo: PositionHistory
  /** The primary shows every commit up to here. */
  #settledAt: Position = 0n
  #onPrimary: ReturnType<typeof pLimit>
  #leaveReplicasAloneUntil = 0
  /** The primary's last known timeline; a promoted server has a different one. */
  #timeline: string | null = null

  constructor(
    private db: Database,
    private logger: Logger,
    private options: ReplicationOptions
  ) {
    this.#history = new PositionHistory(options.maximumLag)
    this.#aMomentAgo = new PositionHistory(options.visibleWithin)
    this.#onPrimary = pLimit(options.primaryReads)
  }

  /**
   * Runs `read` on a replica that has replayed `atLeast` and does not lag, otherwise on the primary. A failing or
   * lagging replica makes reads slower, never stale. Throws the errors of `read` and of the primary.
   *
   * @param seen what a replica may have shown; a fallback to the primary waits until it shows that too
   */
  async readAt<T>(
    atLeast: Position | null,
    read: Read<T>,
    seen: Position = 0n
  ): Promise<Reading<T>> {
    const reading =
      (await this.#readOnReplica(atLeast ?? 0n, read, seen)) ??
      (await this.#onPrimary(() => this.#readOnPrimary(read, seen)))
    databaseReads.inc({ source: reading.source })
    return reading
  }

  /** Runs `read` on the primary, when nobody knows how far a replica would have to be. For `seen` see `readAt`. */
  async readLatest<T>(read: Read<T>, seen?: Position): Promise<Reading<T>> {
    const reading = await this.#readOnPrimary(read, seen)
    databaseReads.inc({ source: reading.source })
    return reading
  }

  /** Runs `read` at the session's minimum position and advances its clock to what was shown. */
  async readFor<T>(clock: SessionClock, read: Read<T>): Promise<T> {
    const { value, latest } = await this.readAt(clock.needed, read, clock.seen)
    clock.saw(latest)
    return value
  }

  /** A position at or past every commit that has returned on the primary. */
  async currentPosition(): Promise<Position> {
    const { rows } = await this.db.rawQuery('SELECT pg_current_wal_insert_lsn() AS position')
    return parsePosition(rows[0].position)
  }

  /**
   * A position at or past the commits of these transactions, sampled once all are visible on the primary: the log
   * announces a commit slightly before it is visible.
   */
  async positionPast(transactionIds: number[]): Promise<Position> {
    for (let look = 1; ; look++) {
      const { rows } = await inBackground(this.db).rawQuery(SNAPSHOT)
      const { position, next, running } = rows[0]
      const visible = (id: number) => isVisible(id, BigInt(next), running.map(BigInt))
      if (transactionIds.every(visible)) return parsePosition(position)
      if (look > LOOKS_WITHOUT_PAUSE) await delay(1)
    }
  }

  /** Milliseconds since `date`, by the primary's clock. */
  async timeSince(date: Date): Promise<number> {
    const { rows } = await inBackground(this.db).rawQuery('SELECT clock_timestamp() AS now')
    return rows[0].now.getTime() - date.getTime()
  }

  /** Progress of the replica that answers. @throws when none answers */
  async replicaProgress() {
    return this.#replica().transaction(progressOf, TRANSACTION)
  }

  /**
   * Samples the primary's position and timeline; called regularly to measure lag in time and to detect promotions.
   */
  async notePosition() {
    const { rows } = await inBackground(this.db).rawQuery(PROGRESS)
    this.#timeline = rows[0].timeline
    const position = parsePosition(rows[0].position)
    this.#history.add(position)
    this.#aMomentAgo.add(position)
  }

  async #readOnReplica<T>(
    atLeast: Position,
    read: Read<T>,
    seen: Position
  ): Promise<Reading<T> | null> {
    if (Date.now() < this.#leaveReplicasAloneUntil) return null
    const allowedLag = this.#history.oldestAllowed()
    const needed = later(atLeast, allowedLag)
    const attempt = readIn(this.#replica(), async (client) => {
      const progress = await progressOf(client)
      if (progress.source === 'replica' && progress.position < needed) return null
      if (progress.source === 'primary') {
        this.#mustBeThePrimary(progress.timeline)
        if (!this.#shows(seen, progress)) return null
      }
      return readingOf(client, progress, read)
    })
    try {
      return await withTimeout(attempt, this.options.replicaTimeout)
    } catch (error) {
      if (error instanceof Exception) throw error
      this.#leaveReplicasAlone(error)
      return null
    }
  }

  #readOnPrimary<T>(read: Read<T>, seen: Position = 0n): Promise<Reading<T>> {
    return readIn(this.db, async (client) => {
      const progress = await progressOf(client)
      if (!this.#shows(seen, progress)) {
        progress.isSettled = await settles(client, this.options.visibleWithin)
      }
      return readingOf(client, progress, read)
    })
  }

  /** Whether the primary already shows what replicas have shown up to `seen`. */
  #shows(seen: Position, { isSettled, position }: Progress) {
    if (isSettled) this.#settledAt = later(this.#settledAt, position)
    return isSettled || seen <= later(this.#settledAt, this.#aMomentAgo.oldestAllowed())
  }

  /** Lucid starts every transaction on the write client; this keeps one replica connection instead. */
  #replica() {
    const client = this.db.connection('replica', { mode: 'read' })
    return Object.assign(client, { getWriteClient: () => client.getReadClient() })
  }

  /** A load balancer may have routed to the primary; a promoted replica has another timeline. */
  #mustBeThePrimary(timeline: string | null) {
    if (this.#timeline === null || timeline === this.#timeline) return
    throw new ReplicaPromoted(
      `A server behind DATABASE_READ_URL was promoted: it is on timeline ${timeline}, the primary on ${this.#timeline}`
    )
  }

  /** Discards connections: a hanging one may be in the middle of a statement. */
  #leaveReplicasAlone(error: unknown) {
    replicaFailures.inc()
    if (Date.now() < this.#leaveReplicasAloneUntil) return
    this.#leaveReplicasAloneUntil = Date.now() + this.options.retryAfter
    this.logger.warn({ err: error }, 'replica read failed, reading from the primary')
    this.db.manager.close('replica').catch(() => {})
  }
}

/** Resolves before the transaction has ended: one that only reads has nothing left to say. */
function readIn<T>(database: Pick<Database, 'transaction'>, work: Read<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const answer = async (client: TransactionClientContract) => resolve(await work(client))
    database.transaction(answer, TRANSACTION).catch(reject)
  })
}

async function readingOf<T>(
  client: TransactionClientContract,
  { position, source, isSettled }: Progress,
  read: Read<T>
): Promise<Reading<T>> {
  const value = await read(client)
  const latest = await latestOf(client, source)
  return { value, position, source, isSettled, latest }
}
