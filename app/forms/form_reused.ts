import { Exception } from '@adonisjs/core/exceptions'

/** The key has done something already, and it was something else. */
export class FormReused extends Exception {
  static code = 'E_FORM_REUSED'
  static status = 422
  static message = 'This key was used for another submission'
}
