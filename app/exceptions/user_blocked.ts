import { Exception } from '@adonisjs/core/exceptions'

export class UserBlocked extends Exception {
  static status = 403
  static code = 'E_USER_BLOCKED'
  static message = 'This account is blocked'
}
