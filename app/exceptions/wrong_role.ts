import { Exception } from '@adonisjs/core/exceptions'

export class WrongRole extends Exception {
  static status = 403
  static code = 'E_WRONG_ROLE'
}
