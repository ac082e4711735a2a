import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'
import { constants } from 'node:zlib'
import app from '@adonisjs/core/services/app'
import compression from 'compression'
import { isApiAddress } from '#api/is_api'
import { ending } from '#infra/ending'
import { sendFile } from '#public_files/send_file'
import { siteFiles } from '#public_files/site_files'
import { sendReady } from '#responses/ready_answers'
import { isAmbiguous, refuse, refuseRaw } from './refusals.js'
import { identify } from './request_id.js'
import { secure } from './security_headers.js'

const isStream = (response: ServerResponse) =>
  String(response.getHeader('content-type')).startsWith('text/event-stream')

/** Compression buffers output, so event streams are excluded. */
const compress = compression({
  brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 17 } },
  filter: (request, response) => !isStream(response) && compression.filter(request, response),
}) as unknown as (
  request: Parameters<RequestListener>[0],
  response: Parameters<RequestListener>[1],
  next: () => void
) => void

/** Reads of the API send kept or compressed bodies themselves. */
const sendsEncoded = ({ method, url = '' }: IncomingMessage) =>
  method === 'GET' && isApiAddress(url)

/** A search for 10,000 characters of any script should get our error page, not a bare 431. */
const LONGEST_REQUEST_HEAD = 128 * 1024

/** How long requests in progress may take during a shutdown, in milliseconds. */
const GRACE = 3_000

/** Interval of the check for slow requests; their timeout is in `config/app`. */
const OPTIONS = {
  maxHeaderSize: LONGEST_REQUEST_HEAD,
  connectionsCheckingInterval: 1_000,
  requireHostHeader: false,
}

function fileAsked({ method, url }: IncomingMessage) {
  return method === 'GET' || method === 'HEAD' ? siteFiles().at(url!.split('?', 1)[0]) : null
}

/** The HTTP server answers static files and adds a request id, security headers and compression to every response. */
export function createHttpServer(handle: RequestListener) {
  const open = new Set<ServerResponse>()
  if (app.inProduction) void siteFiles().prepare()
  const server = createServer(OPTIONS, (request, response) => {
    const id = identify(request)
    const prepare = () => {
      response.setHeader('X-Request-Id', id)
      secure(request, response)
    }
    if (isAmbiguous(request)) {
      prepare()
      return refuse(response, 400)
    }
    open.add(response)
    response.once('close', () => open.delete(response))
    const ask = () => {
      prepare()
      const file = fileAsked(request)
      if (file) sendFile(file, request, response).catch((error) => response.destroy(error))
      else if (sendsEncoded(request)) handle(request, response)
      else compress(request, response, () => handle(request, response))
    }
    sendReady(request, response, { id, ask })
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
  /** Event streams never finish by themselves, so the server must not wait for them. */
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
