import string from '@adonisjs/core/helpers/string'
import { isHttps } from '#config/app'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const PREFIX = '__Host-'

const CART = /^cart_\w+$/

/** Cookies from before the prefix, and their lifetime. */
const OLD: [RegExp, string][] = [
  [/^kirana_session$/, '30d'],
  [/^locale$/, '365d'],
  [/^known$/, '365d'],
  [/^flash$/, '1m'],
  [/^seen(_\w+)?$/, '1h'],
  [CART, '30d'],
]

/**
 * Over HTTPS every cookie gets the `__Host-` prefix, so that no other host or network attacker can set it. The
 * application uses unprefixed names. Old cookies are accepted once and migrated by the response.
 */
export default class HostCookiesMiddleware {
  async handle({ request, response }: HttpContext, next: NextFn) {
    if (!isHttps(request.request)) return next()
    const { cookies, old } = read(request.header('cookie') ?? '')
    request.request.headers.cookie = cookies.map((pair) => pair.join('=')).join('; ')
    await next()
    if (response.response.headersSent) return

    const set = [response.getHeader('set-cookie') ?? []].flat().map(String)
    const isSet = (name: string) => set.some((cookie) => cookie.startsWith(`${name}=`))
    const moved = cookies.filter(([name]) => old.has(name) && !isSet(name))
    response.removeHeader('set-cookie')
    for (const cookie of [...set, ...moved.map(([name, value]) => keep(name, value))]) {
      response.append('set-cookie', ofThisHost(cookie))
    }
    for (const name of old) response.append('set-cookie', `${name}=; Max-Age=0; Path=/; Secure`)
  }
}

/** Strips the prefix and lists cookies without it; the prefixed cookie wins, and of carts every prefixed one. */
function read(header: string) {
  const sent = header
    .split(';')
    .map((pair) => pair.trim().split(/=(.*)/s))
    .map(([name, value = '']) => [name, value] as const)
  const own = sent.filter(([name]) => name.startsWith(PREFIX))
  const names = new Set(own.map(([name]) => name.slice(PREFIX.length)))
  const hasCart = [...names].some((name) => CART.test(name))
  const others = sent.filter(([name]) => {
    return !name.startsWith(PREFIX) && !names.has(name) && !(hasCart && CART.test(name))
  })
  return {
    cookies: [
      ...own.map(([name, value]) => [name.slice(PREFIX.length), value] as const),
      ...others,
    ],
    old: new Set(sent.map(([name]) => name).filter((name) => ageOf(name) !== undefined)),
  }
}

const ageOf = (name: string) => OLD.find(([pattern]) => pattern.test(name))?.[1]

function keep(name: string, value: string) {
  return `${name}=${value}; Max-Age=${string.seconds.parse(ageOf(name)!)}; HttpOnly; SameSite=Lax`
}

function ofThisHost(cookie: string) {
  const attributes = cookie.split(/;\s*/).filter((text) => !/^(domain|path|secure)\b/i.test(text))
  return `${PREFIX}${[...attributes, 'Path=/', 'Secure'].join('; ')}`
}
