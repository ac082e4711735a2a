import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { once } from 'node:events'
import { get, type IncomingHttpHeaders } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { tracingChannels } from '@adonisjs/core/http'
import { eventually } from '#tests/helpers/eventually'

export type Headers = Record<string, string>

const ENGLISH = { 'accept-language': 'en' }

/** A request with a body is always for the application, even if the body is empty. */
export const ASKS = { 'content-length': '0' }

const DECODERS: Record<string, (body: Buffer) => Buffer> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
}

let asked = 0
const count = () => {
  asked++
}

export async function look(path: string, headers: Headers = ENGLISH) {
  const before = asked
  const request = get(`http://127.0.0.1:${process.env.PORT}${path}`, { headers })
  const [response] = await once(request, 'response')
  const decode = DECODERS[response.headers['content-encoding']] ?? ((body: Buffer) => body)
  const body = await buffer(response)
  return {
    status: response.statusCode as number,
    headers: response.headers as IncomingHttpHeaders,
    length: body.length,
    text: (body.length > 0 ? decode(body) : body).toString(),
    isReady: asked === before,
  }
}

export const readyAt = (path: string, headers: Headers = ENGLISH) =>
  eventually(async () => {
    const page = await look(path, headers)
    if (!page.isReady) throw new Error(`The application was asked for ${path}`)
    return page
  }, 20_000) as ReturnType<typeof look>

/** Headers in any order, without those that each answer has of its own, and the length of what is compressed. */
export function comparable({ headers }: { headers: IncomingHttpHeaders }) {
  const { date, 'x-request-id': id, 'content-length': length, ratelimit, ...others } = headers
  return {
    ...others,
    isLimited: ratelimit !== undefined,
    length: headers['content-encoding'] === 'br' ? 'any' : length,
  }
}

/** Counts the requests that reach the application; returns a function that stops it. */
export function countAsked() {
  const { start } = tracingChannels.httpRequest
  start.subscribe(count)
  return () => {
    start.unsubscribe(count)
  }
}
