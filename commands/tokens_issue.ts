import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { issueToken } from '#tokens/token_users'
import SecurityEvent from '#events/security_event'
import User from '#models/user'
import { clean } from '#text/clean'

export default class TokensIssue extends BaseCommand {
  static commandName = 'tokens:issue'
  static description = 'Print a new API token of a user'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'The username' })
  declare username: string

  @flags.boolean({ description: 'For operators: also allows /api/debug/db' })
  declare admin: boolean

  @flags.string({ description: 'Lifetime of the token', default: '1 day' })
  declare expiresIn: string

  async run() {
    const user = await User.findBy('username', clean(this.username))
    if (!user) {
      this.exitCode = 1
      return this.logger.error(`There is no user ${this.username}`)
    }
    const { value } = await issueToken(user, { admin: this.admin, expiresIn: this.expiresIn })
    const admin = Boolean(this.admin)
    await SecurityEvent.dispatch('token.issued', { account: user.id, admin })
    this.logger.log(value!.release())
  }
}
