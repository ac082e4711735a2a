import { Exception } from '@adonisjs/core/exceptions'

/** The invitation is answered, withdrawn or expired; a khata is already open; or the shop has closed. */
export class InvitationRefused extends Exception {
  static code = 'E_INVITATION_REFUSED'
  static status = 409

  /** @param rule key in `khata.refused` */
  constructor(readonly rule: 'invitation_gone' | 'request_gone' | 'already_open' | 'shop_closed') {
    super(`Khata invitation refused: ${rule}`)
  }
}
