import { join, resolve } from 'node:path'
import env from '#start/env'
import { dataDirectory } from '#infra/database'
import { PROJECT_ROOT } from '#infra/project_root'

const chosen = env.get('SECURITY_LOG')

export default {
  /** Directory of the log files, or null to log to stdout. */
  directory:
    chosen === 'stdout' ? null : resolve(PROJECT_ROOT, chosen ?? join(dataDirectory(env), 'logs')),

  daysKept: 90,
}
