import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import { ensureDatabase } from '#infra/database'
import { fail } from './fail.js'
import { endWhenTold } from '#infra/ending'

const APP_ROOT = new URL('../', import.meta.url)

/**
 * Boots the application for the server, Ace commands and tests: validates the environment and starts the database
 * before configuration files are read. Commands that do not boot the application, such as `build`, need neither.
 */
export function createIgnitor({ withDatabase = true, endsWhenTold = true } = {}) {
  return new Ignitor(APP_ROOT, {
    importer: (path) => import(path.startsWith('.') ? new URL(path, APP_ROOT).href : path),
  }).tap((app) => {
    app.booting(async () => {
      // Ace would print a stack trace for an invalid value.
      const loaded = await import('#start/env').catch(fail)
      if (!loaded) return
      const { default: env } = loaded
      if (app.getMode() !== 'run') return
      const isServer = app.getEnvironment() === 'web'
      if (endsWhenTold) endWhenTold(() => app.terminate(), isServer ? 0 : undefined)
      if (!withDatabase) return
      await ensureDatabase(env, { shared: !isServer })
    })
  })
}
