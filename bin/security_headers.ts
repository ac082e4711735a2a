import type { IncomingMessage, ServerResponse } from 'node:http'
import app from '@adonisjs/core/services/app'

/** Security headers for every response. */
export function securityHeaders(request?: IncomingMessage): Record<string, string> {
  const { everywhere, https } = app.config.get<Record<string, object>>('headers')
  return { ...everywhere, ...(isHttps(request) ? https : {}) }
}

export function secure(request: IncomingMessage, response: ServerResponse) {
  for (const [name, value] of Object.entries(securityHeaders(request))) {
    response.setHeader(name, value)
  }
}

/** When the request could not be parsed, the site's configured address decides. */
function isHttps(request?: IncomingMessage) {
  const site = app.config.get<boolean>('app.http.cookie.secure')
  return request
    ? app.config.get<(asked: IncomingMessage) => boolean>('app.isHttps')(request)
    : site
}
