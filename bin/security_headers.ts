import type { IncomingMessage, ServerResponse } from 'node:http'
import app from '@adonisjs/core/services/app'

/** Security headers for every response. */
export function securityHeaders(request?: IncomingMessage): Record<string, string> {
  return headersFor(isHttps(request))
}

const known = new Map<boolean, Record<string, string>>()

function headersFor(https: boolean) {
  const before = known.get(https)
  if (before) return before
  const configured = app.config.get<Record<string, object>>('headers')
  const headers = { ...configured.everywhere, ...(https ? configured.https : {}) }
  known.set(https, headers)
  return headers as Record<string, string>
}

export function secure(request: IncomingMessage, response: ServerResponse) {
  const headers = securityHeaders(request)
  for (const name in headers) response.setHeader(name, headers[name])
}

/** When the request could not be parsed, the site's configured address decides. */
function isHttps(request?: IncomingMessage) {
  return request
    ? app.config.get<(asked: IncomingMessage) => boolean>('app.isHttps')(request)
    : app.config.get<boolean>('app.http.cookie.secure')
}
