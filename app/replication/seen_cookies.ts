import { randomUUID } from 'node:crypto'
import { formatPosition, parsePosition, type Position } from '#replication/position'
import { later } from '#replication/session_clock'
import type { HttpContext } from '@adonisjs/core/http'

const NAME = /^seen(_\w+)?$/

/**
 * The latest position that this browser was shown. Answers may cross on their way, so each writes a cookie of a
 * name that no other uses, and takes back only those that came with its own request, which it replaces.
 */
export class SeenCookies {
  readonly position: Position
  #names: string[]

  constructor(private ctx: HttpContext) {
    this.#names = Object.keys(ctx.request.cookiesList()).filter((name) => NAME.test(name))
    const positions = this.#names.map((name) => toPosition(ctx.request.cookie(name)))
    this.position = positions.reduce(later, 0n)
  }

  /** The session has now been shown data of this position. */
  write(position: Position) {
    if (position <= this.position && this.#names.length <= 1) return
    const { response } = this.ctx
    for (const name of this.#names) response.clearCookie(name)
    const latest = formatPosition(later(position, this.position))
    response.cookie(`seen_${randomUUID().slice(0, 8)}`, latest, { maxAge: '1h' })
  }
}

/** The position in the text; 0 when there is none. */
export function toPosition(text: unknown): Position {
  try {
    return text ? parsePosition(String(text)) : 0n
  } catch {
    return 0n
  }
}
