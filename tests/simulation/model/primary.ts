import type { World } from '#tests/simulation/world'
import type { Position } from '#replication/position'

export interface Row {
  version: number
  [column: string]: unknown
}

export interface Change {
  table: string
  id: string
  /** Columns beside the version. */
  values?: Record<string, unknown>
}

export interface Notification {
  channel: string
  payload: string
}

/** A commit in the log. */
export interface Commit {
  number: number
  xid: number
  start: Position
  end: Position
  /** Commit time. */
  at: number
  rows: [key: string, row: Row][]
  isHeartbeat: boolean
  isVisible: boolean
  /** When the primary showed it. */
  shownAt: number
}

type Rows = Map<string, Row>

/** A commit is visible this many milliseconds after it is in the log, at the latest. */
const VISIBLE_WITHIN = 400
const RECORD = 40n

/** A PostgreSQL primary: transactions, its log, and what is visible. */
export class Primary {
  readonly rows: Rows = new Map()
  readonly log: Commit[] = []
  insert: Position = 100_000n
  nextXid = 10
  /** Of the sequence. */
  searchVersions = 0
  readonly running = new Set<number>()
  /** How many transactions change rows. */
  changing = 0
  /** When a heartbeat was sent. */
  lastBeat = 0
  #locks = new Map<string, Promise<void>>()
  #followers = new Set<() => void>()
  #notified: ((notifications: Notification[]) => void)[] = []

  /** @param isSlow whether commits are often shown late */
  constructor(
    readonly world: World,
    private isSlow: boolean
  ) {}

  /** Calls back when the log grows. Returns what ends that. */
  follow(follower: () => void) {
    this.#followers.add(follower)
    return () => this.#followers.delete(follower)
  }

  onNotify(listener: (notifications: Notification[]) => void) {
    this.#notified.push(listener)
  }

  notify(notifications: Notification[]) {
    for (const listener of this.#notified) listener(notifications)
  }

  /**
   * Rows are locked, logged, and shown a moment after. Resolves when they are visible. Heartbeats have no rows, and are
   * mostly there at once: every process sends them, and little else would happen.
   */
  async commit(changes: Change[], notifications: Notification[] = [], isHeartbeat = false) {
    const { world } = this
    if (changes.length > 0) this.changing++
    if (isHeartbeat) this.lastBeat = world.time.now
    else await world.turn()
    const xid = this.nextXid++
    this.running.add(xid)
    const locks = changes.map(({ table, id }) => `${table} ${id}`)
    if (notifications.length > 0) locks.push('notifications')
    const free = await this.#lock(locks)
    if (changes.length > 0) this.#append(RECORD)
    const isAtOnce = isHeartbeat && world.dice(4) > 0
    if (!isAtOnce) await world.turn()
    const commit = this.#log(xid, changes, isHeartbeat)
    if (!isAtOnce) await this.#visible()
    this.#show(commit)
    this.notify(notifications)
    if (changes.length > 0) this.changing--
    free()
    return commit
  }

  /** A record that is no commit. */
  #append(bytes: bigint) {
    const start = this.insert
    this.insert += bytes
    return { start, end: this.insert }
  }

  #log(xid: number, changes: Change[], isHeartbeat: boolean): Commit {
    const rows = changes.map(({ table, id, values }): [string, Row] => {
      const key = `${table} ${id}`
      return [key, { ...values, version: (this.rows.get(key)?.version ?? 0) + 1 }]
    })
    const place = this.#append(RECORD)
    const commit = {
      ...place,
      ...{ number: this.log.length, xid, rows, isHeartbeat, at: this.world.time.now },
      ...{ isVisible: false, shownAt: Infinity },
    }
    this.log.push(commit)
    this.world.tell(() => `primary: the log has ${describe(commit)}`)
    for (const follower of this.#followers) follower()
    return commit
  }

  #visible() {
    const { world } = this
    return new Promise<void>((resolve) => {
      const latest = world.time.set(resolve, VISIBLE_WITHIN, null)
      if (this.isSlow && world.dice(2) === 0) return
      void world.turn().then(() => {
        world.time.clear(latest)
        resolve()
      })
    })
  }

  #show(commit: Commit) {
    for (const [key, row] of commit.rows) this.rows.set(key, row)
    this.running.delete(commit.xid)
    commit.isVisible = true
    commit.shownAt = this.world.time.now
    if (commit.rows.length > 0) this.world.tell(() => `primary: shows ${describe(commit)}`)
  }

  async #lock(names: string[]) {
    const { promise, resolve } = Promise.withResolvers<void>()
    const others = names.map((name) => this.#locks.get(name))
    for (const name of names) this.#locks.set(name, promise)
    for (const other of others) if (other) await other
    return resolve
  }
}

export function describe({ rows, end, isHeartbeat }: Commit) {
  const what = rows.map(([key, { version }]) => `${key} v${version}`).join(', ')
  return `${isHeartbeat ? 'a heartbeat' : what || 'a commit'}, ending at ${end}`
}
