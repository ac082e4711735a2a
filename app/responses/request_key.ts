import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import app from '@adonisjs/core/services/app'
import { COMES_FROM } from '#public_files/first_visit'
import { isApiAddress } from '#api/is_api'
import { hasSeenCookie } from '#replication/seen_cookies'

/** What an answer may depend on besides its address. */
const OF_A_PAGE = [
  'accept-language',
  'accept-encoding',
  'hx-request-type',
  'page-language',
  'cookie',
  ...COMES_FROM.map((name) => name.toLowerCase()),
]
const OF_THE_API = ['accept-language', 'accept-encoding', 'accept', 'origin']

/** Other cookies may mean something else the next time. */
const LANGUAGE_ONLY = /^(__Host-)?locale=\w+$/

/** No header can contain it. */
const NONE = '\r'

export const headersOf = (url: string) => (isApiAddress(url) ? OF_THE_API : OF_A_PAGE)

/**
 * The same for requests that get the same answer while nothing changes; null for a request that is always for the
 * application. Tokens are not kept in plain text.
 */
export function keyOf({ headers, method, socket, url }: IncomingMessage) {
  const hasBody = 'content-length' in headers || 'transfer-encoding' in headers
  if (method !== 'GET' || hasBody) return null
  const { authorization, cookie } = headers
  const isHttps = app.config.get<(asked: object) => boolean>('app.isHttps')({ headers, socket })
  const names = headersOf(url!)
  const said = [url, isHttps, ...names.map((name) => headers[name] ?? NONE)].join('\n')
  if (names === OF_THE_API) {
    // A client that has seen something which not everybody shows yet is answered by the application.
    const isOpen = authorization !== undefined && !hasSeenCookie(cookie)
    return isOpen ? `${said}\n${hash('sha256', authorization, 'base64url')}` : null
  }
  return cookie === undefined || LANGUAGE_ONLY.test(cookie) ? said : null
}
