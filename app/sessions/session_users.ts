import { SessionLucidUserProvider } from '@adonisjs/auth/session'
import type { HttpContext } from '@adonisjs/core/http'
import { demoAccountsAreOpen } from '#demo/demo_logins'
import User from '#models/user'
import type { KnownUsers } from '#sessions/known_users'

const READS = ['GET', 'HEAD']

/** Resolves the user of a session; demo accounts only where they are enabled. Requests that write read the row. */
export class SessionUsers extends SessionLucidUserProvider<typeof User> {
  constructor(
    private ctx: HttpContext,
    private known: KnownUsers
  ) {
    super({ model: async () => ({ default: User }) })
  }

  async findById(id: string) {
    const isLook = READS.includes(this.ctx.request.method())
    const user = isLook ? await this.known.find(id) : await User.find(id)
    if (!user) return null
    const isOpen = !user.isDemo || (!user.isLocked && demoAccountsAreOpen(this.ctx.request))
    return isOpen ? this.createUserForGuard(user) : null
  }
}
