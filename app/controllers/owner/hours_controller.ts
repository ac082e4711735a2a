import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { HoursEdit } from '#edits/hours_edit'
import { formTexts, hoursFields } from '#edits/hours_fields'
import { stateOf } from '#hours/opening'
import { changeHours, hoursOf, openingNow } from '#models/shop_hours'
import { copied, holidayFields, secondTimes, slotFields } from '#pages/hours_page'
import { readHours, WEEKDAYS, type WrongHours } from '#validators/hours'

interface HoursForm {
  values: Record<string, unknown>
  /** As the form was opened. */
  shown?: Record<string, unknown>
}

/** When a shop is open: weekly hours, holidays, and the last order before closing. */
export default class HoursController {
  async edit(ctx: HttpContext, form?: HoursForm, isCopied = false) {
    const { own, shop } = ctx
    const { opening, now, hours } = await own.read(async (client) => {
      return { ...(await openingNow(shop.id, client)), hours: await hoursOf(shop.id, client) }
    })
    const texts = formTexts(hoursFields(hours))
    const { values, shown } = form ?? { values: texts, shown: texts }
    return ctx.page('pages/owner/hours/edit', 'partials/owner/hours/form', {
      shop: shop.summary,
      openState: stateOf(opening, now),
      weekdays: WEEKDAYS,
      holidays: holidayFields(values),
      slots: slotFields(values),
      second: secondTimes(values),
      isCopied,
      values,
      shown: shown ?? {},
    })
  }

  async update(ctx: HttpContext) {
    const { request, shop } = ctx
    const { copy, shown, ...values } = request.body()
    let form = () => ({ values, shown }) as HoursForm
    ctx.whenInvalid(() => this.edit(ctx, form()))
    if (copy) return this.edit(ctx, { values: copied(values, copy), shown }, true)

    const { hours, wrong } = readHours(values)
    check(wrong, ctx)
    await changeHours(shop.id, (now) => {
      const edit = new HoursEdit(now, hours, shown)
      form = () => edit.form()
      const changed = edit.hours(ctx.i18n)
      check(readHours(formTexts(hoursFields(changed))).wrong, ctx)
      return changed
    })
    ctx.flash(ctx.i18n.t('hours.saved'))
    ctx.response.redirect().status(303).toRoute('owner.hours.edit', { shop_id: shop.id })
  }
}

function check(wrong: WrongHours[], { i18n }: HttpContext) {
  if (wrong.length === 0) return
  throw new errors.E_VALIDATION_ERROR(
    wrong.map(({ field, rule }) => ({ field, rule, message: i18n.t(`hours.wrong.${rule}`) }))
  )
}
