import type { HttpContext } from '@adonisjs/core/http'
import ImportDraft from '#csv/import_draft'
import { showImport } from '#responses/show_import'
import { receiveFile } from '#uploads/receive_file'
import { receiveList } from '#uploads/receive_list'
import { correctionsValidator } from '#validators/product_import'

/** More than a page of corrections has. */
const MOST_CORRECTIONS = 200

/** Imports products from a list: a draft, which shows what it would change and can be corrected. */
export default class ProductImportsController {
  async create({ shop, view }: HttpContext) {
    return view.render('pages/owner/product_imports/create', { shop: shop.summary })
  }

  async store(ctx: HttpContext) {
    const { response, shop } = ctx
    ctx.whenInvalid(() => this.create(ctx))
    const id = await ImportDraft.start(shop.id, await receiveList(ctx))
    response.redirect().status(303).toRoute('owner.product_imports.show', { shop_id: shop.id, id })
  }

  async show(ctx: HttpContext) {
    return showImport(ctx)
  }

  /** Corrections are kept also when the language is switched meanwhile: they only change the draft. */
  async update(ctx: HttpContext) {
    const { params, request, response, shop } = ctx
    const draft = await ImportDraft.of(shop.id, params.id).firstOrFail()
    ctx.whenInvalid(() => showImport(ctx))
    await receiveFile(ctx, MOST_CORRECTIONS)
    const { corrections, ...pages } = await request.validateUsing(correctionsValidator)
    await draft.correct(corrections ?? {})
    const ids = { shop_id: shop.id, id: draft.id }
    response.redirect().status(303).withQs(pages).toRoute('owner.product_imports.show', ids)
  }
}
