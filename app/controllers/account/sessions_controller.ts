import SecurityEvent from '#events/security_event'
import { logOut } from '#sessions/log_out'
import type { HttpContext } from '@adonisjs/core/http'

export default class SessionsController {
  async destroy(ctx: HttpContext) {
    const user = ctx.auth.user!
    await user.endSessions()
    await user.endTokens()
    await SecurityEvent.dispatch('sessions.ended', { account: user.id, why: 'everywhere' }, ctx)
    await logOut(ctx)
    ctx.clock.saw(ctx.clock.needed)
    ctx.flash(ctx.i18n.t('account.logged_out'))
    ctx.response.redirect().status(303).toRoute('home')
  }
}
