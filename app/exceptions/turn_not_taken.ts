import { Exception } from '@adonisjs/core/exceptions'

/** Other requests of the same session were before this one for too long; nothing of it was done. */
export class TurnNotTaken extends Exception {
  static status = 503
  static code = 'E_TURN_NOT_TAKEN'
  static message = 'Too many requests of one session at once: nothing of this one was done'
}
