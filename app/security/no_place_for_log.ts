import { Exception } from '@adonisjs/core/exceptions'

/** A server whose security log is lost unnoticed would be worse than one that does not start. */
export class NoPlaceForLog extends Exception {
  static code = 'E_NO_PLACE_FOR_LOG'

  constructor(directory: string, cause: unknown) {
    super(`No security log in ${directory}: set SECURITY_LOG to another directory or to stdout`, {
      cause,
    })
  }
}
