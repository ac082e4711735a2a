import type { HttpContext } from '@adonisjs/core/http'
import { ImportChanged } from '#csv/import_changed'
import { importDraft } from '#csv/import_products'
import { once } from '#forms/once'
import { withinAllowance } from '#models/allowance'
import { showImport } from '#responses/show_import'
import { importValidator } from '#validators/product_import'
import { reportFull } from '#validators/report_full'

/** Stores the products of a list that was checked. */
export default class ImportedProductsController {
  async store(ctx: HttpContext) {
    const { i18n, params, request, response, shop } = ctx
    ctx.whenInvalid(() => showImport(ctx))
    const { shown } = await request.validateUsing(importValidator)
    try {
      const { created, changed } = await reportFull('import', ctx, () =>
        once(ctx, { shown }, (client) =>
          withinAllowance(shop.ownerId, 'products', client, () =>
            importDraft(shop.id, params.id, shown, i18n, client)
          )
        )
      )
      ctx.flash(i18n.t('imports.done', { created, changed }))
      response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
    } catch (error) {
      if (!(error instanceof ImportChanged)) throw error
      response.status(error.status)
      return showImport(ctx, true)
    }
  }
}
