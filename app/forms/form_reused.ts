import { Exception } from '@adonisjs/core/exceptions'

/** The idempotency key was used with other content. */
export class FormReused extends Exception {
  static code = 'E_FORM_REUSED'
  static status = 422
  static message = 'This key was used for another submission'
}
