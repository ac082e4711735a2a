import router from '@adonisjs/core/services/router'
import type { HttpContext } from '@adonisjs/core/http'

const READS = ['GET', 'HEAD']

/** The path, if there is a page. */
export function pageAt(path: string) {
  return router.match(path.split('?')[0], 'GET', true) ? path : null
}

/** Where this page can be asked for again; for the answer to a form, the page that the form was on. */
export function addressOf({ request }: HttpContext) {
  if (READS.includes(request.method())) return request.url(true)
  const { host, pathname, search } = URL.parse(request.header('referer') ?? '') ?? {}
  return (host === request.host() && pageAt(`${pathname}${search}`)) || '/'
}
