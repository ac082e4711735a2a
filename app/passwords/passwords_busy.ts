import { Exception } from '@adonisjs/core/exceptions'

/** Too many password checks are queued; each is expensive on purpose. */
export class PasswordsBusy extends Exception {
  static status = 503
  static code = 'E_PASSWORDS_BUSY'
  static message = 'Too many people are logging in at once'
}
