import { createServer, type RequestListener } from 'node:http'
import compression from 'compression'

const compress = compression() as unknown as (
  request: Parameters<RequestListener>[0],
  response: Parameters<RequestListener>[1],
  next: () => void
) => void

/** A search for 10,000 characters of any script still gets an answer of ours, not a bare 431. */
const LONGEST_REQUEST_HEAD = 128 * 1024

/** How long a request in hand may take when the server is told to stop. */
const GRACE = 3_000

/** The HTTP server: what leaves it is compressed, for a cheap phone on a slow network. */
export function createHttpServer(handle: RequestListener) {
  const options = { maxHeaderSize: LONGEST_REQUEST_HEAD }
  const server = createServer(options, (request, response) => {
    compress(request, response, () => handle(request, response))
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => setTimeout(() => server.closeAllConnections(), GRACE).unref())
  }
  return server
}
