import type { ApplicationService } from '@adonisjs/core/types'
import logger from '@adonisjs/core/services/logger'
import { forgetOldSubmissions } from '#forms/form_submissions'

const FORGET_EVERY = 60 * 60 * 1_000

/** Forgets old submissions of forms, at the start of a server and every hour; several servers may do so at once. */
export default class FormSubmissionsProvider {
  #timer?: NodeJS.Timeout

  constructor(protected app: ApplicationService) {}

  async ready() {
    const forget = () =>
      forgetOldSubmissions().catch((err) => {
        logger.warn({ err }, 'Old submissions of forms are still there')
      })
    this.#timer = setInterval(forget, FORGET_EVERY).unref()
    await forget()
  }

  async shutdown() {
    clearInterval(this.#timer)
  }
}
