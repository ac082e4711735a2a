import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import {
  listProcesses,
  processIdentity,
  signalProcess,
  waitUntil,
  type ProcessEntry,
} from '#infra/embedded_postgres/processes'
import { markerOf } from '#infra/embedded_postgres/postmaster'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import getPort from 'get-port'

/** `npm start` or `npm run dev` as users run it, with a separate data directory. */
export class NpmCommand {
  output = ''

  private constructor(
    private child: ChildProcess,
    private mark: string,
    private dataDirectory: string,
    private port: number
  ) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (text) => (this.output += text))
    }
  }

  /**
   * @param root project in which it is run
   * @param through words before `npm`
   */
  static async run(
    words: string[],
    dataDirectory: string,
    root = app.makePath(),
    through: string[] = []
  ) {
    const mark = randomUUID()
    const port = await getPort()
    const { DATABASE_URL, DATABASE_READ_URL, DATA_DIR, SECURITY_LOG, APP_KEY, ...inherited } =
      process.env
    const [program, ...others] = [...through, 'npm', ...words]
    const child = spawn(program, others, {
      cwd: root,
      // In its own process group, as in a terminal.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...inherited,
        NODE_ENV: 'production',
        LOG_LEVEL: 'fatal',
        HOST: '127.0.0.1',
        PORT: String(port),
        WEB_CONCURRENCY: '2',
        ...(dataDirectory !== join(root, '.data') && { DATA_DIR: dataDirectory }),
        KIRANA_TEST_MARK: mark,
      },
    })
    return new NpmCommand(child, mark, dataDirectory, port)
  }

  get npmPid() {
    return this.child.pid!
  }

  /** The process npm runs: the server, or the parent of the development server. */
  get nodePid() {
    return this.#find(/\b(start\.js|infra\/with_database\.ts)/)
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`
  }

  async isReady() {
    const answer = await fetch(`${this.origin}/health/ready`).catch(() => null)
    return answer?.status === 200
  }

  /** Stops the primary and all its processes with SIGSTOP. */
  freezePrimary() {
    const processes = this.#servers('primary')
    if (processes.length === 0) throw new Error('The primary has no processes')
    for (const { pid } of processes) signalProcess(pid, 'SIGSTOP')
  }

  /** Resolves with npm's exit code, or null when a signal ended it. */
  async ended() {
    const { child } = this
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    return child.exitCode
  }

  /** All processes it started: those with its environment, and its PostgreSQL. */
  processes(): ProcessEntry[] {
    const own = listProcesses().filter(({ pid }) => {
      return processIdentity(pid) !== null && environmentOf(pid).includes(this.mark)
    })
    return [...own, ...this.#servers('primary'), ...this.#servers('standby')]
  }

  /** Processes left after `milliseconds`, or as soon as there are none. */
  async leftAfter(milliseconds: number) {
    await waitUntil(() => this.processes().length === 0, milliseconds)
    return this.processes().map(({ command }) => command)
  }

  /** Stops it as Ctrl-C does. Returns what is left of it. */
  stop(milliseconds: number) {
    signalProcess(this.npmPid, 'SIGTERM')
    return this.leftAfter(milliseconds)
  }

  kill() {
    for (const { pid } of this.processes()) signalProcess(pid, 'SIGKILL')
  }

  #find(command: RegExp) {
    const entry = this.processes().find((candidate) => command.test(candidate.command))
    if (!entry) throw new Error(`No process is ${command}`)
    return entry.pid
  }

  #servers(name: 'primary' | 'standby') {
    const directory = join(this.dataDirectory, 'postgres')
    if (!existsSync(directory)) return []
    const marker = markerOf(join(directory, name))
    return listProcesses().filter(({ command }) => command.includes(marker))
  }
}

function environmentOf(pid: number) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return ''
  }
}
