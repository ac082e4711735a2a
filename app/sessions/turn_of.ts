import { SESSION_COOKIE } from '#config/session'
import { takesTurn } from '#sessions/takes_turn'
import { isUuid } from '#models/keyset'
import type { HttpContext } from '@adonisjs/core/http'

/** What concurrent requests of one browser have in common: its session or, before a login, the form that was sent. */
export function turnOf(ctx: HttpContext): string | null {
  if (!takesTurn(ctx)) return null
  return ctx.request.cookie(SESSION_COOKIE) ?? formKeyOf(ctx)
}

export function formKeyOf({ request }: HttpContext): string | null {
  const key: unknown = request.input('form_key')
  return typeof key === 'string' && isUuid(key) ? key.toLowerCase() : null
}
