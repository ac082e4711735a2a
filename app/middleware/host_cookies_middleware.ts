import string from '@adonisjs/core/helpers/string'
import { isHttps } from '#config/app'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const PREFIX = '__Host-'

/** Cookies that browsers may have from before, and how long they are kept. */
const OLD: [RegExp, string][] = [
  [/^kirana_session$/, '30d'],
  [/^locale$/, '365d'],
  [/^known$/, '365d'],
  [/^flash$/, '1m'],
  [/^seen(_\w+)?$/, '1h'],
]

/**
 * Over https every cookie is a `__Host-` one: no other host, and nobody between, can set it. Everything behind knows
 * the names without the prefix. A cookie from before counts once, and the answer moves it.
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

/** Without the prefix, and which of them have none; where there are both, the one with it counts. */
function read(header: string) {
  const sent = header
    .split(';')
    .map((pair) => pair.trim().split(/=(.*)/s))
    .map(([name, value = '']) => [name, value] as const)
  const own = sent.filter(([name]) => name.startsWith(PREFIX))
  const names = new Set(own.map(([name]) => name.slice(PREFIX.length)))
  const others = sent.filter(([name]) => !name.startsWith(PREFIX) && !names.has(name))
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
