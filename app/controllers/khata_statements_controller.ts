import type { HttpContext } from '@adonisjs/core/http'
import { sendStatement } from '#responses/send_statement'

/** The statement of a khata, for its customer. */
export default class KhataStatementsController {
  show(ctx: HttpContext) {
    const { auth, params } = ctx
    return sendStatement(ctx, (client) => auth.user!.findKhata(params.khata_id, client))
  }
}
