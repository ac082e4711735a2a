import { inject } from '@adonisjs/core'
import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import type { CartItem } from '#cart/cart_item'
import { AlreadyOrdered } from '#exceptions/already_ordered'
import { CheckoutChanged } from '#orders/checkout_changed'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { once } from '#forms/once'
import Address from '#models/address'
import Product from '#models/product'
import { ShopClosed } from '#exceptions/shop_closed'
import { ShopNotOpen } from '#exceptions/shop_not_open'
import Shop from '#models/shop'
import { Checkout } from '#orders/checkout'
import { checkoutPage } from '#pages/checkout_page'
import { countingFields, typedAddress, whereTo } from '#orders/checkout_address'
import { agreedItems, boughtNow, requestOf } from '#orders/checkout_submission'
import { Presenter } from '#locale/presenter'
import { boughtNowValidator, checkoutItemsValidator, checkoutValidator } from '#validators/checkout'
import { lenient } from '#validators/lenient'
import { reportFull } from '#validators/report_full'

@inject()
export default class CheckoutsController {
  constructor(private checkout: Checkout) {}

  async create(ctx: HttpContext) {
    const shop = await Shop.findOrFail(ctx.params.shop_id)
    const items = ctx.cart.itemsOf(shop.id)
    if (items.length > 0) return this.#form(ctx, shop, items)
    ctx.flash(ctx.i18n.t('checkout.nothing_to_order'), 'error')
    return ctx.response.redirect().status(303).toRoute('cart.show')
  }

  /** Buys a single product directly; the cart is untouched. */
  async buy(ctx: HttpContext) {
    const { quantity, base_unit: unit } = await lenient(boughtNowValidator, ctx.request.qs())
    const product = await Product.notWithdrawn()
      .where('id', ctx.params.product_id)
      .preload('shop')
      .firstOrFail()
    return this.#form(ctx, product.shop, boughtNow(product, quantity, unit))
  }

  async store(ctx: HttpContext) {
    const { auth, cart, i18n, request, response } = ctx
    const shop = await Shop.findOrFail(ctx.params.shop_id)
    ctx.whenInvalid(async () => {
      const { items } = await lenient(checkoutItemsValidator, request.all())
      const inCart = cart.itemsOf(shop.id)
      return this.#form(ctx, shop, items ? agreedItems(inCart, items, shop) : inCart)
    })
    const data = countingFields(request.all())
    const submission = await request.validateUsing(checkoutValidator, { data })
    const user = auth.user!
    try {
      const wanted = requestOf(submission, await whereTo(user, submission))
      const { id } = await reportFull('save_address', ctx, () =>
        once(ctx, submission, async (client) => {
          const order = await this.checkout.place(user, shop, wanted, client)
          if (submission.save_address) await Address.add(user, typedAddress(submission), client)
          await cart.takeOut(wanted.offer.items, client)
          return { id: order.id }
        })
      )
      ctx.flash(i18n.t('checkout.placed', { shop: shop.name }))
      response.redirect().status(303).toRoute('orders.show', [id])
    } catch (error) {
      if (error instanceof CheckoutRefused)
        throw this.#fieldError(ctx, error, submission.address_id)
      const items = agreedItems(cart.itemsOf(shop.id), submission.items, shop)
      ctx.view.share({
        values: request.all(),
        feePaiseBefore: submission.delivery_fee_paise,
        toleranceBefore: submission.tolerance_percent ?? 0,
      })
      if (error instanceof AlreadyOrdered) return this.#formForTheRest(ctx, shop, items, error)
      const isNotOpen = error instanceof ShopNotOpen
      if (!(error instanceof CheckoutChanged || error instanceof ShopClosed || isNotOpen))
        throw error
      await shop.refresh()
      response.status(error.status)
      return this.#form(ctx, shop, items, { refused: !isNotOpen, isNotOpen })
    }
  }

  async #formForTheRest(ctx: HttpContext, shop: Shop, items: CartItem[], refusal: AlreadyOrdered) {
    const { cartLines, orders: orderedAlready, status } = refusal
    await ctx.cart.removeLines(cartLines)
    ctx.response.status(status)
    const rest = items.filter(({ line }) => !cartLines.includes(line ?? ''))
    return this.#form(ctx, shop, rest, { orderedAlready })
  }

  async #form(
    ctx: HttpContext,
    shop: Shop,
    wanted: CartItem[],
    { refused = false, isNotOpen = false, orderedAlready = [] as AlreadyOrdered['orders'] } = {}
  ) {
    const page = await checkoutPage(shop, ctx.auth.user!, wanted, ctx.place)
    return ctx.view.render('pages/checkouts/create', {
      ...page,
      refused,
      isNotOpen,
      orderedAlready,
    })
  }

  #fieldError({ i18n }: HttpContext, refusal: CheckoutRefused, savedAddress?: string) {
    const { rule, amount: n } = refusal
    const field = savedAddress && refusal.field === 'pin_code' ? 'address_id' : refusal.field
    const amount = new Presenter(i18n.locale).money(n)
    const message = i18n.t(`checkout.refused.${rule}`, { amount, n })
    return new errors.E_VALIDATION_ERROR([{ field, rule, message }])
  }
}
