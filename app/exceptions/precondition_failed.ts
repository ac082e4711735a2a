import { Exception } from '@adonisjs/core/exceptions'

/** The resource changed since the client read it. */
export class PreconditionFailed extends Exception {
  static status = 412
  static code = 'E_PRECONDITION_FAILED'
  static message = 'It has changed since it was read; the ETag header has the current version'
}
