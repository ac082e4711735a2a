import { Exception } from '@adonisjs/core/exceptions'

/** The server refuses to start rather than lose its security log. */
export class NoPlaceForLog extends Exception {
  static code = 'E_NO_PLACE_FOR_LOG'

  constructor(directory: string, cause: unknown) {
    super(`No security log in ${directory}: set SECURITY_LOG to another directory or to stdout`, {
      cause,
    })
  }
}
