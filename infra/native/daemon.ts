import { appendFileSync, closeSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { processIdentity, waitUntil } from '../embedded_postgres/processes.ts'
import type { Runner } from '../embedded_postgres/runner.ts'
import { ServerLog } from '../embedded_postgres/server_log.ts'
import { processTable } from './process_table.ts'

const KILL_MS = 5_000

/**
 * A background program that outlives the command that started it. A file contains its process id and its identity,
 * which distinguishes it from a later process with the same id.
 */
export class Daemon {
  readonly log: ServerLog
  readonly #runner: Runner
  readonly #pidFile: string

  constructor(runner: Runner, runDirectory: string, name: string) {
    this.#runner = runner
    this.#pidFile = join(runDirectory, `${name}.pid`)
    this.log = new ServerLog(runner, join(runDirectory, `${name}.log`))
  }

  /** Process id; null while it is down. */
  get pid(): number | null {
    const [pid, identity] = this.#read()
    return pid && processIdentity(pid) === identity ? pid : null
  }

  /** Starts the program in a new session and process group. */
  start(program: string, parameters: string[], env: NodeJS.ProcessEnv = {}) {
    const output = this.log.open()
    try {
      const stdio = ['ignore' as const, output, output]
      const child = this.#runner.spawn(program, parameters, { stdio, detached: true, env })
      child.once('error', ({ message }) => appendFileSync(this.log.path, `${message}\n`))
      if (child.pid) this.#write(child.pid)
      child.unref()
    } finally {
      closeSync(output)
    }
  }

  /** Terminates the program, after `milliseconds` by force. Resolves when it is gone. */
  async stop(milliseconds: number) {
    const { pid } = this
    if (pid) {
      signalGroup(pid, 'SIGTERM')
      if (!(await waitUntil(() => isGroupGone(pid), milliseconds))) return this.kill()
    }
    rmSync(this.#pidFile, { force: true })
  }

  /** Kills the program immediately, like a power cut. */
  async kill() {
    const { pid } = this
    if (!pid) return
    signalGroup(pid, 'SIGKILL')
    await waitUntil(() => isGroupGone(pid), KILL_MS)
  }

  #read(): [number, string] {
    try {
      const [pid, identity] = readFileSync(this.#pidFile, 'utf8').split('\n')
      return [Number(pid), identity]
    } catch {
      return [0, '']
    }
  }

  #write(pid: number) {
    const draft = `${this.#pidFile}.draft`
    writeFileSync(draft, `${pid}\n${processIdentity(pid) ?? ''}\n`)
    renameSync(draft, this.#pidFile)
  }
}

/** Signals the process group: Elasticsearch is two processes. */
function signalGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function isGroupGone(pid: number) {
  return !processTable().some(({ group }) => group === pid)
}
