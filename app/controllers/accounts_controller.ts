import { remember } from '#passwords/known_browser'
import User, { type Role } from '#models/user'
import { accountValidator } from '#validators/user'
import { goOn, returnToOf } from '#services/return_to'
import { reportTaken } from '#exceptions/report_taken'
import type { HttpContext } from '@adonisjs/core/http'

export default class AccountsController {
  async create(ctx: HttpContext) {
    const role: Role = ctx.params.role
    const returnTo = await returnToOf(ctx)
    return ctx.page('pages/accounts/create', 'partials/accounts/form', { role, returnTo })
  }

  async store(ctx: HttpContext) {
    const { request, auth, i18n } = ctx
    ctx.whenInvalid(() => this.create(ctx))
    const { full_name: fullName, ...account } = await request.validateUsing(accountValidator)
    const role: Role = ctx.params.role
    const user = await reportTaken({ users_username_unique: 'username' }, ctx, () =>
      User.create({ ...account, fullName, role })
    )
    await auth.use('web').login(user)
    remember(ctx, user.username.toLowerCase())
    ctx.flash(i18n.t('status.account_created'))
    await goOn(ctx, user)
  }
}
