import app from '@adonisjs/core/services/app'
import LibrarySessionMiddleware from '@adonisjs/session/session_middleware'
import { SESSION_COOKIE } from '#config/session'
import { SessionTouches } from '#sessions/session_touches'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const sessions = await app.container.make(LibrarySessionMiddleware)
const touches = await app.container.make(SessionTouches)

const READS = ['GET', 'HEAD', 'OPTIONS']

/**
 * A session begins when there is something to keep. Looking at a page writes nothing, and sends the cookie only
 * when its lifetime has to follow the session's: the library sends it with every response, so a slow one could
 * restore the old id after a login.
 */
export default class SessionMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    let isLook = false
    await sessions.handle(ctx, async () => {
      await next()
      isLook = leavesAsItIs(ctx)
      if (isLook) ctx.session.commit = async () => extend(ctx)
    })
    if (!isLook) sendNewIdOnly(ctx)
  }
}

function leavesAsItIs({ request, session }: HttpContext) {
  const isChanged = session.hasBeenModified || session.hasRegeneratedSession
  return READS.includes(request.method()) && !isChanged
}

function extend({ response, session }: HttpContext) {
  if (session.isEmpty || !touches.note(session.sessionId)) return
  response.cookie(SESSION_COOKIE, session.sessionId, session.config.cookie)
}

function sendNewIdOnly({ request, response, session }: HttpContext) {
  if (response.response.headersSent) return
  const known = request.cookie(SESSION_COOKIE)
  if (!session.isEmpty && session.sessionId !== known) return
  const cookies = [response.getHeader('set-cookie') ?? []].flat().map(String)
  const again = cookies.findLastIndex((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`))
  response.removeHeader('set-cookie')
  for (const [index, cookie] of cookies.entries()) {
    if (index !== again) response.append('set-cookie', cookie)
  }
  if (known && session.sessionId !== known) response.clearCookie(SESSION_COOKIE)
}
