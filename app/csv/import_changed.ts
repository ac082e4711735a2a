import { Exception } from '@adonisjs/core/exceptions'

/** Products changed since the preview; a new preview is shown. */
export class ImportChanged extends Exception {
  static code = 'E_IMPORT_CHANGED'
  static status = 409
  static message = 'Products changed since the list was checked'
}
