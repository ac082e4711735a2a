import { errors } from '@vinejs/vine'
import SecurityEvent from '#events/security_event'
import type { HttpContext } from '@adonisjs/core/http'
import { passwordChangeValidator } from '#validators/user'

export default class PasswordsController {
  async edit(ctx: HttpContext) {
    return ctx.page('pages/account/password', 'partials/account/password')
  }

  async update(ctx: HttpContext) {
    const { auth, i18n, request, response, session } = ctx
    const user = auth.user!
    ctx.whenInvalid(() => this.edit(ctx))
    const data = { ...request.body(), username: user.username }
    const payload = await request.validateUsing(passwordChangeValidator, { data })
    const change = { from: payload.current_password, to: payload.password }
    if (!(await user.changePassword(change, { except: session.sessionId }))) {
      const field = 'current_password'
      const message = i18n.t(`validator.shared.messages.${field}.wrong`)
      throw new errors.E_VALIDATION_ERROR([{ field, rule: 'credentials', message }])
    }
    await SecurityEvent.dispatch('password.changed', { account: user.id }, ctx)
    session.regenerate()
    ctx.flash(i18n.t('account.password_changed'))
    response.redirect().status(303).toRoute('account.show')
  }
}
