import { Exception } from '@adonisjs/core/exceptions'

/** The form has more fields than are read; none of them counts. */
export class TooManyFields extends Exception {
  static status = 413
  static code = 'E_TOO_MANY_FIELDS'
  static message = 'The form has too many fields'
}
