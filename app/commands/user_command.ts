import { args, BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { Knowledge } from '#knowledge/knowledge'
import User from '#models/user'
import { clean } from '#text/clean'

export abstract class UserCommand extends BaseCommand {
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'The username' })
  declare username: string

  protected abstract perform(user: User): Promise<void>

  async run() {
    const user = await User.findBy('username', clean(this.username))
    if (!user) return this.fail(`There is no user ${this.username}`)
    await this.perform(user)
  }

  /** Resolves when every server has heard of the change. */
  protected async settled() {
    const knowledge = await this.app.container.make(Knowledge)
    await knowledge.settle()
  }

  protected fail(message: string) {
    this.exitCode = 1
    this.logger.error(message)
  }
}
