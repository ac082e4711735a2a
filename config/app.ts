import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import env from '#start/env'
import { defineConfig } from '@adonisjs/core/http'
import { answerBadUrl } from '#api/bad_url'

export const appUrl = env.get('APP_URL') ?? `http://localhost:${env.get('PORT') ?? 3333}`

/** Trusted proxies, whose `X-Forwarded-*` headers count: this machine and the configured networks. */
const proxies = new BlockList()
const networks = env.get('TRUSTED_PROXIES')?.split(',') ?? []
for (const network of ['127.0.0.1/32', '::1/128', ...networks]) {
  const [address, bits] = network.split('/')
  proxies.addSubnet(address, Number(bits), family(address))
}

function family(address: string) {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

const SLOWEST_REQUEST = 30_000

export const http = defineConfig({
  /** Both cover the whole request with its body, against clients that send slowly to hold connections. */
  headersTimeout: SLOWEST_REQUEST,
  requestTimeout: SLOWEST_REQUEST,
  onBadUrl: answerBadUrl,
  /** Commas in addresses are not list separators. */
  qs: { parse: { comma: false } },
  useAsyncLocalStorage: false,
  router: { matcher: 'tree' },
  trustProxy: (address) => isIP(address) > 0 && proxies.check(address, family(address)),
  cookie: {
    domain: '',
    path: '/',
    maxAge: '30d',
    httpOnly: true,
    secure: appUrl.startsWith('https:'),
    sameSite: 'lax',
  },
})

/** Whether the site's address is HTTPS, or a trusted proxy received the request over HTTPS. */
export function isHttps({ headers, socket }: IncomingMessage) {
  if (http.cookie.secure) return true
  const protocol = String(headers['x-forwarded-proto']).split(/\s*,\s*/)[0]
  return protocol === 'https' && http.trustProxy(socket.remoteAddress ?? '', 0)
}
