import { Exception } from '@adonisjs/core/exceptions'

/** Only the other role may do this. */
export class WrongRole extends Exception {
  static status = 403
  static code = 'E_WRONG_ROLE'
}
