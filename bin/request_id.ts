import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'

/** What can stand in an answer and in a log as it is. */
const PLAIN = /^[\x21-\x7e]{1,128}$/

/**
 * Gives the request the id that its client chose, when that is short and plain, otherwise a new one, and the
 * answer the same. The framework would take any, and has none for an address that it cannot decode.
 */
export function identify(...[request, response]: Parameters<RequestListener>) {
  const chosen = request.headers['x-request-id']
  const id = typeof chosen === 'string' && PLAIN.test(chosen) ? chosen : randomUUID()
  request.headers['x-request-id'] = id
  response.setHeader('X-Request-Id', id)
}
