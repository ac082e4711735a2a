import { Exception } from '@adonisjs/core/exceptions'

/** The search engine did not answer; `cause` is what it or the way to it said. */
export class SearchUnavailable extends Exception {
  static code = 'E_SEARCH_UNAVAILABLE'
  static status = 503
  static message = 'Search is not available at the moment'
}
