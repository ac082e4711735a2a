import type { HttpContext } from '@adonisjs/core/http'
import ImportDraft from '#csv/import_draft'
import { importColumns } from '#pages/import_columns'
import { unreadable } from '#uploads/unreadable'
import { importColumnsValidator } from '#validators/product_import'

/** How a list is written, and what its columns are, as the owner says. */
export default class ImportColumnsController {
  async edit({ own, params, shop, view }: HttpContext) {
    const draft = await own.read((client) =>
      ImportDraft.of(shop.id, params.import_id, client).firstOrFail()
    )
    return view.render('pages/owner/import_columns/edit', {
      shop: shop.summary,
      ...importColumns(draft),
    })
  }

  async update(ctx: HttpContext) {
    const { params, request, response, shop } = ctx
    const draft = await ImportDraft.of(shop.id, params.import_id).firstOrFail()
    ctx.whenInvalid(() => this.edit(ctx))
    const { separator, ...payload } = await request.validateUsing(importColumnsValidator, {
      meta: { before: draft.separator },
    })
    const hasHeader = payload.first_line === 'names'
    const decimalMark = payload.decimal_mark
    await draft
      .reformat({ separator, decimalMark, hasHeader }, payload.columns)
      .catch((error: Error) => {
        throw unreadable('separator', error, ctx)
      })
    const ids = { shop_id: shop.id, id: draft.id }
    response.redirect().status(303).toRoute('owner.product_imports.show', ids)
  }
}
