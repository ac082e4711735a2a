import { errors as authErrors } from '@adonisjs/auth'
import { errors } from '@vinejs/vine'
import User, { ROLES } from '#models/user'
import { goOn, returnToOf } from '#services/return_to'
import { logIn } from '#sessions/log_in'
import { credentialsValidator } from '#validators/user'
import type { HttpContext } from '@adonisjs/core/http'

export default class SessionsController {
  async create(ctx: HttpContext) {
    const role = ROLES.find((known) => known === ctx.request.input('role')) ?? null
    const returnTo = await returnToOf(ctx)
    return ctx.page('pages/sessions/create', 'partials/sessions/form', { role, returnTo })
  }

  async store(ctx: HttpContext) {
    const { request, i18n } = ctx
    ctx.whenInvalid(() => this.create(ctx))
    const { username, password } = await request.validateUsing(credentialsValidator)
    const user = await User.verifyCredentials(username, password).catch((error) => {
      if (!(error instanceof authErrors.E_INVALID_CREDENTIALS)) throw error
      const message = i18n.t('validator.shared.messages.credentials')
      throw new errors.E_VALIDATION_ERROR([{ field: 'username', rule: 'credentials', message }])
    })
    await logIn(ctx, user)
    ctx.flash(i18n.t('status.logged_in'))
    await goOn(ctx, user)
  }

  async destroy(ctx: HttpContext) {
    await ctx.auth.use('web').logout()
    ctx.session.regenerate()
    ctx.flash(ctx.i18n.t('status.logged_out'))
    ctx.response.redirect().status(303).toRoute('home')
  }
}
