import type { Group } from '@japa/runner/core'
import env from '#start/env'
import { ApplicationProcess } from '#tests/helpers/application_process'

/** A real server on the tests' database, for the tests of a group. @param settings environment overrides */
export function attackedServer(group: Group, settings: NodeJS.ProcessEnv = {}) {
  let server: ApplicationProcess
  group.setup(async () => {
    server = await ApplicationProcess.start({
      DATABASE_URL: env.get('DATABASE_URL'),
      DATABASE_READ_URL: env.get('DATABASE_READ_URL'),
      ...settings,
    })
    return () => server.stop()
  })
  return { origin: () => server.origin, process: () => server }
}
