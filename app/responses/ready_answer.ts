import type { IncomingMessage, ServerResponse } from 'node:http'
import type { EncodedBody, Encoding } from '#markup/encoded_body'
import { has } from '#markup/etags'
import type { CachedValue } from '#replication/session_clock'

const OF_A_BODY = ['content-type', 'content-encoding']
const OF_ONE_ANSWER = ['x-request-id', 'content-length', 'ratelimit']

/** The answer that the application gave. */
export class ReadyAnswer {
  #headers: [string, string][]
  #etag: string
  #encoding: Encoding | null
  /** The bytes belong to what is kept elsewhere. */
  #body: WeakRef<EncodedBody>

  #isCurrent: CachedValue['isCurrent'][]

  constructor(headers: Record<string, string>, body: EncodedBody, madeOf: CachedValue[]) {
    this.#headers = Object.entries(headers).filter(([name]) => !OF_ONE_ANSWER.includes(name))
    this.#etag = headers.etag
    this.#encoding = (headers['content-encoding'] as Encoding) ?? null
    this.#body = new WeakRef(body)
    this.#isCurrent = madeOf.map(({ isCurrent }) => isCurrent)
  }

  /** In bytes, about. */
  get size() {
    return 2 * this.#headers.join().length
  }

  /** The body, if the application would send the same now. */
  bodyFor(request: IncomingMessage) {
    const body = this.#body.deref()
    return body && this.#isCurrent.every((check) => check(request)) ? body : null
  }

  /** @param more headers of this answer alone */
  send(body: EncodedBody, request: IncomingMessage, response: ServerResponse, more: string[]) {
    const isKnown = has(request.headers['if-none-match'], this.#etag)
    const headers = this.#headers.filter(([name]) => !isKnown || !OF_A_BODY.includes(name)).flat()
    headers.push(...more)
    if (isKnown) {
      response.writeHead(304, headers).end()
      return
    }
    const bytes = body.in(this.#encoding)
    headers.push('content-length', String(bytes.length))
    response.writeHead(200, headers).end(bytes)
  }
}
