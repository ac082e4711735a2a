import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import type { Group } from '@japa/runner/core'
import { DayFiles } from '#security/day_files'
import { SecurityLog } from '#security/security_log'

/** Gives each test of the group its own security log files, and reads them. */
export function securityLines(group: Group) {
  let directory: string
  let log: SecurityLog

  group.each.setup(async () => {
    directory = await mkdtemp(join(tmpdir(), 'security-log-'))
    log = new SecurityLog(new DayFiles(directory), await app.container.make('logger'))
    app.container.swap(SecurityLog, () => log)
    return async () => {
      app.container.restore(SecurityLog)
      await rm(directory, { recursive: true })
    }
  })

  async function text() {
    await log.flush()
    return readLines(directory)
  }

  return {
    directory: () => directory,
    text,
    /** Lines of one event, as written. */
    async of(event: string): Promise<Record<string, any>[]> {
      const lines = (await text()).split('\n').filter(Boolean)
      return lines.map((line) => JSON.parse(line)).filter((line) => line.event === event)
    },
  }
}

export async function readLines(directory: string) {
  const names = (await readdir(directory)).toSorted()
  const texts = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')))
  return texts.join('')
}
