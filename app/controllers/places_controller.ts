import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { pageAt, pageBefore } from '#markup/page_at'
import { forgetPlace, tellPlace, toldPlace } from '#places/place_cookie'
import { pinCodeNear } from '#places/pin_points'
import { lenient } from '#validators/lenient'
import { placeBackValidator, placeValidator } from '#validators/place'

/** Where the visitor is: a cookie of this browser, never stored here. */
export default class PlacesController {
  async edit(ctx: HttpContext) {
    const { back } = await lenient(placeBackValidator, ctx.request.all())
    return ctx.page('pages/places/edit', 'partials/places/form', {
      back: pageAt(back ?? '') ?? pageBefore(ctx) ?? '/',
      place: ctx.place,
      told: toldPlace(ctx) !== null,
    })
  }

  async update(ctx: HttpContext) {
    ctx.whenInvalid(() => this.edit(ctx))
    const payload = await ctx.request.validateUsing(placeValidator)
    const { latitude, longitude, pin_code: typed } = payload
    if (latitude === undefined || longitude === undefined)
      return this.#tell(ctx, typed!, payload.back)
    const pin = pinCodeNear({ latitude, longitude })
    if (!pin) throw this.#notFound(ctx)
    return this.#tell(ctx, pin, payload.back, { latitude, longitude })
  }

  async destroy(ctx: HttpContext) {
    const { back } = await lenient(placeBackValidator, ctx.request.all())
    forgetPlace(ctx)
    return this.#goBack(ctx, back)
  }

  #tell(ctx: HttpContext, pin: string, back?: string, point = {}) {
    tellPlace(ctx, { pin, ...point })
    ctx.flash(ctx.i18n.t('place.told', { pin }))
    return this.#goBack(ctx, back)
  }

  #goBack({ response }: HttpContext, back?: string) {
    response
      .redirect()
      .status(303)
      .toPath(pageAt(back ?? '') ?? '/')
  }

  #notFound({ i18n }: HttpContext) {
    const message = i18n.t('place.not_in_india')
    return new errors.E_VALIDATION_ERROR([{ field: 'pin_code', rule: 'far', message }])
  }
}
