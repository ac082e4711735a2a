import type { HttpContext } from '@adonisjs/core/http'
import ShopSettings from '#models/shop_settings'
import { shopSettingsValidator } from '#validators/shop_settings'

/** What a shop asks for an order, and how it is paid. */
export default class ShopSettingsController {
  async edit(ctx: HttpContext) {
    const shop = await ctx.auth.user!.findShop(ctx.params.shop_id)
    const settings = await ShopSettings.of(shop.id)
    return ctx.page('pages/owner/shop_settings/edit', 'partials/owner/shop_settings/form', {
      shop: shop.summary,
      settings: settings.details,
    })
  }

  async update(ctx: HttpContext) {
    const shop = await ctx.auth.user!.findShop(ctx.params.shop_id)
    ctx.whenInvalid(() => this.edit(ctx))
    const payload = await ctx.request.validateUsing(shopSettingsValidator)
    await ShopSettings.updateOrCreate(
      { shopId: shop.id },
      {
        minimumOrderPaise: payload.minimum_order,
        deliveryFeePaise: payload.delivery_fee,
        upiId: payload.upi_id ?? null,
        acceptWithinMinutes: payload.accept_within,
      }
    )
    ctx.flash(ctx.i18n.t('board.settings_saved'))
    ctx.response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }
}
