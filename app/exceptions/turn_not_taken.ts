import { Exception } from '@adonisjs/core/exceptions'

/** Timed out waiting for other requests of the session; the request was not processed. */
export class TurnNotTaken extends Exception {
  static status = 503
  static code = 'E_TURN_NOT_TAKEN'
  static message = 'Too many concurrent requests in this session: this one was not processed'
}
