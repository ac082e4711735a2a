import { Exception } from '@adonisjs/core/exceptions'

/** The session was ended, in another tab or by an operator, while this request was at work on it. */
export class SessionEnded extends Exception {
  static status = 403
  static code = 'E_SESSION_ENDED'
  static message = 'The session was ended meanwhile'
}
