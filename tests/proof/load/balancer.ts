import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { Connection, requestOf, type Answer } from '#bench/load/connection'
import type { Random } from '#database/demo/random'

/** A server that answers nothing for so long is passed over, in milliseconds. */
const HANGS_AFTER = 150
/** After a refused connection. */
const AWAY_FOR = 50

interface Request {
  method?: string
  path: string
  headers: Record<string, string>
  body?: string
}

/** The connections to one server. */
class Door {
  #connections: (Connection | undefined)[] = []
  #opening = new Map<number, Promise<Connection>>()
  #asked = 0
  #since = 0
  #awayUntil = 0

  constructor(readonly url: URL) {}

  isOpen(now: number) {
    if (now < this.#awayUntil) return false
    return this.#asked === 0 || now - this.#since < HANGS_AFTER
  }

  async ask(lane: number, request: Buffer, now: number): Promise<Answer> {
    if (this.#asked++ === 0) this.#since = now
    try {
      const open = this.#connections[lane]
      const connection = open && !open.isClosed ? open : await this.#open(lane)
      const answer = await connection.ask(request)
      this.#since = performance.now()
      return answer
    } finally {
      this.#asked--
    }
  }

  close() {
    for (const connection of this.#connections) connection?.close()
  }

  #open(lane: number) {
    const opening =
      this.#opening.get(lane) ??
      Connection.open(this.url)
        .then((connection) => (this.#connections[lane] = connection))
        .catch((error) => {
          this.#awayUntil = performance.now() + AWAY_FOR
          throw error
        })
        .finally(() => this.#opening.delete(lane))
    this.#opening.set(lane, opening)
    return opening
  }
}

/** Sends each request to any of the servers, as a balancer does; not to one that hangs or is away, if it can. */
export class Balancer {
  readonly urls: URL[]
  #doors: Door[]

  constructor(
    origins: string[],
    private random: Random
  ) {
    this.urls = origins.map((origin) => new URL(origin))
    this.#doors = this.urls.map((url) => new Door(url))
  }

  /** The number of a server. */
  pick() {
    const now = performance.now()
    const picked = this.random.below(this.#doors.length)
    if (this.#doors[picked].isOpen(now)) return picked
    const other = this.#doors.findIndex((door) => door.isOpen(now))
    return other < 0 ? picked : other
  }

  /**
   * What is asked on one lane of a server is answered in order.
   *
   * @throws Error when the connection is refused or ends
   */
  ask(server: number, lane: number, request: Buffer, now = performance.now()) {
    return this.#doors[server].ask(lane, request, now)
  }

  /** The bytes of a request to this server. */
  bytes(server: number, { path, headers, ...rest }: Request) {
    return requestOf(new URL(path, this.urls[server]), headers, rest)
  }

  /**
   * Sends a request that may be repeated, to any server, until one has answered it.
   *
   * @throws Error when the signal says so first
   */
  async insist(lane: number, request: Request, signal: AbortSignal) {
    for (;;) {
      const answer = await this.once(lane, request).catch(() => null)
      if (answer && answer.status < 500 && answer.status !== 429) return answer
      await delay(20 + this.random.below(80), undefined, { signal })
    }
  }

  /** @throws Error when there is no answer */
  async once(lane: number, request: Request, server = this.pick()) {
    const answer = await this.ask(server, lane, this.bytes(server, request))
    return { ...answer, server }
  }

  close() {
    for (const door of this.#doors) door.close()
  }
}

export const isGzip = ({ head }: Answer) => /\r\ncontent-encoding: *gzip/i.test(head)

export const bodyOf = (answer: Answer) =>
  (isGzip(answer) ? gunzipSync(answer.body) : answer.body).toString()

/** The lines of `Set-Cookie`. */
export function cookiesOf({ head }: Answer) {
  if (!/\r\nset-cookie:/i.test(head)) return NONE
  return [...head.matchAll(/\r\nset-cookie: *([^\r]*)/gi)].map(([, line]) => line)
}

const NONE: string[] = []
