import type { HttpContext } from '@adonisjs/core/http'

export default class SessionsController {
  async destroy(ctx: HttpContext) {
    const { auth, i18n, response, session } = ctx
    const user = auth.user!
    await user.endSessions()
    await user.endTokens()
    await auth.use('web').logout()
    session.regenerate()
    ctx.flash(i18n.t('account.logged_out'))
    response.redirect().status(303).toRoute('home')
  }
}
