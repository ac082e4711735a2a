import type { HttpContext } from '@adonisjs/core/http'
import { salesPage } from '#pages/sales_page'
import { lenient } from '#validators/lenient'
import { salesValidator } from '#validators/sales'

/** What a shop sold, by day, hour and item. */
export default class SalesController {
  async index(ctx: HttpContext) {
    const asked = await lenient(salesValidator, ctx.request.qs())
    return ctx.view.render('pages/owner/sales/index', await salesPage(ctx, asked))
  }
}
