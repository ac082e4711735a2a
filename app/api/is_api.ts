import type { HttpContext } from '@adonisjs/core/http'

/** Whether a program asks: it gets problem details, never a page. */
export function isApi({ request }: HttpContext) {
  return isApiAddress(request.url())
}

export function isApiAddress(address: string) {
  return /^\/api(\/|\?|$)/.test(address)
}
