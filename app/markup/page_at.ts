import router from '@adonisjs/core/services/router'
import type { HttpContext } from '@adonisjs/core/http'

const READS = ['GET', 'HEAD']

/** The path, if there is a page. */
export function pageAt(path: string) {
  return router.match(path.split('?')[0], 'GET', true) ? path : null
}

/** Our page that the request comes from. */
export function pageBefore({ request }: HttpContext) {
  const from = URL.parse(request.header('referer') ?? '')
  return from?.host === request.host() ? pageAt(from.pathname + from.search) : null
}

/** Where this page can be asked for again; for the answer to a form, the page that the form was on. */
export function addressOf(ctx: HttpContext) {
  const { request } = ctx
  return READS.includes(request.method()) ? request.url(true) : (pageBefore(ctx) ?? '/')
}
