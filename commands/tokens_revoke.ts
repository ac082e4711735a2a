import { args, BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import SecurityEvent from '#events/security_event'
import User from '#models/user'

export default class TokensRevoke extends BaseCommand {
  static commandName = 'tokens:revoke'
  static description =
    'Revoke every API token of a user and end every login; running servers refuse them at once'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'The username' })
  declare username: string

  async run() {
    const user = await User.findBy('username', this.username)
    if (!user) {
      this.exitCode = 1
      return this.logger.error(`There is no user ${this.username}`)
    }
    const tokens = await user.endTokens()
    const sessions = await user.endSessions()
    const account = user.id
    await SecurityEvent.dispatch('tokens.revoked', { account, tokens })
    await SecurityEvent.dispatch('sessions.ended', { account, why: 'tokens:revoke' })
    this.logger.success(`${tokens} tokens of ${user.username} revoked, ${sessions} sessions ended`)
  }
}
