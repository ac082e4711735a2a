import { Exception } from '@adonisjs/core/exceptions'

/** Not from a page of ours, or from a browser that does not say so. */
export class ForeignRequest extends Exception {
  static status = 403
  static code = 'E_FOREIGN_REQUEST'
  static message = 'The request does not come from a page of this site'

  constructor(readonly kind: 'foreign' | 'unsaid' = 'foreign') {
    super()
  }
}
