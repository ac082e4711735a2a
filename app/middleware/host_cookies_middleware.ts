import { isHttps } from '#config/app'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const PREFIX = '__Host-'

/**
 * Over HTTPS every cookie gets the `__Host-` prefix, so that no other host or network attacker can set it. Those
 * without it do not count. The application uses unprefixed names.
 */
export default class HostCookiesMiddleware {
  async handle({ request, response }: HttpContext, next: NextFn) {
    if (!isHttps(request.request)) return next()
    const { headers } = request.request
    if (headers.cookie) headers.cookie = ofThisHost(headers.cookie)
    await next()
    if (response.response.headersSent) return

    const set = [response.getHeader('set-cookie') ?? []].flat().map(String)
    response.removeHeader('set-cookie')
    for (const cookie of set) response.append('set-cookie', boundToHost(cookie))
  }
}

/** Strips the prefix, and drops cookies without it. Other white space than the separator's is part of a name. */
function ofThisHost(header: string) {
  return header
    .split(/; */)
    .filter((pair) => pair.startsWith(PREFIX))
    .map((pair) => pair.slice(PREFIX.length))
    .join('; ')
}

function boundToHost(cookie: string) {
  const attributes = cookie.split(/;\s*/).filter((text) => !/^(domain|path|secure)\b/i.test(text))
  return `${PREFIX}${[...attributes, 'Path=/', 'Secure'].join('; ')}`
}
