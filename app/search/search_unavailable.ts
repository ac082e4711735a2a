import { Exception } from '@adonisjs/core/exceptions'

/** The search engine is unavailable; `cause` is its error or the network's. */
export class SearchUnavailable extends Exception {
  static code = 'E_SEARCH_UNAVAILABLE'
  static status = 503
  static message = 'Search is unavailable at the moment'
}
