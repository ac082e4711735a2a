import { Exception } from '@adonisjs/core/exceptions'

/** The account was created by `seed:demo`, whose password is public. */
export class DemoAccountsOff extends Exception {
  static status = 403
  static code = 'E_DEMO_ACCOUNTS_OFF'
  static message = 'Demo accounts are turned off. To use them, start the server with DEMO=true.'
}
