import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { stateOf } from '#hours/opening'
import { openingNow, saveHours } from '#models/shop_hours'
import { slotsOf } from '#models/shop_slots'
import { holidayFields, hoursTexts, slotFields } from '#pages/hours_page'
import { readHours, SPANS, WEEKDAYS } from '#validators/hours'

/** When a shop is open: weekly hours, holidays, and the last order before closing. */
export default class HoursController {
  async edit(ctx: HttpContext, typed: Record<string, unknown> = {}) {
    const { own, shop } = ctx
    const { opening, now, slots } = await own.read(async (client) => {
      return { ...(await openingNow(shop.id, client)), slots: await slotsOf(shop.id, client) }
    })
    const values = { ...hoursTexts(opening, slots), ...typed }
    return ctx.page('pages/owner/hours/edit', 'partials/owner/hours/form', {
      shop: shop.summary,
      openState: stateOf(opening, now),
      weekdays: WEEKDAYS,
      spans: SPANS,
      holidays: holidayFields(values),
      slots: slotFields(values),
      values,
    })
  }

  async update(ctx: HttpContext) {
    const { i18n, request, shop } = ctx
    const body = request.body()
    ctx.whenInvalid(() => this.edit(ctx, body))
    const { hours, wrong } = readHours(body)
    if (wrong.length > 0) {
      throw new errors.E_VALIDATION_ERROR(
        wrong.map(({ field, rule }) => {
          return { field, rule, message: i18n.t(`hours.wrong.${rule}`) }
        })
      )
    }
    await saveHours(shop.id, hours)
    ctx.flash(i18n.t('hours.saved'))
    ctx.response.redirect().status(303).toRoute('owner.hours.edit', { shop_id: shop.id })
  }
}
