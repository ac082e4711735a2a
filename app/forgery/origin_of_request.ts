import type { HttpRequest } from '@adonisjs/core/http'

const SAFE = ['GET', 'HEAD', 'OPTIONS']
const OURS = ['same-origin', 'none']

/** Decided by the actual HTTP method: `?_method=GET` must not make a change look safe. */
export function changesSomething(request: HttpRequest) {
  return !SAFE.includes(request.intended())
}

/**
 * Origin of a request by headers that pages cannot set. `unsaid` when both are missing: old browsers, and proxies
 * that strip them.
 */
export function originOfRequest(request: HttpRequest): 'ours' | 'foreign' | 'unsaid' {
  const site = request.header('sec-fetch-site')
  if (site) return OURS.includes(site) ? 'ours' : 'foreign'
  const origin = request.header('origin')
  if (!origin) return 'unsaid'
  return origin === ownOrigin(request) ? 'ours' : 'foreign'
}

/** As browsers send it: without a default port. */
function ownOrigin(request: HttpRequest) {
  const url = `${request.protocol()}://${request.host()}`
  return URL.canParse(url) ? new URL(url).origin : undefined
}
