import { SESSION_COOKIE } from '#config/session'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** The end of the session was moved on, and that of its cookie has to be. */
    sessionTouched?: boolean
  }
}

/**
 * The library sends the session's id with every answer. An answer that was slow would put the old id back into a
 * browser that has logged in meanwhile; so an id that the browser has is not sent again.
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
