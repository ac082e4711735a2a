import type { DatabaseError } from 'pg'
import { inject } from '@adonisjs/core'
import { once } from '#forms/once'
import { CATEGORIES } from '#models/category'
import Product from '#models/product'
import Shop from '#models/shop'
import { lenient } from '#validators/lenient'
import { productListValidator } from '#validators/product'
import { shopListValidator, shopValidator } from '#validators/shop'
import { MissLog } from '#search/misses/miss_log'
import type { HttpContext } from '@adonisjs/core/http'

const KEEPS_SHOP = ['orders_open_have_a_shop', 'khatas_shop_id_foreign']

/** What people near the shop searched for in vain. */
const WANTED = { days: 14, limit: 5 }

@inject()
export default class ShopsController {
  constructor(private misses: MissLog) {}

  async index(ctx: HttpContext) {
    const { after } = await lenient(shopListValidator, ctx.request.qs())
    const page = await Shop.pageOf(ctx.auth.user!, after ?? null)
    return ctx.page('pages/owner/shops/index', 'partials/owner/shops/list', { ...page })
  }

  async show(ctx: HttpContext) {
    const { q = null, after } = await lenient(productListValidator, ctx.request.qs())
    const shop = await ctx.auth.user!.findShop(ctx.params.id)
    const page = await Product.page(shop.id, { q, cursor: after })
    return ctx.page('pages/owner/shops/show', 'partials/owner/products/list', {
      shop: shop.summary,
      wanted: ctx.isFragment ? [] : await this.misses.shown({ city: shop.city, ...WANTED }),
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
    const values = { name, city, pinCode }
    const { id } = await once(ctx, values, async (client) => {
      const shop = await ctx.auth.user!.related('shops').create(values, { client })
      return { id: shop.id }
    })
    ctx.flash(ctx.i18n.t('status.shop_created'))
    ctx.response.redirect().status(303).toRoute('owner.shops.show', { id })
  }

  async edit(ctx: HttpContext) {
    const shop = await ctx.auth.user!.findShop(ctx.params.id)
    return ctx.page('pages/owner/shops/edit', 'partials/owner/shops/form', { shop: shop.summary })
  }

  async update(ctx: HttpContext) {
    const shop = await ctx.auth.user!.findShop(ctx.params.id)
    ctx.whenInvalid(() => this.edit(ctx))
    const { name, city, pin_code: pinCode } = await ctx.request.validateUsing(shopValidator)
    await shop.merge({ name, city, pinCode: pinCode ?? null }).save()
    ctx.flash(ctx.i18n.t('status.shop_updated'))
    ctx.response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }

  async destroy({ auth, params, flash, i18n, response }: HttpContext) {
    const shop = await auth.user!.findShop(params.id)
    if (!(await deleted(shop))) {
      flash(i18n.t('board.open_orders'), 'error')
      return response.redirect().status(303).toRoute('owner.shops.edit', { id: shop.id })
    }
    flash(i18n.t('status.shop_deleted'))
    response.redirect().status(303).toRoute('owner.shops.index')
  }
}

/** Only the database can tell whether an order came in just now; it keeps a shop that has open ones or a khata. */
async function deleted(shop: Shop) {
  try {
    await shop.delete()
    return true
  } catch (error) {
    if (KEEPS_SHOP.includes((error as DatabaseError).constraint ?? '')) return false
    throw error
  }
}
