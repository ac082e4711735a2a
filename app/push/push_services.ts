import { lookup as resolve, type LookupOptions } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { PushServiceRefused } from '#exceptions/push_service_refused'
import { pushSettings } from '#push/push_settings'

export interface PushRequest {
  endpoint: string
  headers: http.OutgoingHttpHeaders
  body: Buffer | null
}

export interface PushAnswer {
  status: number
  /** In seconds; NaN when the service doesn't say. */
  retryAfter: number
}

const isUnchecked = ({ origin }: URL) => pushSettings().uncheckedOrigins.includes(origin)

/** A push service's address, written in one way: the same browser has one. */
export function sameAddress(endpoint: string) {
  const url = new URL(endpoint)
  url.hash = ''
  return url.href
}

/** Whether a browser's push service is at this address: known, over https, at the usual port. */
export function isPushService(endpoint: string) {
  const url = URL.parse(endpoint)
  if (!url) return false
  if (isUnchecked(url)) return true
  const isPlain = url.protocol === 'https:' && !url.port && !url.username && !url.password
  return isPlain && pushSettings().hosts.some((host) => matches(url.hostname, host))
}

const matches = (name: string, host: string) =>
  host.startsWith('.') ? name.endsWith(host) : name === host

export const isPublicAddress = (address: string) => ipaddr.process(address).range() === 'unicast'

/** Like `dns.lookup`, without addresses of this machine and of networks that are not public. */
export function publicLookup(
  host: string,
  options: LookupOptions,
  done: Parameters<LookupFunction>[2],
  ask: typeof resolve = resolve
) {
  ask(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '')
    const open = found.filter(({ address }) => isPublicAddress(address))
    if (open.length === 0) return done(new PushServiceRefused(host), '')
    if (options.all) return done(null, open)
    done(null, open[0].address, open[0].family)
  })
}

/**
 * Sends one message. Redirects are not followed: their status is the answer.
 *
 * @throws PushServiceRefused for a host that is not known, or not at a public address
 */
export async function postToPushService({ endpoint, headers, body }: PushRequest) {
  if (!isPushService(endpoint)) throw new PushServiceRefused(URL.parse(endpoint)?.host ?? '')
  const url = new URL(endpoint)
  const options = {
    method: 'POST',
    headers,
    agent: false,
    lookup: isUnchecked(url) ? undefined : publicLookup,
    signal: AbortSignal.timeout(pushSettings().patience),
  }
  return new Promise<PushAnswer>((done, fail) => {
    const isEncrypted = url.protocol === 'https:'
    const sent = isEncrypted ? https.request(url, options) : http.request(url, options)
    sent.on('error', fail)
    sent.on('response', (response) => {
      const { statusCode, headers: said } = response
      response.on('error', fail)
      response.resume()
      response.on('end', () => {
        done({ status: statusCode!, retryAfter: Number(said['retry-after'] ?? Number.NaN) })
      })
    })
    sent.end(body)
  })
}
