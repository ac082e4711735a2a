import { Exception } from '@adonisjs/core/exceptions'

export class UnsupportedMediaType extends Exception {
  static status = 415
  static code = 'E_UNSUPPORTED_MEDIA_TYPE'
}
