import emitter from '@adonisjs/core/services/emitter'
import type { ApplicationService } from '@adonisjs/core/types'
import SecurityEvent from '#events/security_event'
import { noteCommand } from '#security/commands'
import { DayFiles } from '#security/day_files'
import { outputOf } from '#security/output'
import { SecurityLog } from '#security/security_log'

/** Binds the security log and subscribes it to events. */
export default class SecurityLogProvider {
  #isStarted = false

  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(DayFiles, () => {
      return new DayFiles(this.app.config.get<string>('security_log.directory'))
    })
    this.app.container.singleton(SecurityLog, async (resolver) => {
      const logger = await resolver.make('logger')
      if (!this.app.config.get<string | null>('security_log.directory')) {
        return new SecurityLog(outputOf(this.app.getEnvironment()), logger)
      }
      const files = await resolver.make(DayFiles)
      await files.prepare()
      return new SecurityLog(files, logger)
    })
  }

  async start() {
    await this.app.container.make(SecurityLog)
    this.#isStarted = true
    emitter.on(SecurityEvent, async (event) => {
      const log = await this.app.container.make(SecurityLog)
      log.note(event)
    })
    emitter.on('session_auth:login_succeeded', ({ ctx, user }) =>
      SecurityEvent.dispatch('login.succeeded', { account: user.id, by: 'page' }, ctx)
    )
    emitter.on('session_auth:logged_out', ({ ctx, user }) =>
      SecurityEvent.dispatch('logged.out', { account: user?.id ?? null }, ctx)
    )
    if (this.app.getEnvironment() === 'web') return
    const ace = await this.app.container.make('ace')
    ace.executed(noteCommand)
  }

  async shutdown() {
    if (!this.#isStarted) return
    const log = await this.app.container.make(SecurityLog)
    await log.flush()
  }
}
