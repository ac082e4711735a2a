import { inject } from '@adonisjs/core'
import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import type { Infer } from '@vinejs/vine/types'
import type { CartItem } from '#cart/cart'
import { CheckoutChanged } from '#exceptions/checkout_changed'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { once } from '#forms/once'
import Shop from '#models/shop'
import { Checkout } from '#orders/checkout'
import { checkoutPage } from '#orders/checkout_page'
import { Presenter } from '#services/presenter'
import { checkoutValidator } from '#validators/checkout'

type Submission = Infer<typeof checkoutValidator>

@inject()
export default class CheckoutsController {
  constructor(private checkout: Checkout) {}

  async create(ctx: HttpContext) {
    const shop = await Shop.findOrFail(ctx.params.shop_id)
    if (ctx.cart.itemsOf(shop.id).length === 0) {
      ctx.flash(ctx.i18n.t('checkout.nothing_to_order'), 'error')
      return ctx.response.redirect().status(303).toRoute('cart.show')
    }
    return this.#form(ctx, shop, ctx.cart.itemsOf(shop.id))
  }

  async store(ctx: HttpContext) {
    const { auth, cart, i18n, request, response } = ctx
    const shop = await Shop.findOrFail(ctx.params.shop_id)
    ctx.whenInvalid(() => this.#form(ctx, shop, cart.itemsOf(shop.id)))
    const submission = await request.validateUsing(checkoutValidator)
    try {
      const { id } = await once(ctx, submission, async (client) => {
        const wanted = requestOf(submission)
        const order = await this.checkout.place(auth.user!, shop, wanted, client)
        return { id: order.id }
      })
      cart.removeAll(submission.items.map(({ product_id: productId }) => productId))
      ctx.flash(i18n.t('checkout.placed', { shop: shop.name }))
      response.redirect().status(303).toRoute('orders.show', [id])
    } catch (error) {
      if (error instanceof CheckoutRefused) throw this.#fieldError(ctx, error)
      if (!(error instanceof CheckoutChanged)) throw error
      response.status(error.status)
      ctx.view.share({ values: request.all(), feePaiseBefore: submission.delivery_fee_paise })
      return this.#form(ctx, shop, agreedItems(cart.itemsOf(shop.id), submission, shop), true)
    }
  }

  async #form(ctx: HttpContext, shop: Shop, wanted: CartItem[], refused = false) {
    const page = await checkoutPage(shop, ctx.auth.user!, wanted)
    return ctx.view.render('pages/checkouts/create', { ...page, refused })
  }

  #fieldError({ i18n }: HttpContext, { field, rule, amountPaise }: CheckoutRefused) {
    const amount = new Presenter(i18n.locale).money(amountPaise)
    const message = i18n.t(`checkout.refused.${rule}`, { amount })
    return new errors.E_VALIDATION_ERROR([{ field, rule, message }])
  }
}

function requestOf(submission: Submission) {
  return {
    offer: {
      items: submission.items.map((item) => {
        return {
          productId: item.product_id,
          quantity: item.quantity,
          pricePaise: item.price_paise,
        }
      }),
      deliveryFeePaise: submission.delivery_fee_paise,
    },
    fulfilment: submission.fulfilment,
    paymentMethod: submission.payment_method,
    address: submission.address ?? null,
    mobile: submission.mobile,
    note: submission.note ?? null,
    missingItems: submission.missing_items,
  }
}

/** What was submitted, with the names that the cart knows; the page then shows what changed since. */
function agreedItems(inCart: CartItem[], submission: Submission, shop: Shop): CartItem[] {
  return submission.items.map(({ product_id: productId, quantity, price_paise: pricePaise }) => {
    const known = inCart.find((item) => item.productId === productId)
    const { id, name, city } = shop
    const unnamed = { name: '', nameHi: null, unit: '', shop: { id, name, city } }
    return { ...unnamed, ...known, productId, quantity, pricePaise }
  })
}
