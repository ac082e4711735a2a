import { once } from '#forms/once'
import { editProduct, productEdit, UNIQUE } from '#edits/edit_product'
import { productTexts } from '#edits/texts'
import { CATEGORIES } from '#models/category'
import { labelFrom } from '#models/product_label'
import { textsOf } from '#models/product_texts'
import { stockAfter } from '#models/product'
import type Shop from '#models/shop'
import { reportFull } from '#validators/report_full'
import { reportTaken } from '#validators/report_taken'
import { lenient } from '#validators/lenient'
import { editedFieldValidator, newProductValidator, productValidator } from '#validators/product'
import { GoodsReading } from '#validators/read_goods'
import type { HttpContext } from '@adonisjs/core/http'

export default class ProductsController {
  async create(ctx: HttpContext) {
    const { shop } = ctx
    const { name } = await lenient(newProductValidator, ctx.request.qs())
    return ctx.page('pages/owner/products/create', 'partials/owner/products/form', {
      ...this.#formState(shop),
      product: null,
      ...(name && ctx.request.method() === 'GET' ? { values: { name } } : {}),
    })
  }

  async store(ctx: HttpContext) {
    const { shop } = ctx
    ctx.whenInvalid(() => this.create(ctx))
    const payload = await this.#payload(ctx)
    const product = await reportTaken(UNIQUE, ctx, () =>
      reportFull('name', ctx, () =>
        once(ctx, payload, async (client) => (await shop.addProduct(payload, client)).details)
      )
    )
    return this.#answer(ctx, 'partials/owner/products/created', 'status.product_created', {
      ...this.#formState(shop),
      product,
    })
  }

  async show(ctx: HttpContext) {
    const { own, params, shop } = ctx
    const product = await own.read((client) => shop.findProduct(params.id, client))
    return ctx.page('pages/owner/products/edit', 'partials/owner/products/row', {
      ...this.#formState(shop),
      product: product.details,
      ...productEdit(ctx).state(productTexts(product.details)),
    })
  }

  async edit(ctx: HttpContext, edit = productEdit(ctx)) {
    const { own, params, request, shop } = ctx
    const product = await own.read((client) => shop.findProduct(params.id, client))
    const { field } = await lenient(editedFieldValidator, request.qs())
    return ctx.page('pages/owner/products/edit', 'partials/owner/products/edit_row', {
      ...this.#formState(shop),
      focus: field,
      product: product.details,
      ...edit.state(productTexts(product.details)),
    })
  }

  async update(ctx: HttpContext) {
    const { shop } = ctx
    const edit = productEdit(ctx)
    ctx.whenInvalid(() => this.edit(ctx, edit))
    const product = await editProduct(ctx, shop.product(ctx.params.id), edit)
    return this.#answer(ctx, 'partials/owner/products/row', 'status.product_updated', {
      ...this.#formState(shop),
      product: product.details,
    })
  }

  async destroy(ctx: HttpContext) {
    const { shop } = ctx
    const product = await shop.findProduct(ctx.params.id)
    await product.delete()
    return this.#answer(ctx, 'partials/owner/products/deleted', 'status.product_deleted', {
      ...this.#formState(shop),
      product: product.details,
    })
  }

  #formState(shop: Shop) {
    return { shop: shop.summary, categories: CATEGORIES }
  }

  async #payload({ request }: HttpContext) {
    const given = await request.validateUsing(productValidator, { meta: {} })
    const { name, category = null, price: pricePaise } = given
    const { values, stock } = new GoodsReading(request.body())
    return {
      ...{ name, ...textsOf(given), category, pricePaise, ...values, ...labelFrom(given) },
      stock: stockAfter({ ...values, stock: 0 }, stock),
    }
  }

  async #answer(
    ctx: HttpContext,
    partial: string,
    message: string,
    state: { shop: { id: string } } & Record<string, unknown>
  ) {
    const status = ctx.i18n.t(message)
    if (ctx.isFragment) return ctx.view.render(partial, { ...state, status, fragment: true })
    ctx.flash(status)
    ctx.response.redirect().status(303).toRoute('owner.shops.show', { id: state.shop.id })
  }
}
