import { Exception } from '@adonisjs/core/exceptions'

/** Cross-site request, or a browser that does not say where it comes from. */
export class ForeignRequest extends Exception {
  static status = 403
  static code = 'E_FOREIGN_REQUEST'
  static message = 'The request does not come from a page of this site'

  constructor(readonly kind: 'foreign' | 'unsaid' = 'foreign') {
    super()
  }
}
