import { join, resolve } from 'node:path'
import app from '@adonisjs/core/services/app'
import env from '#start/env'
import { dataDirectory } from '#infra/database'

const chosen = env.get('SECURITY_LOG')

export default {
  /** Directory of the log files, or null to log to stdout. */
  directory:
    chosen === 'stdout'
      ? null
      : resolve(app.makePath(), chosen ?? join(dataDirectory(env), 'logs')),

  daysKept: 90,
}
