import { inject } from '@adonisjs/core'
import { once } from '#forms/once'
import { Edit } from '#edits/edit'
import { locked } from '#edits/locked'
import { SHOP_FIELDS, shopTexts } from '#edits/texts'
import { ClosingRefused } from '#exceptions/closing_refused'
import { reportFull } from '#validators/report_full'
import { CATEGORIES } from '#models/category'
import Order from '#models/order'
import Product from '#models/product'
import Shop from '#models/shop'
import { lenient } from '#validators/lenient'
import { productListValidator } from '#validators/product'
import { shopListValidator, shopValidator } from '#validators/shop'
import { ZeroResultLog } from '#search/zero_results/zero_result_log'
import type { HttpContext } from '@adonisjs/core/http'

/** Zero-result searches near the shop. */
const WANTED = { days: 14, limit: 5 }

/** How many of the open orders that block closing to show. */
const SHOWN = 20

@inject()
export default class ShopsController {
  constructor(private zeroResults: ZeroResultLog) {}

  async index(ctx: HttpContext) {
    const { after = null, closed = false } = await lenient(shopListValidator, ctx.request.qs())
    const page = await Shop.pageOf(ctx.auth.user!, after, closed)
    const hasClosed = closed || (await ctx.auth.user!.hasClosedShops())
    return ctx.page('pages/owner/shops/index', 'partials/owner/shops/list', {
      closed,
      hasClosed,
      ...page,
    })
  }

  async show(ctx: HttpContext) {
    const { q = null, after } = await lenient(productListValidator, ctx.request.qs())
    const { shop } = ctx
    const page = await Product.page(shop.id, { q, cursor: after })
    return ctx.page('pages/owner/shops/show', 'partials/owner/products/list', {
      shop: shop.summary,
      closedAt: shop.closedAt,
      wanted: ctx.isFragment ? [] : await this.zeroResults.shown({ city: shop.city, ...WANTED }),
      categories: CATEGORIES,
      q,
      ...page,
    })
  }

  async create(ctx: HttpContext) {
    return ctx.page('pages/owner/shops/create', 'partials/owner/shops/form', { shop: null })
  }

  async store(ctx: HttpContext) {
    ctx.whenInvalid(() => this.create(ctx))
    const { name, city, pin_code: pinCode } = await ctx.request.validateUsing(shopValidator)
    const owner = ctx.auth.user!
    const values = { name, city, pinCode }
    const { id } = await reportFull('name', ctx, () =>
      once(ctx, values, async (client) => {
        const shop = await owner.openShop(values, client)
        return { id: shop.id }
      })
    )
    ctx.flash(ctx.i18n.t('status.shop_created'))
    ctx.response.redirect().status(303).toRoute('owner.shops.show', { id })
  }

  async edit(ctx: HttpContext, edit = shopEdit(ctx)) {
    const { shop } = ctx
    return ctx.page('pages/owner/shops/edit', 'partials/owner/shops/form', {
      shop: shop.summary,
      ...edit.state(shopTexts(shop)),
      closedAt: shop.closedAt,
      standing: await shop.standing(),
      openOrders: await Order.openAt(shop.id, SHOWN),
    })
  }

  async update(ctx: HttpContext) {
    const { shop } = ctx
    const edit = shopEdit(ctx)
    ctx.whenInvalid(() => this.edit(ctx, edit))
    const data = edit.over(shopTexts(shop))
    const {
      name,
      city,
      pin_code: pinCode,
    } = await ctx.request.validateUsing(shopValidator, { data })
    const values = { name: { name }, city: { city }, pin_code: { pinCode: pinCode ?? null } }
    await locked(Shop.query().where('id', shop.id), (row) =>
      edit.apply(row, shopTexts(row), values, ctx.i18n)
    )
    ctx.flash(ctx.i18n.t('status.shop_updated'))
    ctx.response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }

  async destroy({ flash, i18n, response, shop }: HttpContext) {
    try {
      flash(i18n.t(`closing.${await shop.close()}`))
      response.redirect().status(303).toRoute('owner.shops.index')
    } catch (error) {
      if (!(error instanceof ClosingRefused)) throw error
      flash(i18n.t('closing.refused'), 'error')
      response.redirect().status(303).toRoute('owner.shops.edit', { id: shop.id })
    }
  }
}

function shopEdit({ request }: HttpContext) {
  return new Edit(SHOP_FIELDS, request.body())
}
