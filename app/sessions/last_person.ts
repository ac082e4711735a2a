import type { HttpContext } from '@adonisjs/core/http'
import type User from '#models/user'

const COOKIE = 'person'

/** Who logged in last in this browser, in an encrypted cookie. It allows nothing: it says for whom a form is kept. */
export function lastPerson({ request }: HttpContext) {
  const id: unknown = request.encryptedCookie(COOKIE)
  return typeof id === 'string' ? id : null
}

export function rememberPerson({ response }: HttpContext, { id }: User) {
  response.encryptedCookie(COOKIE, id, { maxAge: '1y' })
}

export function forgetPerson({ response }: HttpContext) {
  response.clearCookie(COOKIE)
}
