import type { HttpContext } from '@adonisjs/core/http'

const READS = ['GET', 'HEAD', 'OPTIONS']

/** They lock the cart's row instead, and never write the session. */
const CARTS = /^cart(_items)?\./

/** Whether the request may write the session, so that it has to wait for the others of the session. */
export function takesTurn({ request, route }: Pick<HttpContext, 'request' | 'route'>) {
  return !READS.includes(request.method()) && !CARTS.test(route?.name ?? '')
}
