import { LRUCache } from 'lru-cache'
import type pg from 'pg'
import type { Lease } from '#knowledge/lease'
import type { Listener } from '#replication/announcements'
import { parsePosition, type Position } from '#replication/position'
import type { Read, Reading, Replication } from '#replication/replication'
import { later, type SessionClock } from '#replication/session_clock'

/** What was last heard of someone's belongings. Replaced by the next announcement. */
interface News {
  /** Where the log was when it had been heard; null until that was asked. */
  position: Position | null
}

interface Kept {
  value: object
  latest: Position
  /** It counts while there are no others. */
  news: News
}

const MOST_PEOPLE = 10_000

const POSITION = 'SELECT pg_current_wal_insert_lsn() AS position'

/**
 * What belongs to a person: their orders, khatas and shops, with all that is in them. Read where the last change that
 * was announced is shown: on a replica, or on the primary while none is that far or this process may have missed
 * announcements. So pages show everything that anybody was told of, as if they asked the primary.
 */
export class Belongings implements Listener {
  readonly channels = ['belongings']
  #connection: pg.Client | null = null
  #ofAll: News = { position: null }
  #news: LRUCache<string, News>
  #kept: LRUCache<string, Kept>
  #unplaced = new Set<News>()
  #placing: Promise<void> | null = null

  /** @param bytes how much is kept, about */
  constructor(
    private replication: Replication,
    private lease: Lease,
    bytes: number,
    people = MOST_PEOPLE
  ) {
    this.#kept = new LRUCache({ maxSize: bytes })
    this.#news = new LRUCache({
      max: people,
      dispose: (news, _, reason) => reason === 'evict' && this.#joinAll(news),
    })
  }

  /** Reads through a client that shows what belongs to the person. */
  async read<T>(personId: string, clock: SessionClock, read: Read<T>): Promise<T> {
    const { value, latest } = await this.#reading(this.#newsOf(personId), clock, read)
    clock.saw(latest)
    return value
  }

  /**
   * `read`, kept until a change is announced. Readers share plain data and must not change it.
   *
   * @param what names what is read, among all that belongs to the person
   */
  async keep<T extends object>(
    personId: string,
    clock: SessionClock,
    what: string,
    read: Read<T>
  ): Promise<T> {
    const news = this.#newsOf(personId)
    const key = `${personId} ${what}`
    const kept = this.lease.isHeld ? this.#kept.get(key) : undefined
    if (kept?.news === news && clock.seen <= kept.latest) {
      clock.saw(kept.latest)
      return kept.value as T
    }
    const { value, latest } = await this.#reading(news, clock, read)
    const size = 2 * (JSON.stringify(value).length + key.length)
    this.#kept.set(key, { value, latest, news }, { size })
    clock.saw(latest)
    return value
  }

  /** Something changed of a person, or `*` of all. Rejects when it cannot be told where. */
  heard(personId: string) {
    const news = { position: null }
    if (personId === '*') this.#forgetAll(news)
    else this.#news.set(personId, news)
    this.#unplaced.add(news)
    return (this.#placing ??= this.#place().finally(() => (this.#placing = null)))
  }

  async startListening(connection: pg.Client) {
    this.#connection = connection
    await this.heard('*')
  }

  stopListening() {
    this.#connection = null
    this.#forgetAll({ position: null })
  }

  #newsOf(personId: string) {
    return this.#news.get(personId) ?? this.#ofAll
  }

  #forgetAll(news: News) {
    this.#ofAll = news
    this.#news.clear()
    this.#kept.clear()
  }

  /** Positions are asked after the announcements were heard, so they are past their commits. */
  async #place() {
    while (this.#connection && this.#unplaced.size > 0) {
      const heard = [...this.#unplaced]
      this.#unplaced.clear()
      const { rows } = await this.#connection.query(POSITION)
      for (const news of heard) news.position = parsePosition(rows[0].position)
    }
  }

  /** What was least asked for makes room: its reader gets what all get. */
  #joinAll({ position }: News) {
    const all = this.#ofAll
    if (position === null) this.#unplaced.add(all)
    all.position = position && all.position && later(all.position, position)
  }

  #reading<T>({ position }: News, clock: SessionClock, read: Read<T>): Promise<Reading<T>> {
    if (position === null || !this.lease.isHeld) {
      return this.replication.readLatest(read, clock.seen)
    }
    return this.replication.readAt(later(position, clock.needed), read, clock.seen)
  }
}
