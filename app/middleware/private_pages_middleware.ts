import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Pages that are the same for every guest. All others are private. */
const PUBLIC = [
  'home',
  'shops.index',
  'shops.show',
  'searches.show',
  'suggestions.index',
  'api_documents.page',
]

/** No cache stores private pages, including the browser's on a shared device. */
export default class PrivatePagesMiddleware {
  handle({ auth, response, route }: HttpContext, next: NextFn) {
    if (auth.user || !PUBLIC.includes(route?.name ?? '')) {
      response.header('Cache-Control', 'private, no-store')
    }
    return next()
  }
}
