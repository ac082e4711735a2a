import type { HttpContext } from '@adonisjs/core/http'
import { sendStatement } from '#responses/send_statement'

/** The statement of a khata, for its shop. */
export default class KhataStatementsController {
  show(ctx: HttpContext) {
    const { params, shop } = ctx
    return sendStatement(ctx, (client) => shop.findKhata(params.khata_id, client))
  }
}
