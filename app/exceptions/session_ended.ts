import { Exception } from '@adonisjs/core/exceptions'

/** The session ended during the request, from another tab or by an operator. */
export class SessionEnded extends Exception {
  static status = 403
  static code = 'E_SESSION_ENDED'
  static message = 'The session has ended'
}
