import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Safe to echo in responses and logs. */
const PLAIN = /^[\x21-\x7e]{1,128}$/

/**
 * The request id: the client's if it is short and plain, otherwise a new one. The framework accepts any value, and
 * sets none when the URL cannot be decoded.
 */
export function identify(request: IncomingMessage) {
  const chosen = request.headers['x-request-id']
  const id = typeof chosen === 'string' && PLAIN.test(chosen) ? chosen : randomUUID()
  request.headers['x-request-id'] = id
  return id
}
