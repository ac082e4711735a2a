import type { HttpRequest } from '@adonisjs/core/http'

const SAFE = ['GET', 'HEAD', 'OPTIONS']
const OURS = ['same-origin', 'none']

/** By the method that was sent: `?_method=GET` makes no change harmless. */
export function changesSomething(request: HttpRequest) {
  return !SAFE.includes(request.intended())
}

/**
 * Where a request comes from, as the browser says: no page can set these two headers. `unsaid` when it has neither,
 * as old browsers do, and some proxies that take headers away.
 */
export function originOfRequest(request: HttpRequest): 'ours' | 'foreign' | 'unsaid' {
  const site = request.header('sec-fetch-site')
  if (site) return OURS.includes(site) ? 'ours' : 'foreign'
  const origin = request.header('origin')
  if (!origin) return 'unsaid'
  return origin === ownOrigin(request) ? 'ours' : 'foreign'
}

/** As browsers write it: without the port that goes without saying. */
function ownOrigin(request: HttpRequest) {
  const url = `${request.protocol()}://${request.host()}`
  return URL.canParse(url) ? new URL(url).origin : undefined
}
