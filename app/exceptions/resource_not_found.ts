import { Exception } from '@adonisjs/core/exceptions'

/** There is no such thing, or it is somebody else's: the answer is the same. */
export class ResourceNotFound extends Exception {
  static status = 404
  static code = 'E_RESOURCE_NOT_FOUND'

  constructor(name: string) {
    super(`${name} not found`)
  }
}
