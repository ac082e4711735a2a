import { randomUUID } from 'node:crypto'
import { inject } from '@adonisjs/core'
import { errors, type HttpContext } from '@adonisjs/core/http'
import { CityCache } from '#caches/city_cache'
import { ProductCache } from '#caches/product_cache'
import { ShopCache } from '#caches/shop_cache'
import { deliveryTo } from '#delivery/delivery_to'
import { boughtBefore } from '#models/bought_before'
import { usualOf } from '#models/usual'
import { openNow, openNowOf } from '#pages/open_now'
import { shopBar } from '#pages/shop_bar'
import { ShopProducts } from '#search/shop_products'
import { lenient } from '#validators/lenient'
import { shopListValidator } from '#validators/shop'
import { shopPageValidator } from '#validators/shop_page'

@inject()
export default class ShopsController {
  constructor(
    private shops: ShopCache,
    private products: ProductCache,
    private cities: CityCache,
    private found: ShopProducts
  ) {}

  async index(ctx: HttpContext) {
    const asked = await lenient(shopListValidator, ctx.request.qs())
    const { after = null } = asked
    const city = asked.city ? await this.cities.named(asked.city, ctx.clock) : null
    const pin = city || after ? null : (ctx.place?.pin ?? null)
    const [page, cities, around] = await Promise.all([
      this.shops.page(city, after, ctx.clock),
      this.shops.cities(ctx.clock),
      pin ? this.shops.around(pin, ctx.clock) : null,
    ])
    const near = around ?? []
    const { key, states } = openNowOf(ctx, [...page.items, ...near])
    return ctx.keptPage('pages/shops/index', 'partials/shops/list', {
      from: [page, cities, around, key],
      asked: { city, after },
      near: pin,
      state: () => ({ city, cities, near, pin, openStates: states, ...page }),
    })
  }

  async show(ctx: HttpContext) {
    const { auth, clock, params, request } = ctx
    const given = await lenient(shopPageValidator, request.qs())
    const { q = null, category = null, after = null } = given
    const cursor = after
    const list = await (q
      ? this.products.found(params.id, { q, cursor }, clock, this.found)
      : this.products.list(params.id, cursor, clock, category))
    if (!list) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])

    const [ids, usual, bar] = await Promise.all([
      this.#bought(ctx),
      this.#usual(ctx),
      shopBar(ctx, list.shop),
    ])
    const isBought = Boolean(given.bought && ids?.length)
    const known = isBought ? await this.products.some(params.id, ids!, clock) : null
    const parts = { shopId: list.shop.id, here: isBought, usual: usual?.length, key: randomUUID() }
    const bought = ids?.length ? parts : null
    const { key, state: openState } = openNow(ctx, list.shop.opening)
    return ctx.keptPage('pages/shops/show', 'partials/products/list', {
      whose: isBought ? auth.user!.id : undefined,
      from: [list, known, isBought ? ids : null, key],
      asked: { q, category, after, bought: isBought },
      personal: { bar, bought, delivery: deliveryTo(list.shop, ctx.place, 0) },
      state: () => {
        const shown = known && { items: inOrder(known, ids!), next: null, first: true }
        return { ...list, ...shown, q, category, bought: isBought, openState }
      },
    })
  }

  /** What the customer has ordered here, if one is logged in. */
  async #bought({ auth, own, params }: HttpContext) {
    if (!auth.user) return null
    return own.keep(`bought ${params.id}`, (client) =>
      boughtBefore(auth.user!.id, params.id, client)
    )
  }

  async #usual({ auth, own, params }: HttpContext) {
    if (!auth.user) return null
    return own.keep(`usual ${params.id}`, (client) => usualOf(auth.user!.id, params.id, client))
  }
}

function inOrder<Item extends { id: string }>(items: Item[], ids: string[]) {
  const place = new Map(ids.map((id, at) => [id, at]))
  return items.toSorted((one, other) => place.get(one.id)! - place.get(other.id)!)
}
