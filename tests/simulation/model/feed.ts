import type { Database } from '@adonisjs/lucid/database'
import type { Logger } from '@adonisjs/core/logger'
import type { Pgoutput } from 'pg-logical-replication'
import { HEARTBEAT } from '#change_feed/heartbeat'
import { PgoutputDelivery } from '#change_feed/pgoutput_delivery'
import { ReconnectingFeed } from '#change_feed/reconnecting_feed'
import { formatPosition, parsePosition } from '#replication/position'
import { runningTransactionsEnd } from '#replication/running_transactions'
import type { ChangeListener } from '#change_feed/change_feed'
import type { Commit, Primary } from '#tests/simulation/model/primary'
import { owners } from '#tests/simulation/time'
import type { World } from '#tests/simulation/world'

const KEYS: Record<string, string[]> = { products: ['shop_id', 'id'] }
/** What another feed has just sent is a heartbeat for this one too. */
const HEARTBEAT_EVERY = 1_000
export const LONGEST_PAUSE = 500

/** A replication slot: it keeps the log from what was confirmed. */
export class Slot {
  /** The first commit that was not confirmed. */
  next = 0
  reader: object | null = null
  isLost = false
  exists = false
  /** That changes were missed, until that has been handled. */
  isGapOpen = false

  constructor(private primary: Primary) {}

  /**
   * As `SnapBuildFindSnapshot` of PostgreSQL: where nothing is running, it starts there. Otherwise it waits, twice, for
   * what is running. A transaction that began after that is then left out if its commit is in the log, shown or not.
   */
  async create() {
    const { running, world } = this.primary
    for (let look = 0; look < 2 && running.size > 0; look++) {
      const awaited = [...running]
      while (awaited.some((xid) => running.has(xid))) await world.pause(50)
    }
    this.next = this.primary.log.length
    this.isLost = false
    this.exists = true
    await world.turn()
  }
}

interface Options {
  /** Shared by the readers; otherwise each connection has its own, which ends with it. */
  slot: Slot | null
  /** May deliver a commit again, and commits of different rows in another order, as Kafka may. */
  isUnruly: boolean
  isSlow: boolean
  db: Database
  /** Whether a start is no gap. */
  resumes?: boolean
}

/** The primary's log as a feed, through the delivery that production has. */
export class SimulatedFeed extends ReconnectingFeed {
  #silentUntil = 0
  #break: (() => void) | null = null
  /** How many commits have been delivered and handled. */
  handled = 0

  constructor(
    private world: World,
    private primary: Primary,
    logger: Logger,
    private options: Options
  ) {
    super(logger, LONGEST_PAUSE, options.resumes ?? options.slot === null)
  }

  /** Nothing comes through for so many milliseconds, and nobody says so. */
  silence(ms: number) {
    this.#silentUntil = this.world.time.now + ms
  }

  /** The connection is lost. */
  break() {
    this.#break?.()
  }

  protected async lostIsVisible(signal: AbortSignal) {
    await runningTransactionsEnd(this.options.db, signal)
  }

  protected async hasGap() {
    const { slot } = this.options
    if (!slot) return false
    if (slot.exists && !slot.isLost) return slot.isGapOpen
    if (slot.reader) return false
    slot.isGapOpen = true
    await slot.create()
    return true
  }

  protected async closeGap() {
    if (this.options.slot) this.options.slot.isGapOpen = false
  }

  protected async stream(listener: ChangeListener, signal: AbortSignal) {
    const { primary, world } = this
    await owners.getStore()?.stopped
    const slot = this.options.slot ?? new Slot(primary)
    if (slot.reader) throw new Error('in use')
    const reader = (slot.reader = {})
    const broken = Promise.withResolvers<void>()
    let isOver = false
    const end = () => {
      isOver = true
      broken.resolve()
      signal.removeEventListener('abort', end)
      if (slot.reader === reader) slot.reader = null
    }
    this.#break = end
    signal.addEventListener('abort', end)
    const delivery = new PgoutputDelivery(listener, {
      confirm: async (position) => {
        if (slot.reader !== reader) return
        const at = primary.log.findLastIndex(({ end: last }) => last === parsePosition(position))
        slot.next = Math.max(slot.next, at + 1)
        this.handled = slot.next
        this.heard()
      },
      fail: () => end(),
    })
    try {
      if (!this.options.slot) {
        await slot.create()
        world.tell('feed: new slot')
        await this.lostIsVisible(signal)
        await listener.gap()
        this.handled = slot.next
      }
      this.connected()
      const beat = () => {
        if (isOver) return
        if (primary.lastBeat + HEARTBEAT_EVERY <= world.time.now) void primary.commit([], [], true)
        setTimeout(beat, HEARTBEAT_EVERY)
      }
      beat()
      for (let at = slot.next; !isOver;) {
        if (at >= primary.log.length) {
          await Promise.race([this.#growth(at), broken.promise])
          continue
        }
        const { isSlow } = this.options
        if (primary.log[at].isHeartbeat) await world.routine()
        else await world.late(isSlow)
        while (this.#silentUntil > world.time.now && !isOver && !world.isHealed)
          await world.pause(500)
        const owner = owners.getStore()
        if (owner?.stopped) await owner.stopped
        if (isOver || slot.isLost) break
        for (const message of this.#next(at++)) await delivery.receive(message)
      }
    } finally {
      end()
      await delivery.stop()
    }
  }

  #growth(at: number) {
    const { primary } = this
    return new Promise<void>((resolve) => {
      const stop = primary.follow(() => {
        if (primary.log.length <= at) return
        stop()
        resolve()
      })
    })
  }

  #next(at: number): Pgoutput.Message[] {
    const { log } = this.primary
    const commit = log[at]
    const again = this.options.isUnruly && at > 0 && this.world.dice(8) === 0
    return [...(again ? changesOf(log[at - 1]) : []), ...messagesOf(commit)]
  }
}

function messagesOf(commit: Commit): Pgoutput.Message[] {
  const commitTime = BigInt(Date.now() - performance.now() + commit.at) * 1_000n
  return [
    { tag: 'begin', xid: commit.xid, commitTime },
    ...(commit.isHeartbeat ? [{ tag: 'message', prefix: HEARTBEAT }] : []),
    ...updatesOf(commit),
    { tag: 'commit', commitTime, commitEndLsn: formatPosition(commit.end) },
  ] as unknown as Pgoutput.Message[]
}

/** Without the end: what was delivered before is not confirmed again. */
function changesOf(commit: Commit) {
  return [
    { tag: 'begin', xid: commit.xid, commitTime: 0n },
    ...updatesOf(commit),
  ] as unknown as Pgoutput.Message[]
}

function updatesOf({ rows }: Commit) {
  return rows.flatMap(([key]) => {
    const [table, id] = key.split(' ')
    const keyColumns = KEYS[table]
    if (!keyColumns) return []
    return {
      tag: 'update',
      relation: { name: table, keyColumns },
      new: { shop_id: id, id },
      key: null,
    }
  })
}
