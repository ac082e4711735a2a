import type { HttpContext } from '@adonisjs/core/http'
import ImportDraft from '#csv/import_draft'
import { planImport } from '#csv/import_plan'
import { importPreview } from '#pages/import_preview'
import { lenient } from '#validators/lenient'
import { importPreviewValidator } from '#validators/product_import'

/**
 * The preview of a draft, or the choice of its columns while it is not known which has the names.
 *
 * @param again products changed since the last preview
 */
export async function showImport(ctx: HttpContext, again = false) {
  const { i18n, own, params, request, response, shop } = ctx
  const page = await lenient(importPreviewValidator, request.qs())
  const draft = await own.read((client) => ImportDraft.of(shop.id, params.id, client).firstOrFail())
  const list = draft.list()
  if (list.columns.name === undefined) {
    const ids = { shop_id: shop.id, import_id: draft.id }
    return response.redirect().status(303).toRoute('owner.import_columns.edit', ids)
  }
  const rows = await draft.rows(i18n, list)
  const plan = await own.read((client) => planImport(draft, rows, i18n, client))
  return ctx.page('pages/owner/product_imports/show', 'partials/owner/product_imports/preview', {
    shop: shop.summary,
    draft: { id: draft.id },
    again,
    ...importPreview(list, plan, page),
  })
}
