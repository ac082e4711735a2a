import { Exception } from '@adonisjs/core/exceptions'

/** Instead of what the form does: it is shown again as it was typed. */
export class LanguageSwitched extends Exception {
  static code = 'E_LANGUAGE_SWITCHED'
  static status = 200
}
