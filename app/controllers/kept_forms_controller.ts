import { keptForm, takeKeptForm } from '#forms/kept_forms'
import { keptFormPage } from '#pages/kept_form_page'
import type { HttpContext } from '@adonisjs/core/http'

/** A form that was sent after its session had ended, for the person who sent it. */
export default class KeptFormsController {
  async show(ctx: HttpContext) {
    const { auth, params, view } = ctx
    const form = await keptForm(auth.user!.id, params.id)
    if (!form) return this.#goHome(ctx)
    return view.render('pages/kept_forms/show', { id: params.id, ...keptFormPage(form) })
  }

  /** The browser sends the same fields on to where they were meant to go. */
  async store(ctx: HttpContext) {
    const { auth, i18n, params, response } = ctx
    const form = await takeKeptForm(auth.user!.id, params.id)
    if (form) return response.redirect().status(307).toPath(form.target)
    ctx.flash(i18n.t('kept.gone'), 'error')
    this.#goHome(ctx)
  }

  async destroy(ctx: HttpContext) {
    const { auth, i18n, params } = ctx
    await takeKeptForm(auth.user!.id, params.id)
    ctx.flash(i18n.t('kept.discarded'))
    this.#goHome(ctx)
  }

  #goHome({ auth, response }: HttpContext) {
    response.redirect().status(303).toRoute(auth.user!.homeRoute)
  }
}
