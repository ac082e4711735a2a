import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import { Edit } from '#edits/edit'
import { SETTINGS_FIELDS, settingsTexts } from '#edits/texts'
import ShopSettings from '#models/shop_settings'
import { shopSettingsValidator } from '#validators/shop_settings'

/** A shop's terms for orders and payment. */
export default class ShopSettingsController {
  async edit(ctx: HttpContext, edit = settingsEdit(ctx)) {
    const { own, shop } = ctx
    const settings = await own.read((client) => ShopSettings.of(shop.id, client))
    return ctx.page('pages/owner/shop_settings/edit', 'partials/owner/shop_settings/form', {
      shop: shop.summary,
      ...edit.state(settingsTexts(settings)),
    })
  }

  async update(ctx: HttpContext) {
    const { shop } = ctx
    const edit = settingsEdit(ctx)
    ctx.whenInvalid(() => this.edit(ctx, edit))
    const data = edit.over(settingsTexts(await ShopSettings.of(shop.id)))
    const payload = await ctx.request.validateUsing(shopSettingsValidator, { data })
    const values = {
      minimum_order: { minimumOrderPaise: payload.minimum_order },
      delivery_fee: { deliveryFeePaise: payload.delivery_fee },
      accept_within: { acceptWithinMinutes: payload.accept_within },
      upi_id: { upiId: payload.upi_id ?? null },
    }
    await db.transaction(async (client) => {
      // The settings row may not exist yet, so the shop is locked.
      await client.rawQuery('SELECT FROM shops WHERE id = ? FOR NO KEY UPDATE', [shop.id])
      const settings = await ShopSettings.of(shop.id, client)
      edit.apply(settings, settingsTexts(settings), values, ctx.i18n)
      await settings.save()
    })
    ctx.flash(ctx.i18n.t('board.settings_saved'))
    ctx.response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }
}

function settingsEdit({ request }: HttpContext) {
  return new Edit(SETTINGS_FIELDS, request.body())
}
