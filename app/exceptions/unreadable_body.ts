import { Exception } from '@adonisjs/core/exceptions'

/** The body does not match its content type or encoding, or is nested too deeply. */
export class UnreadableBody extends Exception {
  static status = 400
  static code = 'E_UNREADABLE_BODY'
  static message = 'The body cannot be read'
}
