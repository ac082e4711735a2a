import type { IncomingMessage, ServerResponse } from 'node:http'
import app from '@adonisjs/core/services/app'
import { LRUCache } from 'lru-cache'
import type { HttpContext } from '@adonisjs/core/http'
import markup from '#config/markup'
import type { EncodedBody, Encoding } from '#markup/encoded_body'
import { has } from '#markup/etags'
import { cacheReads } from '#metrics/metrics'
import type { CachedValue } from '#replication/session_clock'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** Everything that the page was made of, when it is the same page for as long as these are cached. */
    madeOf?: CachedValue[] | null
  }
}

interface ReadyPage {
  headers: [string, string][]
  etag: string
  encoding: Encoding | null
  /** The bytes belong to the kept markup. */
  body: WeakRef<EncodedBody>
  madeOf: CachedValue[]
}

/** What an answer may depend on besides its address. */
const VARIES_BY = ['accept-language', 'accept-encoding', 'hx-request-type', 'cookie']

/** Other cookies may mean something else the next time. */
const LANGUAGE_ONLY = /^(__Host-)?locale=\w+$/

/** No header can contain it. */
const NONE = '\r'

const OF_A_BODY = ['content-type', 'content-encoding']
const OF_ONE_ANSWER = ['x-request-id', 'content-length']

/** By what the application was asked; it changes the headers of some requests. */
const asked = new WeakMap<IncomingMessage, string>()

const hits = cacheReads.labels('hit')

const pages = new LRUCache<string, ReadyPage>({
  maxSize: markup.readyBytes,
  sizeCalculation: ({ headers }, key) => 2 * (key.length + headers.join().length),
})

/** A public page that the application has just made may be sent again to requests that say the same. */
export function keepReady({ madeOf, request, response }: HttpContext, body: EncodedBody) {
  const key = madeOf ? asked.get(request.request) : null
  const sent = response.getHeaders() as Record<string, string>
  const isPublic = sent['cache-control'] === 'public, no-cache' && !sent['set-cookie']
  const depends = String(sent.vary).toLowerCase().split(/,\s*/)
  if (!key || !isPublic || !depends.every((name) => VARIES_BY.includes(name))) return
  pages.set(key, {
    headers: Object.entries(sent).filter(([name]) => !OF_ONE_ANSWER.includes(name)),
    etag: sent.etag,
    encoding: (sent['content-encoding'] as Encoding) ?? null,
    body: new WeakRef(body),
    madeOf: madeOf!,
  })
}

/**
 * Sends the page that the application would make: the caches would give it the very values that it made this one of.
 * Returns false when it has to be asked.
 */
export function sendReady(request: IncomingMessage, response: ServerResponse, id: string) {
  const key = keyOf(request)
  if (key === null) return false
  const page = pages.get(key)
  const body = page?.body.deref()
  if (!page || !body || !page.madeOf.every((value) => value.isCurrent())) {
    asked.set(request, key)
    return false
  }
  hits.inc(page.madeOf.length)
  const isKnown = has(request.headers['if-none-match'], page.etag)
  const headers = page.headers.filter(([name]) => !isKnown || !OF_A_BODY.includes(name)).flat()
  headers.push('x-request-id', id)
  if (isKnown) {
    response.writeHead(304, headers).end()
    return true
  }
  const bytes = body.in(page.encoding)
  headers.push('content-length', String(bytes.length))
  response.writeHead(200, headers).end(bytes)
  return true
}

/** Null when the request needs the application. */
function keyOf(request: IncomingMessage) {
  const { headers, method, url } = request
  const hasBody = 'content-length' in headers || 'transfer-encoding' in headers
  if (method !== 'GET' || hasBody) return null
  if (headers.cookie !== undefined && !LANGUAGE_ONLY.test(headers.cookie)) return null
  const isHttps = app.config.get<(asked: IncomingMessage) => boolean>('app.isHttps')(request)
  return [url, isHttps, ...VARIES_BY.map((name) => headers[name] ?? NONE)].join('\n')
}
