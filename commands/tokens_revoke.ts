import SecurityEvent from '#events/security_event'
import type User from '#models/user'
import { UserCommand } from '#commands/user_command'

export default class TokensRevoke extends UserCommand {
  static commandName = 'tokens:revoke'
  static description =
    'Revoke every API token of a user and end every login; running servers refuse them at once'

  protected async perform(user: User) {
    const tokens = await user.endTokens()
    const sessions = await user.endSessions()
    await this.settled()
    const account = user.id
    await SecurityEvent.dispatch('tokens.revoked', { account, tokens })
    await SecurityEvent.dispatch('sessions.ended', { account, why: 'tokens:revoke' })
    this.logger.success(`${tokens} tokens of ${user.username} revoked, ${sessions} sessions ended`)
  }
}
