import type { CacheEntry } from '#caches/cache'
import { MemoryCache } from '#caches/memory_cache'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeListener } from '#change_feed/change_feed'
import { FEED } from '#change_feed/relayed_change_feed'
import { Channel, type Answering } from '#infra/cluster/channel'
import { Belongings } from '#knowledge/belongings'
import { Lease } from '#knowledge/lease'
import { KeptMarkup } from '#markup/kept_markup'
import type { Markup } from '#markup/markup'
import { ElasticsearchIndex } from '#search/elasticsearch/elasticsearch_index'
import type { IndexView } from '#search/search_index'
import { Passed } from '#replication/passed'
import { Replication, type Read } from '#replication/replication'
import type { SessionClock } from '#replication/session_clock'
import type { Position } from '#replication/position'
import { Connection } from '#tests/simulation/model/database'
import type { Server } from '#tests/simulation/model/statements'
import type { World } from '#tests/simulation/world'

/* The parts of the market without one of the rules. */

const SMALL = { bytes: 100_000, keys: 3 }

/** Takes every fill. */
export class CacheWithoutFloors extends MemoryCache {
  async fill(key: string, field: string, entry: CacheEntry, ttl: number) {
    const { floor } = await this.read(key, field)
    return super.fill(key, field, { ...entry, position: later(entry.position, floor) }, ttl)
  }
}

/** Stores a moment after it has compared. */
export class CacheOfTwoSteps extends MemoryCache {
  constructor(private world: World) {
    super(SMALL)
  }

  async fill(key: string, field: string, entry: CacheEntry, ttl: number) {
    const { floor } = await this.read(key, field)
    if (entry.position < floor) return false
    await this.world.step()
    const { floor: now } = await this.read(key, field)
    return super.fill(key, field, { ...entry, position: later(entry.position, now) }, ttl)
  }
}

/** Tells nobody what a fill has to reach. */
export class CacheWithoutAdvice extends MemoryCache {
  async read(key: string, field: string) {
    return { ...(await super.read(key, field)), floor: 0n }
  }
}

export class CacheWithoutExpiry extends MemoryCache {
  keepAlive(_: number, watermark: Position) {
    return super.keepAlive(1e9, watermark)
  }
}

export class CacheWithoutGaps extends MemoryCache {
  async raiseAllFloors() {}
}

/** Does not wait until the primary shows what was announced. */
export class HastyReplication extends Replication {
  positionPast() {
    return this.currentPosition()
  }
}

/** Leaves a cookie out when this process has passed the position. */
export class PassedHere extends Passed {
  async noteEverywhere() {
    await super.noteEverywhere(this.here ?? 0n)
  }
}

export class EndlessLease extends Lease {
  get isHeld() {
    return true
  }
}

/** Looks at the key only. */
export class MarkupByKey extends KeptMarkup {
  get(key: string, _: unknown[], render: () => Promise<Markup>) {
    return super.get(key, [], render)
  }
}

/** Searches wherever the index is. */
export class IndexAnywhere extends ElasticsearchIndex {
  async reach() {}

  readAt<T>(_: Position, seen: Position, search: (view: IndexView) => Promise<T>) {
    return super.readAt(0n, seen, search)
  }
}

/** Reads on any replica that the session allows. */
export class BelongingsAnywhere extends Belongings {
  constructor(
    private anywhere: Replication,
    ...[lease, ...rest]: ConstructorParameters<typeof Belongings> extends [any, ...infer Rest]
      ? Rest
      : never
  ) {
    super(anywhere, lease, ...rest)
  }

  read<T>(_: string, clock: SessionClock, read: Read<T>): Promise<T> {
    return this.anywhere.readFor(clock, read)
  }

  keep<T extends object>(_: string, clock: SessionClock, __: string, read: Read<T>): Promise<T> {
    return this.anywhere.readFor(clock, read)
  }
}

/** Labels rows with a position that was read after them. */
export class PositionAfterRows extends Connection {
  async rawQuery(sql: string, values?: readonly unknown[]) {
    if (sql.includes('AS timeline')) {
      const { primary, replica } = this.server
      this.session.rows = new Map((replica ?? primary).rows)
      await this.world.turn()
    }
    return super.rawQuery(sql, values)
  }
}

/** Vouches for the position itself. */
export class NotBefore extends Connection {
  async rawQuery(sql: string, values?: readonly unknown[]) {
    const { rows } = await super.rawQuery(sql, values)
    if (sql.includes('AS timeline') && !rows[0].replica) rows[0].position = next(rows[0].position)
    return { rows }
  }
}

/** Takes the position that a replica reports for all that it shows. */
export class AlwaysBetweenRecords extends Connection {
  async rawQuery(sql: string, values?: readonly unknown[]) {
    const { rows } = await super.rawQuery(sql, values)
    if (sql.includes('AS between_records')) rows[0].between_records = true
    return { rows }
  }
}

/** Takes every reading of the primary for settled. */
export class AlwaysSettled extends Connection {
  async rawQuery(sql: string, values?: readonly unknown[]) {
    const { rows } = await super.rawQuery(sql, values)
    if (sql.includes('AS settled')) rows[0].settled = true
    return { rows }
  }
}

/** A connection that is another one for each statement. */
export class AnyConnection extends Connection {
  constructor(
    world: World,
    private servers: Server[]
  ) {
    super(world, servers[0])
  }

  rawQuery(sql: string, values?: readonly unknown[]) {
    this.server = this.servers[this.world.dice(this.servers.length)]
    return super.rawQuery(sql, values)
  }
}

/** Says at once that it has handled a change. */
export class Confirming implements ChangeListener {
  constructor(private listener: ChangeListener) {}

  async changes(changes: ChangeEvent[]) {
    void this.listener.changes(changes).catch(() => {})
  }

  heartbeat(sentAt: Date, watermark: Position) {
    return this.listener.heartbeat(sentAt, watermark)
  }

  gap() {
    return this.listener.gap()
  }
}

/** A worker that is never told that it missed something. */
export class ChannelWithoutGaps extends Channel {
  on(topic: string, answering: Answering) {
    const isCall = topic === FEED.call
    super.on(topic, (body) => (isCall && body.call === 'gap' ? undefined : answering(body)))
  }
}

function later(one: Position, other: Position) {
  return one > other ? one : other
}

/** `0/A` → `0/B` */
function next(position: string) {
  return `0/${(BigInt(`0x${position.slice(2)}`) + 1n).toString(16).toUpperCase()}`
}
