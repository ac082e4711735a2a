import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PortTaken, PostgresStartFailed } from './errors.ts'
import { listProcesses, signalProcess, waitUntil } from './processes.ts'
import type { Runner } from './runner.ts'
import type { ServerLog } from './server_log.ts'

// What is left of the 4 s for stopping, after a fast shutdown was not enough.
const IMMEDIATE_MS = 700
const LEFTOVER_FAST_MS = 3_000
const LEFTOVER_SESSION_MS = 300
const WAIT_MESSAGE_MS = 5_000

/** How a server process ended. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

interface PostmasterOptions {
  runner: Runner
  /** Its data directory; the last part is the server's name in messages. */
  directory: string
  log: ServerLog
  /** Called when the server ends without having been told to. */
  onCrash: (exit: Exit) => void
}

/** One PostgreSQL server process, and all that it takes to find and end it. */
export class Postmaster {
  readonly #options: PostmasterOptions
  readonly #marker: string
  readonly #stopping = new WeakSet<ChildProcess>()
  #child: ChildProcess | null = null

  constructor(options: PostmasterOptions) {
    this.#options = options
    this.#marker = markerOf(options.directory)
  }

  /** Process id of the server, while it runs. */
  get pid() {
    return this.#child?.pid ?? null
  }

  /**
   * Starts the server and resolves when it accepts connections. After a crash that may take
   * long: it first repeats what it had logged. It is waited for as long as it lives.
   *
   * @throws PortTaken, PostgresStartFailed; the signal's reason when called off
   */
  async start(options: { signal: AbortSignal; onWait?: () => void }) {
    const child = this.#spawn()
    this.#child = child
    let exit: Exit | null = null
    let failure: Error | undefined
    let ready = false
    child.once('error', (error) => {
      failure = error
      exit = { code: null, signal: null }
      this.#child = null
    })
    child.once('exit', (code, signal) => {
      exit = { code, signal }
      this.#child = null
      if (ready && !this.#stopping.has(child)) this.#options.onCrash(exit)
    })

    let nextMessage = performance.now() + WAIT_MESSAGE_MS
    while (!this.#isReady(child)) {
      if (exit) throw this.#startFailed(failure)
      if (options.signal.aborted) {
        await this.stop(0)
        throw options.signal.reason
      }
      if (performance.now() > nextMessage) {
        nextMessage += WAIT_MESSAGE_MS
        options.onWait?.()
      }
      await sleep(10)
    }
    ready = true
    // The process may end although the server runs; see `signalExit`.
    child.unref()
  }

  /**
   * Ends the server: a fast shutdown (sessions are cut off, data is flushed) for `fastMs`, then an
   * immediate one (the next start repeats the log), then the hard way. Safe to call twice.
   */
  async stop(fastMs: number) {
    const child = this.#child
    if (!child) return
    this.#stopping.add(child)
    const gone = () => child.exitCode !== null || child.signalCode !== null

    child.kill('SIGINT')
    this.#wake()
    if (await waitUntil(gone, fastMs)) return
    child.kill('SIGQUIT')
    if (await waitUntil(gone, IMMEDIATE_MS)) return
    child.kill('SIGKILL')
    await waitUntil(gone, IMMEDIATE_MS)
    await this.endLeftovers()
  }

  /** Process id of the server that runs on this data directory, whoever has started it. */
  get runningPid() {
    return this.#leftovers().find(isServer)?.pid ?? null
  }

  /** Tells the server to end, without waiting; for the moment in which the owner exits. */
  signalExit() {
    this.#child?.kill('SIGINT')
    this.#wake()
  }

  /** A process that was stopped by a signal takes no other one, but for the hard way. */
  #wake() {
    for (const { pid } of this.#leftovers()) signalProcess(pid, 'SIGCONT')
  }

  /**
   * Ends what an earlier owner, or an earlier server that was killed, has left running on this
   * data directory. Sessions without their server hold its shared memory, which would keep
   * a new server from starting; nobody needs them any more.
   *
   * @param fastMs how long a server may take for a fast shutdown
   */
  async endLeftovers(fastMs = LEFTOVER_FAST_MS) {
    const gone = () => this.#leftovers().length === 0
    if (!gone()) await this.#endLeftovers(gone, fastMs)
    // Nobody runs here: the id in this file may by now be that of another program.
    rmSync(join(this.#options.directory, 'postmaster.pid'), { force: true })
  }

  async #endLeftovers(gone: () => boolean, fastMs: number) {
    const servers = this.#leftovers().filter(isServer)
    for (const { pid } of servers) signalProcess(pid, 'SIGINT')
    this.#wake()
    if (await waitUntil(gone, servers.length > 0 ? fastMs : LEFTOVER_SESSION_MS)) return

    for (const { pid } of this.#leftovers().filter(isServer)) signalProcess(pid, 'SIGKILL')
    for (const { pid } of this.#leftovers()) signalProcess(pid, 'SIGKILL')
    await waitUntil(gone, LEFTOVER_FAST_MS)
  }

  #leftovers() {
    return listProcesses().filter(
      ({ command }) =>
        command.startsWith(`postgres: ${this.#marker}: `) ||
        (command.includes('/bin/postgres ') && command.includes(`cluster_name=${this.#marker}`))
    )
  }

  #spawn() {
    const { runner, directory, log } = this.#options
    const descriptor = log.open()
    try {
      // In a session of its own: Ctrl-C reaches the owner alone, who then ends the server.
      return runner.spawn('postgres', serverParameters(directory), {
        stdio: ['ignore', descriptor, descriptor],
        detached: true,
      })
    } finally {
      closeSync(descriptor)
    }
  }

  #isReady(child: ChildProcess) {
    const lines = readLines(join(this.#options.directory, 'postmaster.pid'))
    return Number(lines[0]) === child.pid && ['ready', 'standby'].includes(lines[7]?.trim())
  }

  #startFailed(cause?: Error) {
    const { directory, log } = this.#options
    const name = basename(directory)
    const reason = cause?.message ?? log.lastError()
    const ErrorClass = /could not bind|TCP\/IP socket/.test(log.tail())
      ? PortTaken
      : PostgresStartFailed
    return new ErrorClass(`PostgreSQL (${name}) did not start: ${reason}; its log is ${log.path}`, {
      cause: cause ?? new Error(log.tail().trim()),
    })
  }
}

function isServer({ command }: { command: string }) {
  return !command.startsWith('postgres: ')
}

/** Parameters that make the processes of a data directory's server tell whose they are. */
export function serverParameters(directory: string) {
  return ['-D', directory, '-c', `cluster_name=${markerOf(directory)}`]
}

/** Name that every process of a data directory's server bears, and no other one. */
export function markerOf(directory: string) {
  const hash = createHash('sha256')
    .update(realpathSync(dirname(directory)))
    .digest('hex')
  return `kirana-${basename(directory)}-${hash.slice(0, 12)}`
}

function readLines(path: string) {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}
