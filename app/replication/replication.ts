import { setTimeout as delay } from 'node:timers/promises'
import pLimit from 'p-limit'
import { Exception } from '@adonisjs/core/exceptions'
import type { Database } from '@adonisjs/lucid/database'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Logger } from '@adonisjs/core/logger'
import { parsePosition, type Position } from '#replication/position'
import { PositionHistory } from '#replication/position_history'
import { latestOf, PROGRESS, progressOf, settles, type Progress } from '#replication/progress'
import { later, type SessionClock } from '#replication/session_clock'
import { databaseReads, replicaFailures } from '#metrics/metrics'
import { isVisible } from '#replication/transaction_id'

/** Rows together with how fresh they are. */
export interface Reading<T> {
  value: T
  /** `value` shows every change whose demand, a position sampled once it was visible, is no later than this. */
  position: Position
  /** Whether `value` shows every commit up to `position`, also those that only replicas have shown so far. */
  isSettled: boolean
  /** What a reading must vouch for to show all that `value` shows: rows are read a moment after `position`. */
  latest: Position
  source: 'replica' | 'primary'
}

/** A read through Lucid or SQL: pass the client on as `{ client }`, and do not keep it. */
export type Read<T> = (client: TransactionClientContract) => Promise<T>

/** Times in milliseconds. */
export interface ReplicationOptions {
  /** How long a replica may take for one read before the primary is asked. */
  replicaTimeout: number
  /** How long replicas are left alone after one failed. */
  retryAfter: number
  /** Replicas that are further behind than this are not read from. */
  maximumLag: number
  /** How many reads that a replica should have served run on the primary at once; more wait. */
  primaryReads: number
  /** A commit is taken to be visible on the primary this long after it is in the log. */
  visibleWithin: number
}

/** What a snapshot shows, and a position sampled after it was taken. */
const SNAPSHOT = `
  SELECT pg_snapshot_xmax(taken)::text AS next,
    ARRAY(SELECT pg_snapshot_xip(taken)::text) AS running,
    pg_current_wal_insert_lsn() AS position
  FROM pg_current_snapshot() AS taken`

/** Whether every replica that is or may come back has replayed a position; feeds are no replicas. */
const EVERY_REPLICA_HAS = `
  SELECT NOT EXISTS (
      SELECT FROM pg_replication_slots WHERE slot_type = 'physical' AND NOT active
    ) AND NOT EXISTS (
      SELECT FROM pg_stat_replication
      WHERE replay_lsn IS DISTINCT FROM greatest(replay_lsn, ?::pg_lsn) AND pid NOT IN (
        SELECT active_pid FROM pg_replication_slots
        WHERE slot_type = 'logical' AND active_pid IS NOT NULL
      )
    ) AS passed`

/** A server that should be a replica has gone its own way. */
export class ReplicaPromoted extends Error {
  code = 'E_REPLICA_PROMOTED'
}

const TRANSACTION = { isolationLevel: 'read committed', readOnly: true } as const

/** The one place that decides which PostgreSQL answers a read; callers say how fresh they need it to be. */
export class Replication {
  #history: PositionHistory
  #aMomentAgo: PositionHistory
  /** The primary shows every commit up to here. */
  #settledAt: Position = 0n
  #onPrimary: ReturnType<typeof pLimit>
  #leaveReplicasAloneUntil = 0
  /** The primary's, as it was last seen; a server that was promoted has one of its own. */
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
   * Runs `read` on a replica that has replayed `atLeast` and does not lag, otherwise on the primary. A
   * replica that is down, hangs or lags makes the read slower, never wrong. Errors are those of `read`
   * itself and of the primary.
   *
   * @param seen what a replica may have shown; the primary is read from once it shows that too
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

  /** Runs `read` on the primary: for what must be as it is now, such as whether a token still holds. */
  async readLatest<T>(read: Read<T>): Promise<Reading<T>> {
    const reading = await this.#readOnPrimary(read)
    databaseReads.inc({ source: reading.source })
    return reading
  }

  /** Runs `read` as fresh as a session needs it, and tells the session's clock what it was shown. */
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

  /** Whether no replica can show anything older than `position` any more. */
  async everyReplicaHas(position: string): Promise<boolean> {
    const { rows } = await this.db.rawQuery(EVERY_REPLICA_HAS, [position])
    return rows[0].passed
  }

  /** Milliseconds since `date`, by the primary's clock. */
  async timeSince(date: Date): Promise<number> {
    const { rows } = await this.db.rawQuery('SELECT clock_timestamp() AS now')
    return rows[0].now.getTime() - date.getTime()
  }

  /** How far the replica that answers has come. @throws when none answers */
  async replicaProgress() {
    return this.#replica().transaction(progressOf, TRANSACTION)
  }

  /** Notes where the primary is; called regularly, it is how lag is told in time, and a promoted replica apart. */
  async notePosition() {
    const { rows } = await this.db.rawQuery(PROGRESS)
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
    const attempt = this.#replica().transaction(async (client) => {
      const progress = await progressOf(client)
      if (progress.source === 'replica' && progress.position < needed) return null
      if (progress.source === 'primary') {
        this.#mustBeThePrimary(progress.timeline)
        if (!this.#shows(seen, progress)) return null
      }
      return readingOf(client, progress, read)
    }, TRANSACTION)
    try {
      return await withTimeout(attempt, this.options.replicaTimeout)
    } catch (error) {
      if (error instanceof Exception) throw error
      this.#leaveReplicasAlone(error)
      return null
    }
  }

  #readOnPrimary<T>(read: Read<T>, seen: Position = 0n): Promise<Reading<T>> {
    return this.db.transaction(async (client) => {
      const progress = await progressOf(client)
      if (!this.#shows(seen, progress)) {
        progress.isSettled = await settles(client, this.options.visibleWithin)
      }
      return readingOf(client, progress, read)
    }, TRANSACTION)
  }

  /** Whether the primary, at this progress, shows what replicas have shown up to `seen`. */
  #shows(seen: Position, { isSettled, position }: Progress) {
    if (isSettled) this.#settledAt = later(this.#settledAt, position)
    return isSettled || seen <= later(this.#settledAt, this.#aMomentAgo.oldestAllowed())
  }

  /** Lucid begins every transaction on the write client; here it is the way to keep one replica connection. */
  #replica() {
    const client = this.db.connection('replica', { mode: 'read' })
    return Object.assign(client, { getWriteClient: () => client.getReadClient() })
  }

  /** A balancer may have sent us to the primary; a replica that was promoted has parted from it. */
  #mustBeThePrimary(timeline: string | null) {
    if (this.#timeline === null || timeline === this.#timeline) return
    throw new ReplicaPromoted(
      `A server behind DATABASE_READ_URL was promoted: it is on timeline ${timeline}, the primary on ${this.#timeline}`
    )
  }

  /** Its connections are thrown away: one that hangs may be in the middle of anything. */
  #leaveReplicasAlone(error: unknown) {
    replicaFailures.inc()
    if (Date.now() < this.#leaveReplicasAloneUntil) return
    this.#leaveReplicasAloneUntil = Date.now() + this.options.retryAfter
    this.logger.warn({ err: error }, 'replica read failed, reading from the primary')
    this.db.manager.close('replica').catch(() => {})
  }
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

async function withTimeout<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new Error(`No answer within ${milliseconds} ms`)),
    milliseconds
  )
  work.catch(() => {})
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}
