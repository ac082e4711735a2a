import { Exception } from '@adonisjs/core/exceptions'

export class NotAcceptable extends Exception {
  static status = 406
  static code = 'E_NOT_ACCEPTABLE'
  static message = 'This API speaks application/json'
}
