import { inject } from '@adonisjs/core'
import { CityCache } from '#caches/city_cache'
import { once } from '#forms/once'
import { locked } from '#edits/locked'
import { shopEdit, type ShopEdit } from '#edits/shop_edit'
import { shopTexts } from '#edits/texts'
import { ClosingRefused } from '#exceptions/closing_refused'
import { reportFull } from '#validators/report_full'
import { Belongings } from '#knowledge/belongings'
import { cityNameFor } from '#markup/city_names'
import { CATEGORIES } from '#models/category'
import { freshEdit } from '#models/product_edit'
import Order from '#models/order'
import { countProducts, tally } from '#models/product_filter'
import Shop from '#models/shop'
import { listAddress, shopWork } from '#pages/shop_work'
import { lenient } from '#validators/lenient'
import { productListValidator } from '#validators/product'
import { editedValidator } from '#validators/product_edit'
import { shopListValidator, shopValidator } from '#validators/shop'
import { ShopProducts } from '#search/shop_products'
import { ZeroResultLog } from '#search/zero_results/zero_result_log'
import type { HttpContext } from '@adonisjs/core/http'

/** Zero-result searches near the shop. */
const WANTED = { days: 14, limit: 5 }

/** The first view of the page is small. */
const FIRST_PRODUCTS = 10

/** How many of the open orders that block closing to show. */
const SHOWN = 20

@inject()
export default class ShopsController {
  constructor(
    private products: ShopProducts,
    private zeroResults: ZeroResultLog,
    private belongings: Belongings,
    private cities: CityCache
  ) {}

  async index(ctx: HttpContext) {
    const { after = null, closed = false } = await lenient(shopListValidator, ctx.request.qs())
    const owner = ctx.auth.user!
    const shown = await ctx.own.keep(`shops ${closed} ${after}`, async (client) => {
      const page = await Shop.pageOf(owner, after, closed, client)
      return { closed, hasClosed: closed || (await owner.hasClosedShops(client)), ...page }
    })
    return ctx.keptPage('pages/owner/shops/index', 'partials/owner/shops/list', {
      whose: owner.id,
      from: [shown],
      asked: { after, closed },
      state: () => shown,
    })
  }

  async show(ctx: HttpContext) {
    const {
      q = null,
      after = null,
      ...filter
    } = await lenient(productListValidator, ctx.request.qs())
    const { auth, shop } = ctx
    const asked = { q, after, ...filter }
    const size = after ? undefined : FIRST_PRODUCTS
    const shown = await this.#products(ctx, { q, cursor: after, filter, size })
    const { edited: editId } = await lenient(editedValidator, ctx.request.qs())
    const edited = editId ? await this.#edited(ctx, editId) : null
    const work = ctx.isFragment ? null : await shopWork(ctx)
    const wanted = ctx.isFragment ? null : await this.#wanted(ctx)
    const { name, city, pinCode, closedAt } = shop
    return ctx.keptPage('pages/owner/shops/show', 'partials/owner/products/list', {
      whose: auth.user!.id,
      from: [
        name,
        city,
        pinCode,
        closedAt?.toMillis(),
        shown,
        wanted,
        edited,
        ...(work?.from ?? []),
      ],
      asked,
      state: () => {
        const ofShop = { shop: shop.summary, closedAt, wanted, ...work?.state }
        const list = { q, filter, after, tally, address: listAddress, categories: CATEGORIES }
        return { ...ofShop, edited: edited && JSON.parse(edited), ...list, ...shown }
      },
    })
  }

  async create(ctx: HttpContext) {
    return ctx.page('pages/owner/shops/create', 'partials/owner/shops/form', {
      shop: null,
      ...(await this.#choice(ctx)),
    })
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

  async edit(ctx: HttpContext, submitted?: ShopEdit) {
    const { shop } = ctx
    const edit = submitted ?? (await shopEdit(ctx, this.cities))
    return ctx.page('pages/owner/shops/edit', 'partials/owner/shops/form', {
      shop: shop.summary,
      ...edit.state(shopTexts(shop)),
      ...(await this.#choice(ctx)),
      closedAt: shop.closedAt,
      standing: await shop.standing(),
      openOrders: await Order.openAt(shop.id, SHOWN),
    })
  }

  async update(ctx: HttpContext) {
    const { shop } = ctx
    const edit = await shopEdit(ctx, this.cities)
    ctx.whenInvalid(() => this.edit(ctx, edit))
    const data = edit.over(shopTexts(shop))
    const {
      name,
      city,
      pin_code: pinCode,
    } = await ctx.request.validateUsing(shopValidator, { data })
    const values = { name: { name }, city: { city }, pin_code: { pinCode: pinCode ?? null } }
    const cityName = await cityNameFor(ctx)
    const nameOf = (field: string, text: string) => (field === 'city' ? cityName(text) : text)
    await locked(Shop.query().where('id', shop.id), (row) =>
      edit.apply(row, shopTexts, values, ctx.i18n, nameOf)
    )
    ctx.flash(ctx.i18n.t('status.shop_updated'))
    ctx.response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }

  /** The cities that a form offers: those without a Hindi name may be made up. */
  async #choice(ctx: HttpContext) {
    const cities = await this.cities.all(ctx.clock)
    return { cities: cities.filter(({ nameHi }) => nameHi), cityName: await cityNameFor(ctx) }
  }

  #products({ own, shop }: HttpContext, asked: Parameters<ShopProducts['page']>[1]) {
    return own.keep(`products ${shop.id} ${JSON.stringify(asked)}`, async (client) => ({
      ...(await this.products.page(shop.id, asked, client)),
      counts: await countProducts(shop.id, client),
    }))
  }

  /** What can be undone, in words that end with that time. */
  async #edited({ own, shop }: HttpContext, id: string) {
    const edit = await own.read((client) => freshEdit(shop.id, id, client))
    return edit && JSON.stringify(edit)
  }

  /** What people of the shop's city look for in vain. */
  #wanted({ clock, shop }: HttpContext) {
    const { city } = shop
    const today = new Date().toDateString()
    return this.belongings.keep(`searches in ${city}`, clock, today, (client) =>
      this.zeroResults.shown({ city, ...WANTED }, client)
    )
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
