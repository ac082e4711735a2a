import { text } from 'node:stream/consumers'
import { flags } from '@adonisjs/core/ace'
import i18nManager from '@adonisjs/i18n/services/main'
import SecurityEvent from '#events/security_event'
import type User from '#models/user'
import { UserCommand } from '#commands/user_command'
import { newPasswordValidator } from '#validators/user'

export default class UsersPassword extends UserCommand {
  static commandName = 'users:password'
  static description = 'Set a new password for a user and log them out everywhere'
  static help = [
    'Prompts for the password: arguments would be visible to every user of the machine.',
    'Ends all sessions and API tokens of the user, on running servers too.',
    '```',
    '{{ binaryName }} users:password meena',
    '{{ binaryName }} users:password meena --stdin < password.txt',
    '```',
  ]

  @flags.boolean({
    description: 'Read the password from standard input instead of prompting',
  })
  declare stdin: boolean

  /** Whether a terminal is attached. */
  protected canAsk = process.stdin.isTTY
  protected input: NodeJS.ReadableStream = process.stdin

  protected async perform(user: User) {
    if (!this.stdin && !this.canAsk) return this.fail('Nobody can be asked here: use --stdin')
    const password = this.stdin ? await this.#read() : await this.#ask()
    if (password === null) return this.fail('The passwords do not match')
    const [refused, accepted] = await newPasswordValidator.tryValidate(
      { username: user.username, password },
      { messagesProvider: i18nManager.locale('en').createMessagesProvider() }
    )
    if (refused) return this.fail(refused.messages[0].message)
    const isSet = await user.setPassword(accepted.password)
    if (!isSet) return this.fail(`${user.username} changed the password just now: run this again`)
    await this.settled()
    await SecurityEvent.dispatch('password.changed', { account: user.id })
    this.logger.success(`${user.username} has a new password and is logged out everywhere`)
  }

  async #read() {
    return (await text(this.input)).replace(/\r?\n$/, '')
  }

  async #ask() {
    const password = await this.prompt.secure('New password')
    return (await this.prompt.secure('Confirm new password')) === password ? password : null
  }
}
