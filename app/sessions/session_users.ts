import { SessionLucidUserProvider } from '@adonisjs/auth/session'
import type { HttpContext } from '@adonisjs/core/http'
import { demoAccountsAreOpen } from '#demo/demo_logins'
import User from '#models/user'

/** Resolves the user of a session; demo accounts only where they are enabled. */
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
