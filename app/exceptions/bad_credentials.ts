import { Exception } from '@adonisjs/core/exceptions'

export class BadCredentials extends Exception {
  static status = 400
  static code = 'E_BAD_CREDENTIALS'
  static message = 'Incorrect username or password'
}
