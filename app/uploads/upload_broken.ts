import { Exception } from '@adonisjs/core/exceptions'

/** The upload is incomplete or malformed. */
export class UploadBroken extends Exception {
  static code = 'E_UPLOAD_BROKEN'

  constructor(message: string, status: 400 | 408, options?: ErrorOptions) {
    super(message, { ...options, status })
  }
}
