import { randomUUID } from 'node:crypto'
import type { Passed } from '#replication/passed'
import { formatPosition, parsePosition, type Position } from '#replication/position'
import { later } from '#replication/session_clock'
import type { HttpContext } from '@adonisjs/core/http'

const NAME = /^seen(_\w+)?$/

/** Names in a `Cookie` header, without the prefix that they have over HTTPS. */
const NAMES = /(?:^|; *)(?:__Host-)?([^=;]+)=/g

/**
 * The latest position shown to this browser, while some process or replica has not passed it. Responses may arrive
 * out of order, so each sets a uniquely named cookie and deletes only the cookies sent with its own request.
 */
export class SeenCookies {
  readonly position: Position
  #names: string[]

  constructor(
    private ctx: HttpContext,
    private passed: Passed
  ) {
    this.#names = Object.keys(ctx.request.cookiesList()).filter((name) => NAME.test(name))
    const positions = this.#names.map((name) => toPosition(ctx.request.cookie(name)))
    this.position = passed.unlessPassed(positions.reduce(later, 0n))
  }

  /** Records that the session was shown data at this position; forgets what everybody shows by now. */
  write(position: Position) {
    const latest = later(position, this.position)
    const isPassed = this.passed.has(latest)
    if (!isPassed && latest === this.position && this.#names.length === 1) return
    const { response } = this.ctx
    for (const name of this.#names) response.clearCookie(name)
    if (isPassed) return
    const name = `seen_${randomUUID().slice(0, 8)}`
    response.cookie(name, formatPosition(latest), { maxAge: '1h' })
  }
}

/** Whether there is one in a `Cookie` header. */
export function hasSeenCookie(header = '') {
  return [...header.matchAll(NAMES)].some(([, name]) => NAME.test(name))
}

/** Parses a position; 0 when invalid. */
export function toPosition(text: unknown): Position {
  try {
    return text ? parsePosition(String(text)) : 0n
  } catch {
    return 0n
  }
}
