import { inject } from '@adonisjs/core'
import router from '@adonisjs/core/services/router'
import type { Infer } from '@vinejs/vine/types'
import { askedPortion, askedStep, typedPortion } from '#cart/asked_portion'
import { isLoose } from '#measures/goods'
import { isCountedIn } from '#measures/price_units'
import { answerWithCart, refuseOldCart } from '#responses/answer_with_cart'
import { nameIn } from '#locale/name_in'
import { wordsOf } from '#locale/words'
import { cityNameFor } from '#markup/city_names'
import { pageBefore } from '#markup/page_at'
import { shopBar } from '#pages/shop_bar'
import { reviewCart } from '#pages/cart_review'
import Product from '#models/product'
import { ProductCache } from '#caches/product_cache'
import { Replication } from '#replication/replication'
import { deliveryWarning } from '#responses/delivery_warning'
import { reportPortion } from '#responses/portion_refused'
import { portionStatus } from '#responses/portion_status'
import { cartItemValidator, quantityValidator, seenValidator } from '#validators/cart_item'
import type { HttpContext } from '@adonisjs/core/http'

type Asked = Infer<typeof cartItemValidator>

@inject()
export default class CartItemsController {
  constructor(
    private replication: Replication,
    private products: ProductCache
  ) {}

  async store(ctx: HttpContext) {
    const { cart, request } = ctx
    const asked = await request.validateUsing(cartItemValidator)
    ctx.view.share({ detailed: asked.detailed ?? false })
    const product = await this.#forSale(ctx, asked.product_id)
    if (!isCountedIn(product, asked.base_unit))
      return this.#answer(ctx, product, 'status.recounted')
    ctx.whenInvalid(() => this.#refuse(ctx, product))
    if (asked.by !== undefined) return this.#step(ctx, product, asked.by, asked.seen)
    if (asked.buy) return this.#buy(ctx, product, asked)
    const portion = await reportPortion(ctx.i18n, product, () => {
      return askedPortion(asked, product, cart.amountOf(product))
    })
    const isNew = !cart.find(product.id)
    const refused = await cart.add(product, portion.quantity, asked.seen)
    const status = portionStatus(ctx.i18n, product, portion, 'added')
    return this.#answer(ctx, product, refused, status, {
      isSpoken: portion.worthPaise !== null,
      isNew,
    })
  }

  async update(ctx: HttpContext) {
    const { cart, i18n, params, request, view } = ctx
    const {
      quantity,
      amount,
      base_unit: unit,
      seen,
    } = await request.validateUsing(quantityValidator)
    ctx.whenInvalid(async () => {
      const page = ctx.isFragment ? 'partials/carts/contents' : 'pages/carts/show'
      const shown = { at: params.id, fragment: ctx.isFragment }
      return view.render(page, { ...(await reviewCart(ctx)), ...shown })
    })
    const item = cart.find(params.id)
    if (item && !isCountedIn(item, unit)) return refuseOldCart(ctx, 'status.cart_changed_meanwhile')
    if (quantity !== undefined) return this.#set(ctx, quantity, seen)
    const product = await this.#forSale(ctx, params.id)
    if (!isCountedIn(product, unit)) return refuseOldCart(ctx, 'status.cart_changed_meanwhile')
    const portion = await reportPortion(i18n, product, () => typedPortion(amount ?? '', product))
    return this.#set(ctx, portion.quantity, seen, portionStatus(i18n, product, portion, 'changed'))
  }

  async destroy(ctx: HttpContext) {
    const { seen } = await ctx.request.validateUsing(seenValidator)
    return this.#set(ctx, 0, seen)
  }

  async #forSale({ clock }: HttpContext, id: string) {
    return this.replication.readFor(clock, (client) => {
      return Product.forSale(client).where('id', id).firstOrFail()
    })
  }

  async #refuse(ctx: HttpContext, product: Product) {
    const { view } = ctx
    const { details, shopId: id, shopName: name, shopCity: city } = product
    if (ctx.isFragment) return view.render('partials/products/added', { product: details })
    view.share({ cityName: await cityNameFor(ctx) })
    return view.render('pages/carts/amount', { product: details, shop: { id, name, city } })
  }

  async #step(ctx: HttpContext, product: Product, by: number, seen?: number) {
    const { cart, i18n } = ctx
    const inCart = cart.amountOf(product)
    const quantity = await reportPortion(i18n, product, () => {
      return askedStep(by, product, seen ?? inCart)
    })
    const refused =
      inCart > 0 || quantity === 0
        ? await cart.change(product.id, quantity, seen)
        : await cart.add(product, quantity, seen)
    const portion = { quantity, worthPaise: null }
    const status = portionStatus(i18n, product, portion, 'changed')
    return this.#answer(ctx, product, refused, status, { isNew: inCart === 0 && quantity > 0 })
  }

  async #buy(ctx: HttpContext, product: Product, asked: Asked) {
    const { response, i18n } = ctx
    const { quantity } = await reportPortion(i18n, product, () => askedPortion(asked, product))
    const qs = { quantity, base_unit: asked.base_unit }
    const checkout = router.makeUrl('checkouts.buy', { product_id: product.id }, { qs })
    if (ctx.isFragment) return response.header('HX-Redirect', checkout).noContent()
    return response.redirect().status(303).toPath(checkout)
  }

  /**
   * @param isSpoken whether the row does not show all that was done
   * @param isNew whether it was not in the cart before
   */
  async #answer(
    ctx: HttpContext,
    product: Product,
    refused: string | null,
    done = '',
    { isSpoken = false, isNew = false } = {}
  ) {
    const { cart, i18n, response, view } = ctx
    const count = cart.amountOf(product)
    const { portion, number } = wordsOf(i18n)
    const n = isLoose(product) ? portion(count, product) : number(count)
    const warning = isNew && !refused ? await deliveryWarning(ctx, product.shopId) : null
    const status = refused
      ? i18n.t(refused, { name: nameIn(i18n.locale, product), n })
      : [done, warning].filter(Boolean).join(' ')
    const kind = refused ? 'error' : 'success'

    if (ctx.isFragment) {
      const bar = await this.#bar(ctx, product)
      return view.render('partials/products/added', {
        ...{ product: product.details, status, kind, bar },
        quiet: !refused && !isSpoken && !warning,
      })
    }
    ctx.flash(status, kind)
    response
      .redirect()
      .status(303)
      .toPath(`${pageBefore(ctx) ?? '/cart'}#buy-${product.id}`)
  }

  /** For pages of the shop, which have a bar. */
  async #bar(ctx: HttpContext, { id, shopId }: Product) {
    if (!pageBefore(ctx)?.startsWith(`/shops/${shopId}`)) return null
    const shown = await this.products.one(shopId, id, ctx.clock)
    return shown && ((await shopBar(ctx, shown.shop)) ?? { count: 0 })
  }

  async #set(ctx: HttpContext, quantity: number, seen?: number, said?: string) {
    const { id } = ctx.params
    const next = quantity === 0 ? ctx.cart.lineAfter(id) : id
    const refused = await ctx.cart.change(id, quantity, seen)
    if (refused) return refuseOldCart(ctx, refused)
    const message = quantity === 0 ? 'status.item_removed' : 'status.cart_updated'
    return answerWithCart(ctx, said ?? ctx.i18n.t(message), 'success', next)
  }
}
