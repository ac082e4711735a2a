import { Exception } from '@adonisjs/core/exceptions'

/** The invitation to a khata is answered, withdrawn or expired, or there is an open khata already, or the shop has closed. */
export class InvitationRefused extends Exception {
  static code = 'E_INVITATION_REFUSED'
  static status = 409

  /** @param rule key of the message in `khata.refused` */
  constructor(readonly rule: 'invitation_gone' | 'already_open' | 'shop_closed') {
    super(`Khata invitation refused: ${rule}`)
  }
}
