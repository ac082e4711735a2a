import { SESSION_COOKIE } from '#config/session'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** Whether the session's expiry was extended, and its cookie's must follow. */
    sessionTouched?: boolean
  }
}

/**
 * The library sends the session id with every response, so a slow response could restore the old id after a login.
 * An id the browser already has is not sent again.
 */
export default class SessionCookieMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { request, response } = ctx
    await next()
    if (response.response.headersSent) return
    const known = ctx.session?.sessionId === request.cookie(SESSION_COOKIE)
    if (!known || ctx.sessionTouched) return
    const cookies = [response.getHeader('set-cookie') ?? []].flat().map(String)
    const again = cookies.findLastIndex((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))
    response.removeHeader('set-cookie')
    for (const [index, cookie] of cookies.entries()) {
      if (index !== again) response.append('set-cookie', cookie)
    }
  }
}
