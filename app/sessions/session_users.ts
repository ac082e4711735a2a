import { SessionLucidUserProvider } from '@adonisjs/auth/session'
import type { HttpContext } from '@adonisjs/core/http'
import { demoAccountsAreOpen } from '#demo/demo_logins'
import User from '#models/user'

/** Who the session of one request stands for; a demo account only where those can be used. */
export class SessionUsers extends SessionLucidUserProvider<typeof User> {
  constructor(private ctx: HttpContext) {
    super({ model: async () => ({ default: User }) })
  }

  async findById(id: string) {
    const found = await super.findById(id)
    if (!found) return null
    const { isDemo, isLocked } = found.getOriginal()
    return isDemo && (isLocked || !demoAccountsAreOpen(this.ctx.request)) ? null : found
  }
}
