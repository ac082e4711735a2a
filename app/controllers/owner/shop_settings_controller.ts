import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import { errors } from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import type { AreaKind } from '#delivery/delivery_area'
import { Edit } from '#edits/edit'
import { SETTINGS_FIELDS, settingsTexts } from '#edits/texts'
import ShopSettings from '#models/shop_settings'
import { pushControl } from '#pages/push_control'
import { lenient } from '#validators/lenient'
import { settingsFieldValidator, shopSettingsValidator } from '#validators/shop_settings'

/** A shop's terms for orders and payment, and what its bills say. */
export default class ShopSettingsController {
  async edit(ctx: HttpContext, edit = settingsEdit(ctx)) {
    const { own, request, shop } = ctx
    const { field: focus } = await lenient(settingsFieldValidator, request.qs())
    const [settings, push] = await own.read(async (client) => [
      await ShopSettings.of(shop.id, client),
      await pushControl(ctx, client),
    ])
    return ctx.page('pages/owner/shop_settings/edit', 'partials/owner/shop_settings/form', {
      shop: shop.summary,
      focus,
      push,
      ...edit.state(settingsTexts(settings)),
    })
  }

  async update(ctx: HttpContext) {
    const { shop } = ctx
    const edit = settingsEdit(ctx)
    ctx.whenInvalid(() => this.edit(ctx, edit))
    await db.transaction(async (client) => {
      // The settings row may not exist yet, so the shop is locked.
      await client.rawQuery('SELECT FROM shops WHERE id = ? FOR NO KEY UPDATE', [shop.id])
      const settings = await ShopSettings.of(shop.id, client)
      const now = settingsTexts(settings)
      const payload = await ctx.request.validateUsing(shopSettingsValidator, {
        data: edit.over(now),
      })
      if (!shop.pinCode && payload.delivery_area !== settings.deliveryArea)
        checkMeasured(payload.delivery_area, ctx)
      edit.apply(settings, settingsTexts, settingsValues(payload), ctx.i18n, (field, text) => {
        if (field === 'delivery_area') return ctx.i18n.t(`delivery.kinds.${text}`)
        return field === 'tax_scheme' ? ctx.i18n.t(`board.tax_schemes.${text}`) : text
      })
      await settings.save()
    })
    ctx.flash(ctx.i18n.t('board.settings_saved'))
    ctx.response.redirect().status(303).toRoute('owner.shops.show', { id: shop.id })
  }
}

/** An area around the shop needs to know where that is. */
function checkMeasured(area: AreaKind | null | undefined, { i18n }: HttpContext) {
  if (area !== 'district' && area !== 'kilometres') return
  const message = i18n.t('delivery.no_shop_pin')
  throw new errors.E_VALIDATION_ERROR([{ field: 'delivery_area', rule: 'no_shop_pin', message }])
}

function settingsEdit({ request }: HttpContext) {
  return new Edit(SETTINGS_FIELDS, request.body())
}

function settingsValues(payload: Infer<typeof shopSettingsValidator>) {
  return {
    minimum_order: { minimumOrderPaise: payload.minimum_order },
    delivery_fee: { deliveryFeePaise: payload.delivery_fee },
    free_delivery_from: { freeDeliveryFromPaise: payload.free_delivery_from || null },
    delivery_area: { deliveryArea: payload.delivery_area ?? null },
    delivery_pins: { deliveryPins: (payload.delivery_pins as string[] | undefined) ?? null },
    delivery_prefix: { deliveryPrefix: payload.delivery_prefix ?? null },
    delivery_kilometres: { deliveryKilometres: payload.delivery_kilometres ?? null },
    accept_within: { acceptWithinMinutes: payload.accept_within },
    upi_id: { upiId: payload.upi_id ?? null },
    packing_tolerance: { packingTolerancePercent: payload.packing_tolerance },
    fssai_number: { fssaiNumber: payload.fssai_number ?? null },
    tax_scheme: { taxScheme: payload.tax_scheme ?? null },
    gstin: { gstin: payload.gstin ?? null },
    legal_name: { legalName: payload.legal_name ?? null },
    legal_address: { legalAddress: payload.legal_address ?? null },
    phone: { phone: payload.phone ?? null },
    address: { address: payload.address ?? null },
  }
}
