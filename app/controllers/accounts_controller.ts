import SecurityEvent from '#events/security_event'
import User, { type Role } from '#models/user'
import { formReused, once } from '#forms/once'
import { accountValidator } from '#validators/user'
import { goOn, returnToOf } from '#responses/return_to'
import { logIn } from '#sessions/log_in'
import { reportTaken } from '#validators/report_taken'
import type { HttpContext } from '@adonisjs/core/http'
import type { Infer } from '@vinejs/vine/types'

type Account = Infer<typeof accountValidator>

export default class AccountsController {
  async create(ctx: HttpContext) {
    const role: Role = ctx.params.role
    const returnTo = await returnToOf(ctx)
    return ctx.page('pages/accounts/create', 'partials/accounts/form', { role, returnTo })
  }

  async store(ctx: HttpContext) {
    const { request, i18n } = ctx
    ctx.whenInvalid(() => this.create(ctx))
    const { password, ...account } = await request.validateUsing(accountValidator)
    const user = await this.#register(ctx, account, password)
    const cart = await logIn(ctx, user)
    ctx.flash(`${i18n.t('status.account_created')} ${cart}`.trim())
    await goOn(ctx, user)
  }

  /** The password is compared separately on a resubmit: only its slow hash is stored. */
  async #register(ctx: HttpContext, account: Omit<Account, 'password'>, password: string) {
    const { full_name: fullName, ...values } = account
    const role: Role = ctx.params.role
    let created: User | undefined
    const { id } = await reportTaken({ users_username_unique: 'username' }, ctx, () =>
      once(ctx, account, async (client) => {
        created = await User.create({ ...values, password, fullName, role }, { client })
        return { id: created.id }
      })
    )
    if (created) await SecurityEvent.dispatch('account.created', { account: id, role }, ctx)
    const user = created ?? (await User.findOrFail(id))
    if (!created && !(await user.verifyPassword(password))) throw formReused(ctx)
    return user
  }
}
