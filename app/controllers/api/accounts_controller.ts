import SecurityEvent from '#events/security_event'
import { reportTaken } from '#exceptions/report_taken'
import User from '#models/user'
import { registrationValidator } from '#validators/user'
import type { HttpContext } from '@adonisjs/core/http'

export default class AccountsController {
  async store(ctx: HttpContext) {
    const { request, response } = ctx
    const data = request.body()
    const { full_name: fullName, ...account } = await request.validateUsing(registrationValidator, {
      data,
    })
    const { id, role } = await reportTaken({ users_username_unique: 'username' }, ctx, () =>
      User.create({ ...account, fullName })
    )
    await SecurityEvent.dispatch('account.created', { account: id, role }, ctx)
    response.created({ msg: 'User registered successfully' })
  }
}
