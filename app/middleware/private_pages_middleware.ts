import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** What every guest is shown alike. A page that is not named here is private. */
const PUBLIC = [
  'home',
  'shops.index',
  'shops.show',
  'searches.show',
  'suggestions.index',
  'api_documents.page',
]

/** No cache keeps what is shown to one person, not even that of a browser that others use after them. */
export default class PrivatePagesMiddleware {
  handle({ auth, response, route }: HttpContext, next: NextFn) {
    if (auth.user || !PUBLIC.includes(route?.name ?? '')) {
      response.header('Cache-Control', 'private, no-store')
    }
    return next()
  }
}
