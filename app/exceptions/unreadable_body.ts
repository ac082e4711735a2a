import { Exception } from '@adonisjs/core/exceptions'

/** What was sent is not what it says it is, or is nested deeper than anything that is asked for. */
export class UnreadableBody extends Exception {
  static status = 400
  static code = 'E_UNREADABLE_BODY'
  static message = 'The body cannot be read'
}
