import { Exception } from '@adonisjs/core/exceptions'

/** Missing, or owned by another user: the response is the same. */
export class ResourceNotFound extends Exception {
  static status = 404
  static code = 'E_RESOURCE_NOT_FOUND'

  constructor(name: string) {
    super(`${name} not found`)
  }
}
