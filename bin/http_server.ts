import { createServer, type RequestListener } from 'node:http'
import compression from 'compression'

const compress = compression() as unknown as (
  request: Parameters<RequestListener>[0],
  response: Parameters<RequestListener>[1],
  next: () => void
) => void

/** The HTTP server: what leaves it is compressed, for a cheap phone on a slow network. */
export function createHttpServer(handle: RequestListener) {
  return createServer((request, response) => {
    compress(request, response, () => handle(request, response))
  })
}
