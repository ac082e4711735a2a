import type { HttpContext } from '@adonisjs/core/http'
import { editPrices, typedRows, type EditedRow } from '#edits/edit_prices'
import { addressOf, priceRow, pricesPage, typedPrices, typedRow } from '#pages/price_pages'
import { lenient } from '#validators/lenient'
import { priceListValidator } from '#validators/price_list'

/** The prices and stocks of a shop as one list, for the morning. */
export default class PricesController {
  async index(ctx: HttpContext) {
    const asked = await lenient(priceListValidator, ctx.request.qs())
    return this.#show(ctx, await pricesPage(ctx, asked))
  }

  /** A row that saves itself, or all rows of a page without JavaScript. */
  async update(ctx: HttpContext) {
    const { request, response, shop } = ctx
    const asked = await lenient(priceListValidator, request.input('list') ?? {})
    const typed = typedRows(ctx)
    ctx.whenInvalid(async () => this.#show(ctx, await typedPrices(ctx, asked, typed)))
    const rows = await editPrices(ctx, shop.id, typed)
    const refused = rows.filter(isRefused)
    if (refused.length) response.status(422)
    const [id] = typed.keys()
    if (ctx.isFragment && id) return this.#said(ctx, id, rows[0])
    const status = savedText(ctx, rows)
    if (refused.length) {
      const page = await typedPrices(ctx, asked, typed, refused)
      return this.#show(ctx, { ...page, saved: status, refused })
    }
    ctx.flash(status)
    const { after, whole } = asked
    const qs = addressOf(asked, { whole: whole && 1, after })
    response.redirect().status(303).withQs(qs).toRoute('owner.prices.index', [shop.id])
  }

  #show(ctx: HttpContext, state: object) {
    return ctx.page('pages/owner/prices/index', 'partials/owner/prices/rows', {
      shop: ctx.shop.summary,
      ...state,
    })
  }

  /** What became of a row; its fields stay as they are. */
  async #said(ctx: HttpContext, id: string, edited?: EditedRow) {
    const product = edited?.product ?? (await ctx.shop.product(id).first())?.details
    if (!product) {
      ctx.response.status(422)
      return ctx.view.render('partials/owner/prices/gone', { id, fragment: true })
    }
    const row = edited && isRefused(edited) ? typedRow(edited) : priceRow(product)
    const before = edited?.before ?? {}
    return ctx.view.render('partials/owner/prices/said', { ...row, before, fragment: true })
  }
}

const isRefused = ({ errors }: EditedRow) => Object.keys(errors).length > 0

function savedText({ i18n }: HttpContext, rows: EditedRow[]) {
  const count = rows.filter(({ before }) => Object.keys(before).length > 0).length
  return i18n.t('prices.saved_many', { count, n: i18n.formatNumber(count) })
}
