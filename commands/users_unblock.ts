import SecurityEvent from '#events/security_event'
import type User from '#models/user'
import { UserCommand } from '#commands/user_command'

export default class UsersUnblock extends UserCommand {
  static commandName = 'users:unblock'
  static description = 'Unblock a user'

  protected async perform(user: User) {
    await user.unblock()
    await this.settled()
    await SecurityEvent.dispatch('account.unblocked', { account: user.id })
    this.logger.success(`${user.username} can log in again`)
  }
}
