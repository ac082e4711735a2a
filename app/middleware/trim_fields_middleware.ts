import { clean } from '#text/clean'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

export const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data']
const AS_TYPED = ['current_password', 'password', 'password_confirmation']

/** Trims form fields, except passwords; a field in which nothing is to be seen is empty. */
export default class TrimFieldsMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    if (request.hasBody() && request.is(FORMS)) request.updateBody(trimmed(request.body()))
    return next()
  }
}

export function trimmed<T>(value: T): T
export function trimmed(value: unknown): unknown {
  if (typeof value === 'string') return clean(value) === '' ? null : value.trim()
  if (Array.isArray(value)) return value.map(trimmed)
  if (value === null || typeof value !== 'object') return value
  const fields = Object.entries(value).map(([name, field]) => {
    return [name, AS_TYPED.includes(name) ? field : trimmed(field)]
  })
  return Object.fromEntries(fields)
}
