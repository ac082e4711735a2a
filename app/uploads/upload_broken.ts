import { Exception } from '@adonisjs/core/exceptions'

/** An upload that cannot be read to its end. */
export class UploadBroken extends Exception {
  static code = 'E_UPLOAD_BROKEN'

  constructor(message: string, status: 400 | 408, options?: ErrorOptions) {
    super(message, { ...options, status })
  }
}
