import SecurityEvent from '#events/security_event'
import type User from '#models/user'
import { UserCommand } from '#commands/user_command'

export default class UsersBlock extends UserCommand {
  static commandName = 'users:block'
  static description = 'Log a user out everywhere and refuse their logins until users:unblock'

  protected async perform(user: User) {
    await user.block()
    await this.settled()
    await SecurityEvent.dispatch('account.blocked', { account: user.id })
    this.logger.success(`${user.username} is blocked and logged out everywhere`)
  }
}
