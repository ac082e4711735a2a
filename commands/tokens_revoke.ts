import { args, BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { revokeTokens } from '#api/token_users'
import SecurityEvent from '#events/security_event'
import User from '#models/user'

export default class TokensRevoke extends BaseCommand {
  static commandName = 'tokens:revoke'
  static description = 'Revoke every API token of a user; running servers refuse them at once'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'The username' })
  declare username: string

  async run() {
    const user = await User.findBy('username', this.username)
    if (!user) {
      this.exitCode = 1
      return this.logger.error(`There is no user ${this.username}`)
    }
    const revoked = await revokeTokens(user)
    await SecurityEvent.dispatch('tokens.revoked', { account: user.id, tokens: revoked })
    this.logger.success(`${revoked} tokens of ${user.username} revoked`)
  }
}
