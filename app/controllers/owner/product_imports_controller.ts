import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { ImportChanged } from '#csv/import_changed'
import { digestOf, planImport, withStockSeen } from '#csv/import_plan'
import { importProducts } from '#csv/import_products'
import { PRODUCT_COLUMNS, readProductRows, type ProductRow } from '#csv/product_rows'
import { textOfFile } from '#csv/text_of_file'
import { toCsv } from '#csv/to_csv'
import { UnreadableFile } from '#csv/unreadable_file'
import { once } from '#forms/once'
import { reportFull } from '#validators/report_full'
import { withinAllowance } from '#models/allowance'
import { TEXT_NAMES } from '#models/product_texts'
import type Shop from '#models/shop'
import { receiveFile } from '#uploads/receive_file'
import { productImportValidator } from '#validators/product_import'

/** Imports products from a list, after a preview of the changes. */
export default class ProductImportsController {
  async create(ctx: HttpContext) {
    const { shop } = ctx
    return ctx.view.render('pages/owner/product_imports/create', { shop: shop.summary })
  }

  async preview(ctx: HttpContext) {
    const { shop } = ctx
    ctx.whenInvalid(() => this.create(ctx))
    return this.#preview(ctx, shop, (await this.#read(ctx)).rows)
  }

  async store(ctx: HttpContext) {
    const { shop } = ctx
    ctx.whenInvalid(() => this.create(ctx))
    const { rows, shown } = await this.#read(ctx)
    try {
      const { created, changed } = await reportFull('csv', ctx, () =>
        once(ctx, { rows, shown }, (client) =>
          withinAllowance(shop.ownerId, 'products', client, () =>
            importProducts(shop.id, rows, ctx.i18n, client, shown)
          )
        )
      )
      ctx.flash(ctx.i18n.t('imports.done', { created, changed }))
      ctx.response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
    } catch (error) {
      if (!(error instanceof ImportChanged)) throw error
      ctx.response.status(error.status)
      return this.#preview(ctx, shop, rows, true)
    }
  }

  async #preview(ctx: HttpContext, shop: Shop, rows: ProductRow[], again = false) {
    const plan = await planImport(shop.id, rows, ctx.i18n)
    return ctx.view.render('pages/owner/product_imports/preview', {
      shop: shop.summary,
      csv: toCsv(withStockSeen(plan), PRODUCT_COLUMNS),
      shown: digestOf(plan),
      rows: plan,
      texts: TEXT_NAMES,
      good: plan.filter(({ product }) => product).length,
      effective: plan.filter(({ product, present, changes }) => {
        return product && (!present || changes.length > 0)
      }).length,
      again,
    })
  }

  async #read(ctx: HttpContext) {
    const { request, i18n } = ctx
    const file = await receiveFile(ctx)
    const { csv: pasted, shown } = await request.validateUsing(productImportValidator)
    try {
      const csv = file ? textOfFile(file) : (pasted ?? '')
      return { rows: await readProductRows(csv, i18n), shown }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      const message = i18n.t(`imports.${error.reason}`, error.values)
      throw new errors.E_VALIDATION_ERROR([{ field: 'csv', rule: error.reason, message }])
    }
  }
}
