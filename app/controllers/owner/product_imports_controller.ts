import { readFile } from 'node:fs/promises'
import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { readProductRows } from '#csv/product_rows'
import { textOfFile } from '#csv/text_of_file'
import { UnreadableFile } from '#csv/unreadable_file'
import { once } from '#forms/once'
import Product from '#models/product'
import { productImportValidator } from '#validators/product_import'

/** Products from a list: first it is shown what the list would do, then it is done. */
export default class ProductImportsController {
  async create(ctx: HttpContext) {
    const shop = await ctx.auth.user!.findShop(ctx.params.shop_id)
    return ctx.view.render('pages/owner/product_imports/create', { shop: shop.summary })
  }

  async preview(ctx: HttpContext) {
    const shop = await ctx.auth.user!.findShop(ctx.params.shop_id)
    ctx.whenInvalid(() => this.create(ctx))
    const { csv, rows } = await this.#read(ctx)
    const names = rows.flatMap(({ product }) => product?.name ?? [])
    const present = await Product.namedIn(shop.id, names)
    return ctx.view.render('pages/owner/product_imports/preview', {
      shop: shop.summary,
      csv,
      rows,
      present: new Map(present.map((product) => [product.name.toLowerCase(), product])),
      good: rows.filter(({ product }) => product).length,
    })
  }

  async store(ctx: HttpContext) {
    const shop = await ctx.auth.user!.findShop(ctx.params.shop_id)
    ctx.whenInvalid(() => this.create(ctx))
    const { csv, rows } = await this.#read(ctx)
    const products = rows.flatMap(({ product }) => product ?? [])
    const { created, changed } = await once(ctx, { csv }, (client) =>
      Product.importInto(shop.id, products, client)
    )
    ctx.flash(ctx.i18n.t('imports.done', { created, changed }))
    ctx.response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }

  async #read(ctx: HttpContext) {
    const { request, i18n } = ctx
    const file = request.file('file')
    const { csv: pasted } = await request.validateUsing(productImportValidator)
    try {
      const csv = file?.tmpPath ? textOfFile(await readFile(file.tmpPath)) : (pasted ?? '')
      return { csv, rows: await readProductRows(csv, i18n) }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      const message = i18n.t(`imports.${error.reason}`, error.values)
      throw new errors.E_VALIDATION_ERROR([{ field: 'csv', rule: error.reason, message }])
    }
  }
}
