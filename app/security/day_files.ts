import { access, appendFile, constants, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { NoPlaceForLog } from '#security/no_place_for_log'

const NAME = /^security-(\d{4}-\d{2}-\d{2})\.jsonl$/
const DAY = 24 * 60 * 60 * 1_000

/** One file per UTC day, readable only by the server's user. */
export class DayFiles {
  constructor(private directory: string) {}

  /** @throws NoPlaceForLog */
  async prepare() {
    try {
      await mkdir(this.directory, { recursive: true, mode: 0o700 })
      await access(this.directory, constants.W_OK)
    } catch (error) {
      throw new NoPlaceForLog(this.directory, error)
    }
  }

  async append(line: string, now = new Date()) {
    const path = join(this.directory, `security-${dayOf(now)}.jsonl`)
    await appendFile(path, line, { mode: 0o600 })
  }

  /** Deletes log files older than `days`, and nothing else; returns how many. */
  async forget(days: number, now = new Date()) {
    const first = dayOf(new Date(now.getTime() - days * DAY))
    const names = await readdir(this.directory)
    const old = names.filter((name) => (NAME.exec(name)?.[1] ?? first) < first)
    await Promise.all(old.map((name) => rm(join(this.directory, name), { force: true })))
    return old.length
  }
}

const dayOf = (time: Date) => time.toISOString().slice(0, 10)
