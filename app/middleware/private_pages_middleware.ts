import { has } from '#markup/etags'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Pages that are the same for every guest. All others are private. */
const PUBLIC = [
  'home',
  'shops.index',
  'shops.show',
  'products.show',
  'searches.show',
  'suggestions.index',
  'api_documents.page',
]

const READS = ['GET', 'HEAD']

/**
 * No cache stores private pages, including the browser's on a shared device. A page of a guest without anything
 * personal may be stored, also by a proxy, but is compared with ours before each use.
 */
export default class PrivatePagesMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    const { response } = ctx
    response.header('Cache-Control', 'private, no-store')
    await next()
    if (!isForGuests(ctx)) return
    const isSharable = !response.getHeader('set-cookie')
    response.header('Cache-Control', isSharable ? 'public, no-cache' : 'private, no-cache')
    response.vary('Accept-Encoding, Cookie')
    compare(ctx)
  }
}

function isForGuests(ctx: HttpContext) {
  const { auth, cart, message, place, request, response, route, session } = ctx
  const isPersonal = auth.user || cart.count > 0 || message || place || !session.isEmpty
  const isRead = READS.includes(request.method()) && response.getStatus() === 200
  return !isPersonal && isRead && PUBLIC.includes(route?.name ?? '')
}

/** The page was read at the position that this request needs, so the browser's copy is as new if it is equal. */
function compare({ request, response }: HttpContext) {
  const body = response.getBody()
  if (!response.getHeader('etag') && typeof body === 'string') response.setEtag(body, true)
  if (!has(request.header('if-none-match'), String(response.getHeader('etag')))) return
  for (const name of ['content-type', 'content-length', 'content-encoding']) {
    response.removeHeader(name)
  }
  response.lazyBody = {}
  response.status(304)
}
