import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import compression from 'compression'
import { ending } from '#infra/ending'
import { isAmbiguous, refuse, refuseRaw } from './refusals.js'
import { identify } from './request_id.js'
import { secure } from './security_headers.js'

const isStream = (response: ServerResponse) =>
  String(response.getHeader('content-type')).startsWith('text/event-stream')

/** Compression gathers what is written until there is enough of it; a stream says each thing at once. */
const compress = compression({
  filter: (request, response) => !isStream(response) && compression.filter(request, response),
}) as unknown as (
  request: Parameters<RequestListener>[0],
  response: Parameters<RequestListener>[1],
  next: () => void
) => void

/** A search for 10,000 characters of any script still gets an answer of ours, not a bare 431. */
const LONGEST_REQUEST_HEAD = 128 * 1024

/** How long a request in hand may take when the server is told to stop. */
const GRACE = 3_000

/** How often it is looked for requests that have not arrived in time; how long they may take is in `config/app`. */
const OPTIONS = {
  maxHeaderSize: LONGEST_REQUEST_HEAD,
  connectionsCheckingInterval: 1_000,
  requireHostHeader: false,
}

/**
 * The HTTP server: what leaves it has an id and the headers that browsers are told to be careful with, and is
 * compressed, for a cheap phone on a slow network.
 */
export function createHttpServer(handle: RequestListener) {
  const open = new Set<ServerResponse>()
  const server = createServer(OPTIONS, (request, response) => {
    identify(request, response)
    secure(request, response)
    if (isAmbiguous(request)) return refuse(response, 400)
    open.add(response)
    response.once('close', () => open.delete(response))
    compress(request, response, () => handle(request, response))
  })
  server.on('clientError', (error, socket) => {
    const isAnswered = [...open].some((answer) => answer.socket === socket && answer.headersSent)
    if (isAnswered || !socket.writable) return socket.destroy()
    refuseRaw(error, socket as Socket)
  })
  server.on('checkExpectation', (request, response) => {
    secure(request, response)
    refuse(response, 417)
  })
  /** A stream has no end of its own, so that waiting for it would be waiting for ever. */
  const close = server.close.bind(server)
  server.close = (callback) => {
    for (const response of open) if (isStream(response)) response.end()
    return close(callback)
  }
  ending.addEventListener('abort', () => {
    setTimeout(() => server.closeAllConnections(), GRACE).unref()
  })
  return server
}
