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
    await reportTaken({ users_username_unique: 'username' }, ctx, () =>
      User.create({ ...account, fullName })
    )
    response.created({ msg: 'User registered successfully' })
  }
}
