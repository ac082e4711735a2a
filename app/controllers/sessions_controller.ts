import { errors as authErrors } from '@adonisjs/auth'
import { errors } from '@vinejs/vine'
import { DemoAccountsOff } from '#exceptions/demo_accounts_off'
import { UserBlocked } from '#exceptions/user_blocked'
import { ROLES } from '#models/user'
import { goOn, returnToOf } from '#responses/return_to'
import { findByCredentials } from '#sessions/find_by_credentials'
import { logIn } from '#sessions/log_in'
import { logOut } from '#sessions/log_out'
import { credentialsValidator } from '#validators/user'
import type { HttpContext } from '@adonisjs/core/http'

const REFUSALS = [
  [authErrors.E_INVALID_CREDENTIALS, 'credentials'],
  [UserBlocked, 'blocked'],
  [DemoAccountsOff, 'demo_accounts_off'],
] as const

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
    const user = await findByCredentials(ctx, username, password).catch((error) => {
      const rule = REFUSALS.find(([Refusal]) => error instanceof Refusal)?.[1]
      if (!rule) throw error
      const message = i18n.t(`validator.shared.messages.${rule}`)
      throw new errors.E_VALIDATION_ERROR([{ field: 'username', rule, message }])
    })
    const cart = await logIn(ctx, user)
    ctx.flash(`${i18n.t('status.logged_in')} ${cart}`.trim())
    await goOn(ctx, user)
  }

  async destroy(ctx: HttpContext) {
    await logOut(ctx)
    /* Keep read-your-writes after logout, even on a lagging replica. */
    ctx.clock.saw(ctx.clock.needed)
    ctx.flash(ctx.i18n.t('status.logged_out'))
    ctx.response.redirect().status(303).toRoute('home')
  }
}
