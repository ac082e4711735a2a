import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import { ensureDatabase } from '#infra/database'
import { endWhenTold } from '#infra/ending'

const APP_ROOT = new URL('../', import.meta.url)

/**
 * The one way into the application for the server, Ace commands and tests: the environment is
 * validated and the database is there before any configuration file is read.
 */
export function createIgnitor({ withDatabase = true } = {}) {
  return new Ignitor(APP_ROOT, {
    importer: (path) => import(path.startsWith('.') ? new URL(path, APP_ROOT).href : path),
  }).tap((app) => {
    app.booting(async () => {
      const { default: env } = await import('#start/env')
      if (app.getMode() !== 'run') return
      const isServer = app.getEnvironment() === 'web'
      endWhenTold(() => app.terminate(), isServer ? 0 : undefined)
      if (!withDatabase) return
      await ensureDatabase(env, { shared: !isServer })
    })
  })
}
