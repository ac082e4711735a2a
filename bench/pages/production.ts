import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import getPort from 'get-port'
import { familyOf } from '#infra/family'

/** Limits that a benchmark would reach. */
const UNLIMITED = '1000000000'

const TICKS_PER_MILLISECOND = 0.1

export interface Settings {
  /** The checkout. */
  root: string
  /** Its data. */
  directory: string
  /** `WEB_CONCURRENCY` */
  processes: number
}

/** The application as `npm start` runs it. */
export class Production {
  private constructor(
    readonly url: URL,
    readonly settings: Settings,
    private npm: ChildProcess
  ) {}

  static async start(settings: Settings) {
    const port = await getPort()
    const npm = spawn('npm', ['start'], {
      cwd: settings.root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        ...{ HOST: '127.0.0.1', PORT: String(port), APP_URL: `http://127.0.0.1:${port}` },
        DATA_DIR: settings.directory,
        WEB_CONCURRENCY: String(settings.processes),
        LOG_LEVEL: 'error',
        API_REQUESTS_PER_MINUTE: UNLIMITED,
        ORDER_PAGES_PER_MINUTE: UNLIMITED,
      },
    })
    const production = new Production(new URL(`http://127.0.0.1:${port}`), settings, npm)
    await production.#isReady()
    return production
  }

  async stop() {
    this.npm.kill('SIGTERM')
    if (this.npm.exitCode === null) await once(this.npm, 'exit')
  }

  /** Milliseconds of processor time used so far, without PostgreSQL; 0 where there is no `/proc`. */
  processorTime() {
    const pids = [...familyOf([this.npm.pid!])].filter((pid) => !isPostgres(pid))
    return pids.reduce((sum, pid) => sum + timeOf(pid), 0)
  }

  async #isReady() {
    while (this.npm.exitCode === null) {
      const response = await fetch(new URL('/health/ready', this.url)).catch(() => null)
      if (response?.ok) return
      await delay(100)
    }
    throw new Error(`npm start ended with ${this.npm.exitCode}`)
  }
}

function isPostgres(pid: number) {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`)) === 'postgres'
  } catch {
    return true
  }
}

/** Of all threads, in user and kernel mode. */
function timeOf(pid: number) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_MILLISECOND
}
