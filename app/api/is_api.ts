import type { HttpContext } from '@adonisjs/core/http'

/** API requests get problem details, never an HTML page. */
export function isApi({ request }: HttpContext) {
  return isApiAddress(request.url())
}

export function isApiAddress(address: string) {
  return /^\/api(\/|\?|$)/.test(address)
}
