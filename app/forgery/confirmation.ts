import { randomUUID } from 'node:crypto'
import encryption from '@adonisjs/core/services/encryption'
import type { HttpContext } from '@adonisjs/core/http'

export const CONFIRMED_FIELD = '_confirmed'

const LASTS = '10 minutes'
const COOKIE = 'confirm'

/** Allows this browser to post to one address for a few minutes. */
export function confirmationFor(ctx: HttpContext) {
  const browser: string = browserOf(ctx) ?? randomUUID()
  ctx.response.cookie(COOKIE, browser, { maxAge: LASTS, sameSite: 'strict' })
  return encryption.encrypt('confirmed', { expiresIn: LASTS, purpose: purpose(ctx, browser) })
}

export function isConfirmed(ctx: HttpContext) {
  const token = ctx.request.input(CONFIRMED_FIELD)
  const browser = browserOf(ctx)
  if (typeof token !== 'string' || !browser) return false
  return encryption.decrypt(token, purpose(ctx, browser)) === 'confirmed'
}

function browserOf({ request }: HttpContext): string | undefined {
  return request.cookie(COOKIE)
}

function purpose({ request }: HttpContext, browser: string) {
  return `${request.method()} ${request.url(true)} ${browser}`
}
