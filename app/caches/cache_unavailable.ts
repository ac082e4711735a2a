import { Exception } from '@adonisjs/core/exceptions'

/** The cache did not answer. Callers fall back to the database. */
export class CacheUnavailable extends Exception {
  static status = 503
  static code = 'E_CACHE_UNAVAILABLE'
  static message = 'The cache did not answer'
}
