import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { securityHeaders } from './security_headers.js'

const VERSIONS = ['1.0', '1.1']
const HOST = /^(\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(:\d*)?$/i

const STATUSES: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}

/** Whether a proxy could have interpreted the request differently from this server (request smuggling). */
export function isAmbiguous({ httpVersion, headers, rawHeaders }: IncomingMessage) {
  if (!VERSIONS.includes(httpVersion)) return true
  let hosts = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index].toLowerCase() === 'host') hosts++
  }
  const fewest = httpVersion === '1.1' ? 1 : 0
  return hosts < fewest || hosts > 1 || !HOST.test(headers.host ?? '')
}

/** Responds without the application. */
export function refuse(response: ServerResponse, status: number) {
  response.writeHead(status, { 'Content-Type': 'text/plain', 'Connection': 'close' })
  response.end(STATUS_CODES[status])
}

/** Responds on the socket to requests that could not be parsed or timed out. */
export function refuseRaw({ code = '' }: NodeJS.ErrnoException, socket: Socket) {
  const status = STATUSES[code] ?? 400
  const text = STATUS_CODES[status]!
  const headers = {
    ...securityHeaders(),
    'Content-Type': 'text/plain',
    'Content-Length': text.length,
    'Connection': 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${status} ${text}\r\n${lines.join('')}\r\n${text}`)
  socket.destroySoon()
}
